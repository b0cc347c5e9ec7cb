from __future__ import annotations

import hashlib

import numpy as np
import pytest

from digitnet.datasets.digits import Digits, DigitSet
from digitnet.errors import DataError


def some(count: int, rng: np.random.Generator) -> Digits:
    images = rng.integers(0, 256, (count, 28, 28), np.uint8)
    return Digits(images, rng.integers(0, 10, count, np.uint8))


def test_a_split_holds_the_last_digits_out(rng: np.random.Generator) -> None:
    digits = some(10, rng)
    kept, held_out = digits.split(3)
    assert (len(kept), len(held_out)) == (7, 3)
    np.testing.assert_array_equal(kept.images, digits.images[:7])
    np.testing.assert_array_equal(kept.labels, digits.labels[:7])
    np.testing.assert_array_equal(held_out.images, digits.images[7:])
    np.testing.assert_array_equal(held_out.labels, digits.labels[7:])


def test_a_split_copies_no_image(rng: np.random.Generator) -> None:
    digits = some(10, rng)
    kept, held_out = digits.split(3)
    assert np.shares_memory(kept.images, digits.images)
    assert np.shares_memory(held_out.images, digits.images)


def test_a_split_may_hold_nothing_out(rng: np.random.Generator) -> None:
    kept, held_out = some(4, rng).split(0)
    assert (len(kept), len(held_out)) == (4, 0)


@pytest.mark.parametrize("validation", [-1, 10, 11])
def test_a_split_that_leaves_nothing_to_train_on_is_refused(
    rng: np.random.Generator, validation: int
) -> None:
    with pytest.raises(DataError) as caught:
        some(10, rng).split(validation)
    assert str(caught.value) == (
        f"{validation} digits cannot be held out for validation.\n"
        "Expected 0 to 9 of the 10 digits there are.\n"
        "Hold fewer out, or use a larger data set."
    )


def test_digits_and_sets_of_them_say_in_one_line_how_many_there_are(
    rng: np.random.Generator,
) -> None:
    digits = Digits(np.zeros((1001, 28, 28), np.uint8), np.ones(1001, np.uint8))
    assert repr(digits) == "Digits(1,001, of each digit [0, 1001, 0, 0, 0, 0, 0, 0, 0, 0])"
    found = DigitSet("mine", digits, some(3, rng))
    assert repr(found) == "DigitSet(mine, 1,001 to train, 3 to test)"


def test_images_and_labels_of_different_counts_are_refused() -> None:
    with pytest.raises(DataError, match="found 3 images and 2 labels"):
        Digits(np.zeros((3, 28, 28), np.uint8), np.zeros(2, np.uint8))


def test_a_label_above_9_is_refused_with_its_place() -> None:
    with pytest.raises(DataError, match="Expected labels 0 to 9, found 10 at index 1"):
        Digits(np.zeros((3, 28, 28), np.uint8), np.array([9, 10, 11], np.uint8))


@pytest.mark.parametrize(
    ("images", "found"),
    [
        (np.zeros((3, 28, 27), np.uint8), r"found uint8 of shape \(3, 28, 27\)"),
        (np.zeros((3, 784), np.uint8), r"found uint8 of shape \(3, 784\)"),
        (np.zeros((3, 28, 28)), r"found float64 of shape \(3, 28, 28\)"),
    ],
)
def test_images_of_another_form_are_refused(
    images: np.typing.NDArray[np.uint8], found: str
) -> None:
    with pytest.raises(DataError, match=r"Expected uint8 of shape \(N, 28, 28\), " + found):
        Digits(images, np.zeros(3, np.uint8))


def test_labels_of_another_form_are_refused() -> None:
    with pytest.raises(DataError, match=r"Labels have .*\nExpected uint8 of shape \(N\), found"):
        Digits(np.zeros((3, 28, 28), np.uint8), np.zeros((3, 10), np.uint8))


def test_the_hash_is_that_of_the_images_and_then_the_labels(rng: np.random.Generator) -> None:
    digits, others = some(5, rng), some(2, rng)
    content = digits.images.tobytes() + digits.labels.tobytes()
    assert digits.sha256 == hashlib.sha256(content).hexdigest()
    assert digits.sha256 != others.sha256


def test_the_hash_of_digits_that_lie_apart_in_memory_is_that_of_their_copy(
    rng: np.random.Generator,
) -> None:
    digits = some(6, rng)
    apart = digits[::2]
    copy = Digits(apart.images.copy(), apart.labels.copy())
    assert apart.sha256 == copy.sha256
