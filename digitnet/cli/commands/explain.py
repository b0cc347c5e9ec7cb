"""digitnet explain: the essay's numbers, a curve that is fitted, or why a picture was read so."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from digitnet.cli.options import MODEL_FILE, Json, ModelFile, given

if TYPE_CHECKING:
    from digitnet.model.digit import Digit
    from digitnet.reading.reading import Reading
    from digitnet.reading.reasons import Reasons

TOLD: Final = (0, 10, 100, 1000)
"""Steps after which it is told how near a network has come to a curve; and after the last."""

EARLY: Final = 10
"""Steps after which it is drawn, before it fits; and after the last."""

HELP = """Explain how it works, in numbers that the network itself computes.

Alone: the essay's worked example, forward, backward and one step. With a curve: a small network \
is fitted to it. With a picture: which neurons and which strokes decided the answer of your own \
model, or of the bundled small one.

Curves: 2^x, x^2-2x+1.5, sin, abs, x^3.

Examples:
  digitnet explain
  digitnet explain 2^x
  digitnet explain seven.jpg
"""


def explain(
    ctx: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(help="A curve, or a picture of one digit; - for stdin.", metavar="WHAT"),
    ] = None,
    model: ModelFile = MODEL_FILE,
    json: Json = False,
) -> None:
    """Explain the example, a curve or a picture."""
    from digitnet.cli.show.explain import numbers, show_example
    from digitnet.nn.worked import CURVES

    if what is not None and (what not in CURVES or Path(what).exists()):
        _picture(what, model, json=json)
        return
    if given(ctx, "model"):
        raise typer.BadParameter("A model explains a picture.", param_hint="'--model'")
    if what is not None:
        _curve(what, json=json)
    elif json:
        typer.echo(json_.dumps(numbers()))
    else:
        show_example()


def _curve(name: str, *, json: bool) -> None:
    from digitnet.cli.show.console import say, show_indented, show_table
    from digitnet.cli.show.curves import show_fit
    from digitnet.nn.worked import Fit

    fit = Fit(name)
    neurons = fit.network.sizes[1]
    words = (
        f"A network of 1 input, {neurons} neurons and 1 output learns {name} from 41 points. Each "
        f"neuron gives an S-shaped step; the output adds the {neurons} of them up."
    )
    if not json:
        show_indented(words.split(" "))
    errors: dict[int, float] = {}
    for step in fit.run():
        if step in (*TOLD, fit.steps):
            errors[step] = fit.error()
        if step in (EARLY, fit.steps) and not json:
            say("")
            show_fit(fit)
    if json:
        told = {"curve": name, "neurons": neurons, "largest_error": errors}
        typer.echo(json_.dumps(told))
        return
    rows = [(f"{step:,}", f"{error:.3f}") for step, error in errors.items()]
    show_table(("steps", "largest error"), rows)


def _picture(picture: str, path: Path, *, json: bool) -> None:
    from digitnet.cli import load
    from digitnet.cli.pictures import read
    from digitnet.cli.show.console import say
    from digitnet.cli.show.explain import show_reasons
    from digitnet.cli.show.progress import waiting
    from digitnet.cli.show.readings import show_reading
    from digitnet.cli.show.stages import show_stages
    from digitnet.errors import PictureError
    from digitnet.nn.worked import CURVES
    from digitnet.reading.reader import Reader
    from digitnet.reading.reasons import reasons

    if picture != "-" and not Path(picture).exists():
        raise PictureError(
            f"There is no picture {picture}, and no curve of that name.",
            f"Expected a file, or one of {', '.join(CURVES)}; found neither.",
            "Check the name.",
        )
    model, _ = load.model(path, "small")
    with waiting(f"reading {picture}"):
        reading, drawn = read(Reader(model), picture, number=False, draw=True)
        digit = _only(reading, picture)
        found = reasons(model, digit)
    if json:
        typer.echo(json_.dumps({"file": picture, **_as_json(found)}))
        return
    show_stages(reading, drawn)
    show_reading(picture, reading, 3)
    say("")
    show_reasons(found, digit)


def _only(reading: Reading, picture: str) -> Digit:
    from digitnet.errors import PictureError

    if reading.several:
        raise PictureError(
            f"{picture} holds several digits, and one is explained at a time.",
            f"Expected a picture of one digit, found {len(reading.digits)}.",
            "Cut one out of the picture.",
        )
    return reading.digits[0]


def _as_json(found: Reasons) -> dict[str, object]:
    return {
        "digit": found.winner,
        "runner_up": found.runner_up,
        "z": found.z,
        "biases": found.biases,
        "neurons": [voice._asdict() for voice in found.voices],
        "strokes": found.strokes.round(4).tolist(),
    }


explain.__doc__ = HELP
