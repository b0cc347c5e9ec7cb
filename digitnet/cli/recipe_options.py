"""The options of a recipe: the network, how it descends, the digits it sees."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

ActivationName = Literal["sigmoid", "relu", "tanh", "leaky-relu", "step"]
CostName = Literal["quadratic", "cross-entropy", "softmax-cross-entropy"]
OptimizerName = Literal["sgd", "momentum", "nesterov", "adam"]
ScheduleName = Literal["constant", "linear", "cosine"]
PresetName = Literal["essay", "best", "robust"]

NETWORK, DESCENT, DIGITS = "The network", "Gradient descent", "The digits"

Preset = Annotated[
    PresetName | None,
    typer.Option(
        help="essay (by default), best, or robust: the recipe that the options below change.",
        metavar="NAME",
    ),
]
Hidden = Annotated[
    list[int] | None,
    typer.Option(
        help="Neurons of a hidden layer. Repeatable.", metavar="N", rich_help_panel=NETWORK
    ),
]
Activation = Annotated[
    ActivationName | None,
    typer.Option(
        help="sigmoid, relu, tanh, leaky-relu or step.", metavar="f", rich_help_panel=NETWORK
    ),
]
Cost = Annotated[
    CostName | None,
    typer.Option(
        help="quadratic, cross-entropy or softmax-cross-entropy.",
        metavar="c",
        rich_help_panel=NETWORK,
    ),
]
Epochs = Annotated[
    int | None,
    typer.Option(help="Times to see every digit.", metavar="N", rich_help_panel=DESCENT),
]
BatchSize = Annotated[
    int | None,
    typer.Option(help="Digits to a step.", metavar="N", rich_help_panel=DESCENT),
]
Optimizer = Annotated[
    OptimizerName | None,
    typer.Option(help="sgd, momentum, nesterov or adam.", metavar="NAME", rich_help_panel=DESCENT),
]
LearningRate = Annotated[
    float | None, typer.Option(help="Size of a step.", metavar="RATE", rich_help_panel=DESCENT)
]
Schedule = Annotated[
    ScheduleName | None,
    typer.Option(
        help="constant, linear or cosine: how it falls.",
        metavar="NAME",
        rich_help_panel=DESCENT,
    ),
]
WarmUp = Annotated[
    float | None,
    typer.Option(
        help="Share of the run in which it rises.", metavar="SHARE", rich_help_panel=DESCENT
    ),
]
L2 = Annotated[
    float | None,
    typer.Option(help="Weight decay.", metavar="RATE", rich_help_panel=DESCENT),
]
Clip = Annotated[
    float | None,
    typer.Option(
        help="Shorten longer gradients to this.", metavar="LENGTH", rich_help_panel=DESCENT
    ),
]
Patience = Annotated[
    int | None,
    typer.Option(
        help="Stop after N epochs without progress; keep the best.",
        metavar="N",
        rich_help_panel=DESCENT,
    ),
]
Augment = Annotated[
    bool | None,
    typer.Option(
        "--augment/--no-augment",
        help="Distort every digit anew in each epoch.",
        metavar="",
        rich_help_panel=DIGITS,
    ),
]
Continental = Annotated[
    float | None,
    typer.Option(
        help="Share of the 1s, 7s and 9s to write as in Europe.",
        metavar="SHARE",
        rich_help_panel=DIGITS,
    ),
]
