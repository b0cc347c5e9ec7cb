"""The facts that a model, a checkpoint or a history holds beside its arrays, described once."""

from __future__ import annotations

from typing import Final

from digitnet.images.form.inputs import INPUTS
from digitnet.model.recipe import RECIPE_FACTS, WHOLE_RECIPE
from digitnet.model.schema import (
    Rule,
    listed,
    number,
    one_of,
    or_none,
    table,
    text,
    whole,
)
from digitnet.nn.costs import COSTS
from digitnet.nn.functions import ACTIVATIONS

_RATIO: Final = listed(number(0.01, 100), 2, 2)

NORMALISATION: Final = or_none(
    table(
        {},
        {
            "tau_x": number(0.1, 100),
            "tau_y": number(0.1, 100),
            "ratio_x": _RATIO,
            "ratio_y": _RATIO,
        },
    )
)
_INPUTS: Final[dict[str, Rule]] = {"inputs": one_of(INPUTS)}
"""Absent from older files, whose inputs are pixels."""
_SCORE: Final = or_none(number(0))

MODEL: Final = table(
    {
        "layers": listed(whole(1), 2, 102),
        "activation": one_of(ACTIVATIONS),
        "cost": one_of(COSTS),
        "normalisation": NORMALISATION,
        "certainty": table(
            {},
            {
                "temperature": number(0.01, 100),
                "threshold": number(0, 1),
                "lead": number(0),
            },
        ),
    },
    {
        **_INPUTS,
        "digitnet": text,
        # A newer digitnet may know more of it: a model is read all the same.
        "recipe": RECIPE_FACTS,
        "epochs": whole(),
        "seed": whole(),
        "dataset": text,
        "dataset_sha256": text,
        "own_sha256": text,
        "stretched": listed(whole(1), 0, 1000),
        "scores": table(
            {},
            {
                "training_cost": _SCORE,
                "validation_accuracy": or_none(number(0, 1)),
                "test_accuracy": or_none(number(0, 1)),
            },
            more=True,
        ),
    },
    more=True,
)
"""A file of weights, less the version of its format."""

HISTORY: Final = table(
    {
        "version": one_of([1]),
        "layers": listed(whole(1), 2, 102),
        "activation": one_of(ACTIVATIONS),
        "inputs": one_of(INPUTS),
        "reports": listed(
            table(
                {
                    "epoch": number(0),
                    "cost": number(0),
                    "validation_accuracy": or_none(number(0, 1)),
                    "seconds": number(0),
                }
            ),
            0,
            1000,
        ),
    },
    {"weights": text},
)
"""A history, less its arrays."""

_128_BITS: Final = whole(0, 2**128 - 1)

CHECKPOINT: Final = table(
    {
        "options": table(
            {
                "recipe": WHOLE_RECIPE,
                "seed": whole(),
                "normalisation": NORMALISATION,
                "validation": whole(),
                "dataset": text,
                "data": text,
                "add": or_none(text),
                "own": or_none(text),
            },
            {"stretched": listed(whole(1), 0, 1000)},
        ),
        "facts": table(
            {
                "step": whole(),
                "total": number(0),
                "seconds": number(0),
                "limit": number(0),
                "last_cost": or_none(number(0)),
                "rng": table(
                    {
                        "bit_generator": one_of(["PCG64"]),
                        "state": table({"state": _128_BITS, "inc": _128_BITS}),
                        "has_uint32": whole(0, 1),
                        "uinteger": whole(0, 2**32 - 1),
                    }
                ),
                "kept": whole(),
                "best_accuracy": number(-1, 1),
                "best_epoch": whole(),
                "waited": whole(),
            }
        ),
        "history": HISTORY,
    }
)
"""A checkpoint, less the version of its format."""
