"""The facts that a model, a checkpoint or a history holds beside its arrays, described once."""

from __future__ import annotations

from typing import Final

from digitnet.images.form.inputs import INPUTS
from digitnet.model.schema import Rule, listed, number, one_of, or_none, table, text, truth, whole
from digitnet.nn.costs import COSTS
from digitnet.nn.descent import OPTIMIZERS, SCHEDULES
from digitnet.nn.functions import ACTIVATIONS

_LARGE: Final = 1e30
"""No number of a training run is larger, and its square is still finite."""
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
RECIPE_FACTS: Final[dict[str, Rule]] = {
    "hidden": listed(whole(1), 0, 100),
    "activation": one_of(ACTIVATIONS),
    "cost": one_of(COSTS),
    "optimizer": one_of(OPTIMIZERS),
    "schedule": one_of(SCHEDULES),
    "learning_rate": number(0, _LARGE),
    "epochs": whole(1),
    "batch_size": whole(1),
    "l2": number(0, _LARGE),
    "warm_up": number(0, 1),
    "clip": or_none(number(0, _LARGE)),
    "patience": or_none(whole(1)),
    "augment": truth,
    "continental": number(0, 1),
}
_INPUTS: Final[dict[str, Rule]] = {"inputs": one_of(INPUTS)}
"""What files of before do not name: they are of pixels."""
_LATER: Final = _INPUTS | {
    "written": number(0, 10),
    "coarse": number(0, 1),
    "nothing": number(0, 10),
}
"""Parts of a recipe that files of before do not name."""
_SCORE: Final = or_none(number(0, _LARGE))

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
                "lead": number(0, _LARGE),
            },
        ),
    },
    {
        **_INPUTS,
        "digitnet": text,
        # A newer digitnet may know more of it: a model is read all the same.
        "recipe": table({}, RECIPE_FACTS | _LATER, more=True),
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
                    "epoch": number(0, _LARGE),
                    "cost": number(0, _LARGE),
                    "validation_accuracy": or_none(number(0, 1)),
                    "seconds": number(0, _LARGE),
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
                "recipe": table(RECIPE_FACTS, _LATER),
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
                "total": number(0, _LARGE),
                "seconds": number(0, _LARGE),
                "limit": number(0, _LARGE),
                "last_cost": or_none(number(0, _LARGE)),
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
