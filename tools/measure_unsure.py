"""Measure what a model calls unsure: MNIST's test digits, letters, clothes and noise.

Run in a clone with MNIST in data/: python -m tools.measure_unsure [MODEL.npz …]
Without a model, the bundled one is measured. Nothing that is measured here is used to fit
anything. What is missing is named and left out; on Debian the whole is had by

    apt-get install dataset-fashion-mnist fonts-breip fonts-bwht fonts-comic-neue \
        fonts-dancingscript fonts-dejavu-core fonts-dkg-handwriting fonts-femkeklaver \
        fonts-humor-sans fonts-kaushanscript fonts-klee fonts-kristi fonts-liberation \
        fonts-rufscript fonts-sil-andika fonts-sjfonts fonts-tomsontalks fonts-yusei-magic

"form": 28 × 28 pictures given in MNIST's form as they are. "picture": read as a user's picture
is, and left out where no ink is found, which `digitnet predict` reports as an error.
"""

from __future__ import annotations

import argparse
import string
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from digitnet.datasets.idx import read_idx
from digitnet.datasets.mnist import load_mnist
from digitnet.errors import PictureError
from digitnet.images.form.mnist import to_mnist
from digitnet.images.pipeline import find_ink
from digitnet.model.certainty import Certainty
from digitnet.model.digit import read_forms
from digitnet.model.model import Model, bundled_model
from tools.calibration import calibration_error

Images = NDArray[np.uint8]
Draw = Callable[[np.random.Generator], Images]

FASHION = Path("/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz")
FONTS = {
    "fonts-breip": "truetype/breip/Breip.ttf",
    "fonts-bwht": "opentype/bwht/*.otf",
    "fonts-comic-neue": "opentype/comic-neue/ComicNeue-[RI]*.otf",
    "fonts-dancingscript": "opentype/dancingscript/*.otf",
    "fonts-dejavu-core": "truetype/dejavu/DejaVuS*[sf].ttf",
    "fonts-dkg-handwriting": "truetype/fifthhorseman/*.ttf",
    "fonts-femkeklaver": "truetype/femkeklaver/*.ttf",
    "fonts-humor-sans": "truetype/humor-sans/*.ttf",
    "fonts-kaushanscript": "opentype/kaushanscript/*.otf",
    "fonts-klee": "truetype/klee/*.ttf",
    "fonts-kristi": "truetype/kristi/*.ttf",
    "fonts-liberation": "truetype/liberation/LiberationS*[sf]-[RI]*.ttf",
    "fonts-rufscript": "truetype/rufscript/*.ttf",
    "fonts-sil-andika": "truetype/andika/Andika-[RI]*.ttf",
    "fonts-sjfonts": "truetype/sjfonts/*.ttf",
    "fonts-tomsontalks": "truetype/tomsontalks/*.ttf",
    "fonts-yusei-magic": "truetype/yusei-magic/*.ttf",
}
LIKE_DIGITS = "OoQIilZzSsBbqg"
"""Letters that are 0, 1, 2, 5, 8, 6 or 9 in form, in at least one hand."""
COPIES = 4
COUNT = 1000


def fonts() -> list[Path]:
    """Fonts that are installed; the packages of the others are named."""
    found = []
    for package, pattern in FONTS.items():
        here = sorted(Path("/usr/share/fonts").glob(pattern))
        if not here:
            print(f"Without the package {package}: its letters are left out.", file=sys.stderr)
        found += here
    return found


def letter(character: str, font: Path, rng: np.random.Generator) -> Images:
    """One letter, dark on light, of a random slant, turn, width and stroke."""
    page = Image.new("L", (256, 256))
    stroke = int(rng.integers(0, 4))
    ImageDraw.Draw(page).text(
        (128, 128),
        character,
        255,
        ImageFont.truetype(str(font), 96),
        anchor="mm",
        stroke_width=stroke,
    )
    slant, width = rng.uniform(-0.3, 0.3), rng.uniform(0.85, 1.15)
    matrix = (width, slant, 128 * (1 - width - slant), 0, 1, 0)
    page = page.rotate(rng.uniform(-8, 8), Image.Resampling.BICUBIC)
    page = page.transform(page.size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
    return 255 - np.asarray(page.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 2))))


def uniform(rng: np.random.Generator) -> Images:
    """Every pixel of its own brightness."""
    return rng.integers(0, 256, (28, 28)).astype(np.uint8)


def sparse(rng: np.random.Generator) -> Images:
    """White pixels here and there."""
    return (255 * (rng.random((28, 28)) < rng.uniform(0.02, 0.3))).astype(np.uint8)


def blobs(rng: np.random.Generator) -> Images:
    """Two to seven soft spots."""
    y, x = np.indices((28, 28))
    spots = np.zeros((28, 28))
    for _ in range(rng.integers(2, 8)):
        (cy, cx), (ry, rx) = rng.uniform(5, 23, 2), rng.uniform(1.5, 5, 2)
        spots = np.maximum(spots, np.exp(-(((y - cy) / ry) ** 2) - ((x - cx) / rx) ** 2))
    return (255 * np.clip(1.5 * spots, 0, 1)).astype(np.uint8)


def scribble(rng: np.random.Generator) -> Images:
    """A smooth line through five to eleven random points (a Catmull-Rom spline)."""
    points = rng.uniform(40, 216, (int(rng.integers(5, 12)), 2))
    points = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    before, here, there, after = points[:-3], points[1:-2], points[2:-1], points[3:]
    t = np.linspace(0, 1, 24)[None, :, None]
    line = here[:, None] + 0.5 * (
        t * (there - before)[:, None]
        + t**2 * (2 * before - 5 * here + 4 * there - after)[:, None]
        + t**3 * (3 * here - before - 3 * there + after)[:, None]
    )
    page = Image.new("L", (256, 256))
    width = int(rng.integers(8, 24))
    ImageDraw.Draw(page).line([tuple(p) for p in line.reshape(-1, 2)], 255, width, "curve")
    return 255 - np.asarray(page.filter(ImageFilter.GaussianBlur(1)))


def as_pictures(pictures: list[Images]) -> Images:
    """In MNIST's form, as a user's picture is brought to it; those without ink left out."""
    forms = []
    for picture in pictures:
        try:
            forms.append(to_mnist(find_ink(picture).pixels))
        except PictureError:
            continue
    return np.array(forms, np.uint8).reshape(-1, 28, 28)


def others() -> Iterator[tuple[str, str, Images]]:
    """Group, kind and pictures of what is no digit."""
    rng = np.random.default_rng(0)
    faces = fonts()
    for name, characters in (
        ("letters, not like digits", sorted(set(string.ascii_letters) - set(LIKE_DIGITS))),
        (f"letters {LIKE_DIGITS}", list(LIKE_DIGITS)),
    ):
        drawn = [letter(c, f, rng) for c in characters for f in faces for _ in range(COPIES)]
        if drawn:
            yield "letters" if "not" in name else "like digits", name, as_pictures(drawn)
    if FASHION.exists():
        clothes = read_idx(FASHION, 3)
        yield "clothes", "Fashion-MNIST, form", np.asarray(clothes)
        yield "clothes", "Fashion-MNIST, picture", as_pictures(list(clothes[:COUNT]))
    else:
        print("Without the package dataset-fashion-mnist: no clothes.", file=sys.stderr)
    for draw in (uniform, sparse, blobs):
        yield "noise", f"{draw.__name__}, form", np.array([draw(rng) for _ in range(COUNT)])
    drawn = [scribble(rng) for _ in range(COUNT)]
    yield "noise", "scribble, picture", as_pictures(drawn)


def unsure(model: Model, images: Images) -> NDArray[np.bool_]:
    """Whether each picture is called unsure."""
    return np.array([not digit.sure for digit in read_forms(model, images)])


def measure_digits(model: Model, data_dir: str) -> None:
    """Print the calibration and what is unsure among MNIST's test digits."""
    test = load_mnist(data_dir).test
    digits = read_forms(model, test.images)
    certainties = np.array([digit.certainties for digit in digits])
    doubted = np.array([not digit.sure for digit in digits])
    wrong = certainties.argmax(axis=1) != test.labels
    # p ∝ a^(1/T), so the outputs, as shares, are p^T.
    outputs = Certainty(1 / model.certainty.temperature).of(certainties)
    print(f"  expected calibration error {calibration_error(outputs, test.labels):.4f} as given")
    print(f"  expected calibration error {calibration_error(certainties, test.labels):.4f} with T")
    print(f"  {np.mean(doubted):7.2%} of MNIST's test digits are unsure")
    print(f"  {np.mean(doubted[wrong]):7.2%} of the {wrong.sum()} mistakes are among them")
    print(f"  {np.mean(wrong[~doubted]):7.2%} of the sure answers are mistakes")


def main() -> None:
    """Print the figures of each model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("models", nargs="*", type=Path)
    parser.add_argument("--data-dir", default="data")
    options = parser.parse_args()
    models = {str(path): Model.load(path) for path in options.models}
    kinds = list(others())
    for name, model in (models or {"bundled": bundled_model()}).items():
        print(name)
        measure_digits(model, options.data_dir)
        shares: dict[str, list[float]] = {}
        for group, kind, images in kinds:
            share = float(np.mean(unsure(model, images)))
            shares.setdefault(group, []).append(share)
            print(f"  {share:7.2%} of {len(images)} {kind}")
        means = [np.mean(values) for group, values in shares.items() if group != "like digits"]
        print(f"  {np.mean(means):7.2%} on average of letters, clothes and noise")


if __name__ == "__main__":
    main()
