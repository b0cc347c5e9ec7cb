"""Train a small network on handwritten digits, then let it read your own.

The packages, in reading order::

    nn/         the essay in NumPy: functions, costs, network, descent, training
    images/     the pipeline from a picture to the input of the network
    datasets/   labelled digits: IDX files, MNIST and its cache, folders of pictures
    sheet/      the sheet to fill in, and how its photo is cut up
    model/      a trained network with its normalisation, confidence and scores, in one file
    numbers/    pieces of ink, the sequence model, and the weighing of hypotheses
    synthesis/  synthetic training digits
    learning/   from a data set and a recipe to a model
    reading/    from a picture to an answer
    page/       the page to draw on
    cli/        the commands

The names below are the public API; each is imported when it is first used, so that the command
line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digitnet.version import VERSION

if TYPE_CHECKING:
    from digitnet.datasets.digits import Digits, DigitSet
    from digitnet.datasets.folder import load_folder
    from digitnet.datasets.mnist import load_mnist, load_sample
    from digitnet.errors import DigitnetError, TrainingError
    from digitnet.images.form.moments import MomentTargets, moment_normalise
    from digitnet.learning.classifier import NetworkClassifier
    from digitnet.learning.comparison import Scores, score
    from digitnet.learning.engine import Training
    from digitnet.learning.plan import Plan, resume, teach
    from digitnet.learning.presets import preset
    from digitnet.learning.session import Session
    from digitnet.learning.training_digits import Handwriting
    from digitnet.model.digit import Digit
    from digitnet.model.history import EpochReport, History
    from digitnet.model.history_file import load_history
    from digitnet.model.model import Model, bundled_model
    from digitnet.model.recipe import Recipe
    from digitnet.nn.evaluation import Evaluation
    from digitnet.nn.network import Network
    from digitnet.nn.training import train
    from digitnet.reading.reader import Reader, read
    from digitnet.reading.reading import Reading

__version__ = VERSION

__all__ = [
    "Digit",
    "DigitSet",
    "DigitnetError",
    "Digits",
    "EpochReport",
    "Evaluation",
    "Handwriting",
    "History",
    "Model",
    "MomentTargets",
    "Network",
    "NetworkClassifier",
    "Plan",
    "Reader",
    "Reading",
    "Recipe",
    "Scores",
    "Session",
    "Training",
    "TrainingError",
    "bundled_model",
    "load_folder",
    "load_history",
    "load_mnist",
    "load_sample",
    "moment_normalise",
    "preset",
    "read",
    "resume",
    "score",
    "teach",
    "train",
]

_HOMES = {
    "datasets.digits": ("DigitSet", "Digits"),
    "datasets.folder": ("load_folder",),
    "datasets.mnist": ("load_mnist", "load_sample"),
    "errors": ("DigitnetError", "TrainingError"),
    "images.form.moments": ("MomentTargets", "moment_normalise"),
    "learning.classifier": ("NetworkClassifier",),
    "learning.comparison": ("Scores", "score"),
    "learning.training_digits": ("Handwriting",),
    "learning.session": ("Session",),
    "learning.presets": ("preset",),
    "learning.engine": ("Training",),
    "learning.plan": ("Plan", "resume", "teach"),
    "nn.evaluation": ("Evaluation",),
    "nn.network": ("Network",),
    "nn.training": ("train",),
    "model.history": ("EpochReport", "History"),
    "model.recipe": ("Recipe",),
    "model.history_file": ("load_history",),
    "model.digit": ("Digit",),
    "reading.reader": ("Reader", "read"),
    "reading.reading": ("Reading",),
    "model.model": ("Model", "bundled_model"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"digitnet.{home}"), name)
    raise AttributeError(f"module 'digitnet' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
