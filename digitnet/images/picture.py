"""Open any picture safely, as grey levels in which ink and paper stand apart."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from digitnet.errors import PictureError

# Two and a half times the largest pictures of today's telephones; 8-bit RGB of this size is 360 MB.
MAX_PIXELS = 120_000_000

_ADVICE = "Give a PNG, JPEG or any other picture that Pillow can open."
_WIDE_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")


def open_picture(source: Path | BinaryIO, name: str | None = None) -> NDArray[np.uint8]:
    """Grey levels of a picture, along the colour axis on which its edges are strongest.

    Every Pillow format and mode is read; the EXIF orientation is applied, a transparent
    ground is replaced by one that the ink stands out from, and modes of more than 8 bits are
    stretched from their own darkest to their own lightest value.

    Parameters
    ----------
    source : Path or binary file
        The picture; an open file is read from where it stands.
    name : str, optional
        What messages call the picture; the path, if not given.

    Returns
    -------
    ndarray of uint8, shape (height, width)
        Grey levels, 0 to 255. Whether ink is darker than paper is not decided here.

    Raises
    ------
    PictureError
        The file is missing, a folder, empty, truncated, no picture, or larger than
        ``MAX_PIXELS`` pixels.
    """
    if name is None:
        name = str(source) if isinstance(source, Path) else str(getattr(source, "name", source))
    if isinstance(source, Path):
        _require_file(source, name)
    # Pillow warns of large pictures, odd EXIF and odd palettes: each is dealt with here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _grey(_decode(source, name), name)


def _require_file(path: Path, name: str) -> None:
    """Refuse a path that is no file, with the reason."""
    if path.is_dir():
        raise PictureError(
            f"{name} is a folder.", "Expected a picture file, found a folder.", _ADVICE
        )
    if not path.exists():
        raise PictureError(
            f"{name} does not exist.",
            "Expected a picture file, found nothing at this path.",
            "Check the spelling and the folder.",
        )


def _decode(source: Path | BinaryIO, name: str) -> Image.Image:
    """Decode the first frame of a picture, upright."""
    try:
        with Image.open(source) as picture:
            _require_size(picture.size, name)
            picture.load()
            return ImageOps.exif_transpose(picture)
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(name, str(error)) from error
    except UnidentifiedImageError as error:
        found = "an empty file" if _is_empty(source) else "a file that is none"
        raise PictureError(
            f"{name} is not a picture.", f"Expected a picture, found {found}.", _ADVICE
        ) from error
    # Pillow's decoders raise whatever the damage makes them trip over, from OSError to IndexError.
    except Exception as error:
        raise PictureError(
            f"{name} cannot be read.",
            f"Expected a whole picture, found damage: {error}.",
            "Save or copy the picture again; it may have been cut short on its way.",
        ) from error


def _require_size(size: tuple[int, int], name: str) -> None:
    """Refuse a picture that would fill the memory, before a single pixel is decoded."""
    if size[0] * size[1] > MAX_PIXELS:
        raise _too_large(name, f"{size[0]} × {size[1]} pixels")


def _too_large(name: str, found: str) -> PictureError:
    return PictureError(
        f"{name} is too large.",
        f"Expected at most {MAX_PIXELS:,} pixels, found {found}.",
        "Scale the picture down or cut the digit out of it.",
    )


def _is_empty(source: Path | BinaryIO) -> bool:
    """Whether there is not a single byte."""
    if isinstance(source, Path):
        return source.stat().st_size == 0
    return source.seekable() and source.seek(0, 2) == 0


def _grey(picture: Image.Image, name: str) -> NDArray[np.uint8]:
    """Bring any mode to one channel of 8 bits."""
    if picture.mode in _WIDE_MODES:
        return _stretched(np.asarray(picture, dtype=np.float64), name)
    if picture.has_transparency_data:
        picture = _on_ground(picture.convert("RGBA"))
    if picture.mode in ("1", "L"):
        return np.asarray(picture.convert("L"))
    return _projected(picture.convert("RGB"))


def _stretched(values: NDArray[np.float64], name: str) -> NDArray[np.uint8]:
    """255 (v - min) / (max - min): a 12-bit scan in a 16-bit file keeps its levels."""
    if not np.isfinite(values).all():
        raise PictureError(
            f"{name} has pixels that are not numbers.",
            "Expected finite values, found NaN or infinity.",
            "Save the picture again as an 8-bit or 16-bit PNG.",
        )
    low, high = values.min(), values.max()
    levels: NDArray[np.uint8] = np.rint((values - low) * (255 / max(high - low, 1e-12))).astype(
        np.uint8
    )
    return levels


def _on_ground(picture: Image.Image) -> Image.Image:
    """Lay a picture with transparency on a ground its ink stands out from.

    Where most of the picture is opaque and has contrast of its own, the opaque part is paper
    and writing: the ground is the paper's colour. Otherwise the opaque part is the ink, and the
    ground is black under light ink and white under dark.
    """
    small = picture.copy()
    small.thumbnail((256, 256))
    pixels = np.asarray(small, dtype=np.float32).reshape(-1, 4)
    alpha = pixels[:, 3]
    seen = pixels[alpha > 127, :3] if (alpha > 127).any() else pixels[:, :3]
    grey = seen.mean(axis=1)
    paper_is_opaque = (alpha > 127).mean() > 0.5 and np.ptp(grey) > 64
    ground = (
        np.median(seen, axis=0) if paper_is_opaque else [0.0 if grey.mean() > 127 else 255.0] * 3
    )
    red, green, blue = (int(level) for level in ground)
    return Image.alpha_composite(Image.new("RGBA", picture.size, (red, green, blue, 255)), picture)


def _projected(picture: Image.Image) -> NDArray[np.uint8]:
    """Level = e · (R, G, B), e: the main axis of the colour gradients, scaled to 0 … 255.

    Luma makes red ink on green paper vanish; the axis on which the picture's edges are
    strongest cannot. The sum of the gradients' outer products is the colour structure tensor of
    Di Zenzo (Computer Vision, Graphics, and Image Processing 33, 1986); edges, unlike the
    variance of the colours, hardly see shadows and uneven light.
    """
    small = picture.copy()
    small.thumbnail((512, 512), Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=np.float32)
    steps = np.concatenate(
        [np.diff(pixels, axis=0).reshape(-1, 3), np.diff(pixels, axis=1).reshape(-1, 3)]
    )
    axis = np.linalg.eigh(steps.T @ steps)[1][:, -1] if len(steps) else np.ones(3)
    axis = axis * (1.0 if axis.sum() >= 0 else -1.0)
    axis = axis / np.abs(axis).sum()
    offset = -255 * float(axis[axis < 0].sum())
    red, green, blue = (float(weight) for weight in axis)
    return np.asarray(picture.convert("L", (red, green, blue, offset)))
