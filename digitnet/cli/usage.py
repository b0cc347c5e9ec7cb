"""Help and usage errors in plain words, without typer's types."""

from __future__ import annotations

import shutil
from typing import Any

import typer
from typer.core import TyperCommand

from digitnet.cli.stop import handled_by, interrupt

EXPECTED = {
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number of fewer figures",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
}
"""Expected values, by the error type of typer's validation."""

BOXES = 62
"""Least columns for help in boxes, which would truncate the names of options in fewer."""


class Command(TyperCommand):
    """A command whose errors about values are in plain words."""

    def get_help(self, ctx: Any) -> str:
        """The help, in boxes if the terminal is wide enough."""
        fit(self, ctx)
        return super().get_help(ctx)

    def get_params(self, ctx: Any) -> Any:
        """The parameters, without types in their help."""
        return without_types(super().get_params(ctx))

    def invoke(self, ctx: Any) -> Any:
        """Run the command, after the slowest imports."""
        from digitnet.cli.show.progress import waiting

        with waiting("starting"):
            import digitnet.cli.load  # noqa: F401 - NumPy above all
        with handled_by(interrupt):
            return super().invoke(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Parse the command line.

        Raises
        ------
        typer.BadParameter
            If a value is wrong, or empty: an empty path means the working folder.
        """
        for arg in args:
            if arg == "" or (arg.startswith("--") and arg.endswith("=")):
                raise typer.BadParameter(
                    f"'{arg}': the value is empty. "
                    "Check the quotes, and the variable that may be inside them.",
                    ctx=ctx,
                )
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            error.message = _in_words(error)
            raise


def fit(command: Any, ctx: Any) -> None:
    """Help without boxes in narrow terminals."""
    columns = shutil.get_terminal_size().columns
    if columns < BOXES:
        command.rich_markup_mode, ctx.terminal_width = None, columns
        # click keeps the lines of a paragraph that begins with this mark.
        command.help = command.help.replace("\n\nExample", "\n\n\b\nExample")


def without_types(parameters: Any) -> Any:
    """Leave out <bool> for flags, and <list[str]> beside a descriptive name."""
    for parameter in parameters:
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = _no_type
        elif parameter.is_flag and parameter.metavar is None:
            parameter.metavar = ""
    return parameters


def _no_type(ctx: Any) -> str:  # noqa: ARG001 - typer passes it by its name
    return ""


def _in_words(error: typer.BadParameter) -> str:
    """Expected and found values instead of typer's message."""
    errors = getattr(error.__cause__, "errors", None)
    if errors is None:
        return error.message
    first = errors()[0]
    if first["type"] not in EXPECTED:
        return error.message.removeprefix("Value error, ")
    return f"Expected {EXPECTED[first['type']]}, found {first['input']}."
