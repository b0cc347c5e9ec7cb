"""Load the data set and the model of a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from digitnet.cli.pictures import HEIC
from digitnet.cli.show.console import note
from digitnet.cli.show.models import in_words, say_who_reads_better
from digitnet.cli.show.progress import downloading, reading, waiting
from digitnet.cli.stop import expect_cut_files
from digitnet.datasets.digits import Digits, DigitSet
from digitnet.datasets.folder import load_folder
from digitnet.datasets.idx_folder import holds_idx, load_idx_folder, unknown_idx
from digitnet.datasets.mnist import load_mnist, load_sample
from digitnet.errors import DataError, DownloadError, WeightsError, printable
from digitnet.images.form.inputs import INPUTS
from digitnet.images.formats import HEIC_ENDINGS, read_heic
from digitnet.images.picture import MAX_PIXELS
from digitnet.learning.training_digits import Handwriting
from digitnet.model.history import History
from digitnet.model.history_file import bundled_history, history_path, load_history
from digitnet.model.model import BUNDLED, Model, bundled_model
from digitnet.places import data_folder, model_file

Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
"""Pillow refuses twice as many, also for a picture inside another, as in ICO."""


def digits(name: str | None, data_dir: Path | None, mirrors: Sequence[str] | None) -> DigitSet:
    """Load a data set by its name; without one, MNIST, or the sample if no mirror has MNIST."""
    expect_cut_files()
    if name == "sample":
        return load_sample()
    if name not in (None, "mnist"):
        return _folder_digits(Path(name))
    try:
        with downloading() as listen:
            return load_mnist(data_dir, mirrors=mirrors or (), listen=listen)
    except DownloadError as error:
        if name == "mnist":
            raise
        note(
            *f"MNIST is missing: {error.what} {error.found}".split("\n"),
            "The bundled sample of 5,000 digits is used instead: scores are not comparable.",
            f"For MNIST, run digitnet download with a network, or copy its files "
            f"into {data_folder(data_dir)}.",
        )
        return load_sample()


def _folder_digits(folder: Path) -> DigitSet:
    """Load a folder of IDX files or of labelled pictures; print a note if they were turned."""
    if not folder.is_dir():
        raise DataError(
            f"There is no data set {folder}.",
            f"Expected mnist, sample or a folder of digits, found {folder}.",
            "Choose mnist or sample, or check the spelling of the folder.",
        )
    if not holds_idx(folder):
        try:
            own = handwriting(folder)
        except DataError as error:
            raise unknown_idx(folder) or error from None
        return DigitSet(own.name, own.learned, own.held_out)
    with waiting(f"reading the digits of {folder}"):
        found = load_idx_folder(folder)
    if found.turned:
        note(f"The pictures of {folder} are stored transposed, as EMNIST's are: they were turned.")
    return found


def cache(found: DigitSet, data_dir: Path | None) -> Path | None:
    """Folder for the normalised digits; None for a small set, which is fast to normalise."""
    large = found.name == "mnist" or (found.name != "sample" and holds_idx(Path(found.name)))
    return data_folder(data_dir) if large else None


def handwriting(folder: Path) -> Handwriting:
    """Load a folder of labelled pictures, of which one in five is held out."""
    name, found, _ = own_digits(folder)
    return Handwriting.of(name, found)


def model(path: Path, otherwise: str = "large") -> tuple[Model, str]:
    """Load the model of a command, print and return its name.

    Parameters are those of `named_model`.
    """
    found, name, own = named_model(path, otherwise)
    note(f"Read by {name} ({in_words(found)}).")
    if own:
        say_who_reads_better(found, bundled_model("large"))
    return found, name


def named_model(path: Path, otherwise: str) -> tuple[Model, str, bool]:
    """Load a model; return it, its name, and whether it is the user's.

    Parameters
    ----------
    path : Path
        A file; or ``small`` or ``large``, for a bundled model.
    otherwise : str
        The bundled model to use if the default file does not exist.
    """
    missing = path == model_file() and not path.exists()
    if missing:
        note(f"No {path} yet; train one: digitnet train")
    if missing or (str(path) in BUNDLED and not path.exists()):
        return *_bundled(otherwise if missing else str(path)), False
    return _from(path), str(path), True


def history(path: Path, model: Model, *, own: bool) -> History | None:
    """Load a model's history, if there is one; print a note if the file beside it is another's."""
    if not own:
        return bundled_history(str(path) if str(path) in BUNDLED else "small")
    beside = history_path(path)
    if not beside.exists():
        return None
    try:
        found = load_history(beside)
    except WeightsError as error:
        note(f"Left out {beside}: {error.found}")
        return None
    if found.fits(model):
        return found
    note(f"Left out {beside}: it is the history of another model.")
    return None


def model_before(path: Path) -> tuple[Model, str]:
    """Load the model that a training run will replace, or else the small bundled one."""
    if path.exists():
        return _from(path), str(path)
    return _bundled("small")


def _bundled(name: str) -> tuple[Model, str]:
    return bundled_model(name), f"the bundled {name} model"


def _from(path: Path) -> Model:
    found = Model.load(path)
    inputs, *_, outputs = found.network.sizes
    wanted = INPUTS[found.inputs].size
    if (inputs, outputs) != (wanted, 10):
        raise WeightsError(
            f"{path}: this network does not read digits.",
            f"Expected {wanted} inputs and 10 outputs, found {inputs} and {outputs}.",
            "Choose another file with --model, or train a new one: digitnet train.",
        )
    return found


Names = Callable[[int], str]
"""Name of the i-th digit in the output."""


def test_digits(
    reader: Model, name: str | None, data_dir: Path | None, mirrors: Sequence[str] | None
) -> tuple[str, Digits, Names]:
    """Load the test digits of a data set; warn if the model may have been trained on them."""
    found = digits(name, data_dir, mirrors)
    if found.name == "sample" and reader.about.get("dataset") != "sample":
        note("The sample is from MNIST's training set: the model may have been trained on it.")
    return found.name, found.test, lambda i: f"test digit {i:>5}"


def own_digits(folder: Path) -> tuple[str, Digits, Names]:
    """Load a folder of labelled pictures; name unused files on stderr."""
    found = load_folder(folder, reading)
    telephone = [path for path, _ in found.failed if path.suffix.lower() in HEIC_ENDINGS]
    unread = [] if read_heic() else telephone
    for path, error in found.failed:
        if path not in unread:
            note(f"Left out {path}: {error.what} {error.found}")
    if unread:
        note(f"Left out of {folder}: {HEIC.counted(len(unread))}. {HEIC.advice}")
    if found.unlabelled:
        count = len(found.unlabelled)
        note(f"Left out {count:,} file{'' if count == 1 else 's'} without a label.")
    return str(folder), found.digits, lambda i: printable(str(found.paths[i]))
