"""The options of a recipe: the network, how it descends, the digits it sees."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal

import typer

ActivationName = Literal["sigmoid", "relu", "tanh", "leaky-relu", "step"]
CostName = Literal["quadratic", "cross-entropy", "softmax-cross-entropy"]
OptimizerName = Literal["sgd", "momentum", "nesterov", "adam"]
ScheduleName = Literal["constant", "linear", "cosine"]
InputsName = Literal["pixels", "directions"]
PresetName = Literal["essay", "best", "robust"]

network = partial(typer.Option, rich_help_panel="The network")
descent = partial(typer.Option, rich_help_panel="Gradient descent")
digits = partial(typer.Option, rich_help_panel="The digits")

Preset = Annotated[
    PresetName | None,
    typer.Option(
        help="essay, best or robust: gives the values below that are not given. "
        "Their defaults are the essay's.",
        metavar="NAME",
        show_default="essay",
    ),
]

Hidden = Annotated[
    list[int] | None,
    network(help="Neurons of a hidden layer. Repeatable.", metavar="N", show_default="15"),
]
Activation = Annotated[
    ActivationName | None,
    network(help="sigmoid, relu, tanh, leaky-relu or step.", metavar="f", show_default="sigmoid"),
]
Cost = Annotated[
    CostName | None,
    network(
        help="quadratic, cross-entropy or softmax-cross-entropy.",
        metavar="c",
        show_default="quadratic",
    ),
]

Epochs = Annotated[
    int | None, descent(help="Times to see every digit.", metavar="N", show_default="15")
]
BatchSize = Annotated[
    int | None, descent(help="Digits for each step.", metavar="N", show_default="32")
]
Optimizer = Annotated[
    OptimizerName | None,
    descent(help="sgd, momentum, nesterov or adam.", metavar="NAME", show_default="sgd"),
]
LearningRate = Annotated[
    float | None, descent(help="Size of a step.", metavar="RATE", show_default="2.0")
]
Schedule = Annotated[
    ScheduleName | None,
    descent(
        help="constant, linear or cosine: how the rate falls.",
        metavar="NAME",
        show_default="linear",
    ),
]
WarmUp = Annotated[
    float | None,
    descent(help="Share of the run in which the rate rises.", metavar="SHARE", show_default="0.0"),
]
L2 = Annotated[float | None, descent(help="Weight decay.", metavar="RATE", show_default="0.0001")]
Clip = Annotated[
    float | None,
    descent(help="Shorten longer gradients to this.", metavar="LENGTH", show_default="none"),
]
Patience = Annotated[
    int | None,
    descent(
        help="Stop after N epochs without progress; keep the best.",
        metavar="N",
        show_default="none",
    ),
]

Inputs = Annotated[
    InputsName | None,
    digits(
        "--inputs",
        help="pixels, or directions: what the network sees of a digit.",
        metavar="NAME",
        show_default="pixels",
    ),
]
Augment = Annotated[
    bool | None,
    digits(
        "--augment/--no-augment",
        help="Distort every digit anew in each epoch, less and less.",
        show_default="no-augment",
    ),
]
Continental = Annotated[
    float | None,
    digits(
        help="Share of the 1s, 4s, 7s and 9s to write as in Europe.",
        metavar="SHARE",
        show_default="0.0",
    ),
]
Written = Annotated[
    float | None,
    digits(
        help="Digits written stroke by stroke to learn for each digit.",
        metavar="SHARE",
        show_default="0.0",
    ),
]
Coarse = Annotated[
    float | None,
    digits(
        help="Share of the digits to show as a picture of few pixels.",
        metavar="SHARE",
        show_default="0.0",
    ),
]
Nothing = Annotated[
    float | None,
    digits(
        help="Pictures of no digit to learn for each digit.",
        metavar="SHARE",
        show_default="0.0",
    ),
]
Validation = Annotated[
    int | None,
    digits(
        help="Training digits held out to score each epoch.",
        metavar="N",
        show_default="5000, at most an eighth",
    ),
]
Raw = Annotated[bool, digits("--raw", help="Feed the pixels as they are, not normalised.")]


def changes(preset: str | None, options: dict[str, Any]) -> dict[str, Any]:
    """Parts of a recipe that were asked for: the preset's, then the options that are not None."""
    from digitnet.nn import presets

    given = {name: value for name, value in options.items() if value is not None}
    if preset is None:
        return given
    return asdict(presets.preset(preset, given.get("hidden", (15,)))) | given
