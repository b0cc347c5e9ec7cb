"""The typer app, and the error boundary, where errors become messages."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import digitnet
from digitnet.cli.commands.download import download
from digitnet.cli.commands.draw import draw
from digitnet.cli.commands.eval import eval_
from digitnet.cli.commands.explain import explain
from digitnet.cli.commands.inspect import inspect
from digitnet.cli.commands.predict import predict
from digitnet.cli.commands.sheet import sheet
from digitnet.cli.commands.train import train
from digitnet.cli.commands.where import where
from digitnet.cli.stop import SAID, Interrupted
from digitnet.cli.streams import give_up_output, refused, settle
from digitnet.cli.usage import Command, fit, without_types
from digitnet.errors import DigitnetError

BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Environment variables that BLAS reads when it is loaded. A small network is not faster with a
second thread, and if another program is busy, the threads wait for each other: an epoch then
takes five to twenty times as long."""


class Boundary(TyperGroup):
    """Print a DigitnetError as three lines on stderr; a bug keeps its traceback."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters, without types in their help."""
        return without_types(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        """The help, in boxes if the terminal is wide enough."""
        fit(self, ctx)
        return super().get_help(ctx)

    def invoke(self, ctx: Any) -> Any:
        """Run the command.

        Raises
        ------
        typer.Exit
            With 1 after a DigitnetError, with 128 and its number after a signal.
        """
        try:
            return super().invoke(ctx)
        except DigitnetError as error:
            from digitnet.cli.show.console import show_error

            show_error(error)
            raise typer.Exit(1) from None
        except Interrupted as error:
            typer.echo(SAID, err=True)
            raise typer.Exit(error.code) from None


app = typer.Typer(
    cls=Boundary,
    name="digitnet",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: digitnet train, then: digitnet predict image.png",
)
for _command in (train, eval_, predict, draw, inspect, explain, download, sheet, where):
    app.command(_command.__name__.rstrip("_"), cls=Command)(_command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"digitnet {digitnet.__version__}")
        raise typer.Exit


@app.callback()
def digitnet_(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Train a small neural network on handwritten digits, and read your own digits with it."""


def main() -> None:
    """Run `digitnet`, and report errors of the system in three lines."""
    for name in BLAS_THREADS:
        os.environ.setdefault(name, "1")
    settle()
    try:
        try:
            app(prog_name="digitnet")
        finally:
            sys.stdout.flush()
    except OSError as error:
        if give_up_output(error):
            from digitnet.cli.show.console import show_error

            show_error(refused(error))
        sys.exit(1)
