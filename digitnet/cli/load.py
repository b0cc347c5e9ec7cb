"""What the commands begin with: the data set and the model that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from digitnet.bundled import BUNDLED, bundled_model
from digitnet.cli.display import note
from digitnet.cli.options import MODEL_FILE
from digitnet.cli.progress import downloading
from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.folder import load_folder
from digitnet.datasets.mnist import find_digits
from digitnet.errors import WeightsError
from digitnet.weights import Model, load_weights


def digits(name: str | None, data_dir: Path, mirrors: Sequence[str] | None) -> DigitSet:
    """Load the data set, showing a download; say so if the sample stands in for MNIST."""
    with downloading() as listen:
        found = find_digits(name, data_dir, mirrors=mirrors or (), listen=listen)
    if found.fallback:
        note(
            f"MNIST could not be had: {found.fallback}\n"
            "The bundled sample of 5,000 digits is used instead: scores are not comparable.\n"
            f"For MNIST, run digitnet download with a network, or copy its files into {data_dir}."
        )
    return found


def model(path: Path, stand_in: str = "small") -> tuple[Model, str]:
    """Load the model, one of those that come with digitnet by name, or one in the file's stead.

    Parameters
    ----------
    path : Path
        A file, or ``small`` or ``large``.
    stand_in : str
        Which of them is used where the default file is not there yet.
    """
    if path == MODEL_FILE and not path.exists():
        note(
            f"No {path} yet: using the {stand_in} model that comes with digitnet. "
            "Train one: digitnet train"
        )
        return bundled_model(stand_in), f"the {stand_in} one that comes with digitnet"
    if str(path) in BUNDLED and not path.exists():
        return bundled_model(str(path)), f"the {path} one that comes with digitnet"
    found = load_weights(path)
    inputs, *_, outputs = found.network.sizes
    if (inputs, outputs) != (784, 10):
        raise WeightsError(
            f"{path}: this network does not read digits.",
            f"Expected 784 inputs and 10 outputs, found {inputs} and {outputs}.",
            "Choose another file with --model, or train a new one: digitnet train.",
        )
    return found, str(path)


Names = Callable[[int], str]
"""What to call the i-th digit when it is shown to a person."""


def test_digits(
    reader: Model, name: str | None, data_dir: Path, mirrors: Sequence[str] | None
) -> tuple[str, Digits, Names]:
    """Load the test digits of a data set; warn where the model may have learned them."""
    found = digits(name, data_dir, mirrors)
    if found.name == "sample" and reader.about.get("dataset") != "sample":
        note("The sample's digits are of MNIST's training set: the model may have learned them.")
    return found.name, found.test, lambda i: f"test digit {i:>5}"


def own_digits(folder: Path) -> tuple[str, Digits, Names]:
    """Load a folder of labelled pictures; name on stderr what could not be used."""
    found = load_folder(folder)
    for path, error in found.failed:
        note(f"Left out {path}: {error.what} {error.found}")
    if found.unlabelled:
        note(f"Left out {len(found.unlabelled):,} files without a label.")
    return str(folder), found.digits, lambda i: str(found.paths[i])
