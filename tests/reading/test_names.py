"""Names that tell the files of pictures apart."""

from __future__ import annotations

import pytest

from digitnet.reading.names import distinct_names


@pytest.mark.parametrize(
    ("pictures", "names"),
    [
        (["/p/x.png", "/p/y.png"], ["x", "y"]),
        (["/a/x.png", "/b/x.png", "/b/y.png"], ["a-x", "b-x", "y"]),
        (["/p/x.png", "/p/x.jpg"], ["x.png", "x.jpg"]),
        (["/p/x.png", "/p/X.png"], ["x.1", "X.2"]),
        (["/p/x.png", "/p/x-1.png"], ["x.png", "x-1.png"]),
        (["/p/x-1.png", "/p/x-2.png"], ["x-1", "x-2"]),
        (["/p/a/x.png", "/q/a/x.png"], ["p-a-x.png", "q-a-x.png"]),
        (["/a/x.png", "/b/x.png", "/c/a-x.png"], ["x.png", "b-x", "c-a-x"]),
        (["/x.png", "/x.png"], ["x", "x"]),
        (["/a-b/x.png", "/a/b-x.png", "/c/x.png", "/c/b-x.png"], None),
        (["/x.png", "/a/x.png", "/x.jpg", "/a/b/x-1.png", "/a/x-1.png", "/b/x.png"], None),
    ],
)
def test_pictures_get_short_names_that_tell_them_apart(
    pictures: list[str], names: list[str] | None
) -> None:
    found = distinct_names(pictures)
    assert list(found) == list(dict.fromkeys(pictures))
    files = [f"{name}{number}" for name in found.values() for number in ("", "-1", "-2")]
    assert len(set(files)) == len(files)
    if names is not None:
        assert [found[picture] for picture in pictures] == names
