"""digitnet predict, as its user sees it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from digitnet.datasets.mnist import load_sample
from digitnet.model.digit import read_forms
from digitnet.model.model import Model
from tests.helpers.bundled import LARGE_FACTS
from tests.helpers.commands import here, process, read_by, save_constant
from tests.helpers.pictures import png

CONSTANT = """\
a.png: 3  80.0% confidence
  0                            0.0%
  1                            0.0%
  2                            0.0%
  3 ███████████████████       80.0%
  4                            0.0%
  5 ██                        10.0%
  6                            0.0%
  7                            0.0%
  8 ██                        10.0%
  9                            0.0%
"""

SEEN_80 = """\
a.png: 3  80.0% confidence  not sure: it may also be a 5
  3 ███████████████████       80.0%
  5 ██                        10.0%
contrast                  
                          
                          
          .*#@@@+-        
        .#%+-::#@@:       
               *@%.       
              #@@+        
        .-=+##@@@%#+      
      =#%@@@@@@+=*%@*     
   :+%#+*%@%*=.   .@#     
   #@@@%##=.     .#@-     
    .-.         .#%-      
                          
                          
ink                  form                         seen                        
        .*#@@@+-                                                              
      :%@@#+=%@@:                                                             
       --.   *@@:               .*#@@@+-                     .*#@@@+-         
            -%@#.             :%@@#+=%@@:                  :%@@#+=%@@:        
         .:-@@@*:.             --.   *@@:                   --.   *@@:        
    .-+%@@@@@@@@@@%:                -%@#.                        -%@#.        
 .-#@**#@@@%*. .-%@@             .:-@@@*:.                    .:-@@@*:.       
#%@%*#@@%+..    =@@+        .-+%@@@@@@@@@@%:             .-+%@@@@@@@@@@%:     
=@@@@#*=.      :%@%:     .-#@**#@@@%*. .-%@@          .-#@**#@@@%*. .-%@@     
 .-.           #%+      #%@%*#@@%+..    =@@+         #%@%*#@@%+..    =@@+     
                        =@@@@#*=.      :%@%:         =@@@@#*=.      :%@%:     
                         .-.           #%+            .-.           #%+       
                                                                              
                                                                              
dark ink on light paper
"""  # noqa: W291, W293

SEEN_60 = """\
a.png: 3  80.0% confidence  not sure: it may also be a 5
  3 ███████████████████       80.0%
  5 ██                        10.0%
contrast                   ink                 
                                   .*#@@@+-    
                                 :%@@#+=%@@:   
          .*#@@@+-                --.   *@@:   
        .#%+-::#@@:                    -%@#.   
               *@%.                 .:-@@@*:.  
              #@@+             .-+%@@@@@@@@@@%:
        .-=+##@@@%#+        .-#@**#@@@%*. .-%@@
      =#%@@@@@@+=*%@*      #%@%*#@@%+..    =@@+
   :+%#+*%@%*=.   .@#      =@@@@#*=.      :%@%:
   #@@@%##=.     .#@-       .-.           #%+  
    .-.         .#%-                           
                                               
                                               
form                         seen                        
                                                         
                                                         
           .*#@@@+-                     .*#@@@+-         
         :%@@#+=%@@:                  :%@@#+=%@@:        
          --.   *@@:                   --.   *@@:        
               -%@#.                        -%@#.        
            .:-@@@*:.                    .:-@@@*:.       
       .-+%@@@@@@@@@@%:             .-+%@@@@@@@@@@%:     
    .-#@**#@@@%*. .-%@@          .-#@**#@@@%*. .-%@@     
   #%@%*#@@%+..    =@@+         #%@%*#@@%+..    =@@+     
   =@@@@#*=.      :%@%:         =@@@@#*=.      :%@%:     
    .-.           #%+            .-.           #%+       
                                                         
                                                         
dark ink on light paper
"""  # noqa: W291, W293

MANY_80 = """\
picture  answer  confidence  0123456789
a.png    3       80.0%          ▆ ▁  ▁   not sure: it may also be a 5
a.png    3       80.0%          ▆ ▁  ▁   not sure: it may also be a 5
a.png    3       80.0%          ▆ ▁  ▁   not sure: it may also be a 5
a.png    3       80.0%          ▆ ▁  ▁   not sure: it may also be a 5
"""

MANY_60 = """\
picture  answer  confidence  0123456789
a.png    3       80.0%          ▆ ▁  ▁
  not sure: it may also be a 5
a.png    3       80.0%          ▆ ▁  ▁
  not sure: it may also be a 5
a.png    3       80.0%          ▆ ▁  ▁
  not sure: it may also be a 5
a.png    3       80.0%          ▆ ▁  ▁
  not sure: it may also be a 5
"""

MANY_BEST = """\
picture  answer  confidence  the 2 best
a.png    3       80.0%       3 80.0%, 5 10.0%
a.png    3       80.0%       3 80.0%, 5 10.0%
a.png    3       80.0%       3 80.0%, 5 10.0%
a.png    3       80.0%       3 80.0%, 5 10.0%
"""


LARGE_IS_BETTER = f"The bundled large model reads better ({LARGE_FACTS}): --model large\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a picture of a 2 and two models: one sure of its 3, one not."""
    save_constant(tmp_path / "sure.npz")
    save_constant(tmp_path / "unsure.npz", threshold=0.9)
    (tmp_path / "a.png").write_bytes(png(load_sample().test.images[0], True).getvalue())
    return tmp_path


@pytest.mark.parametrize("columns", ["60", "80"])
def test_one_picture_is_answered_with_ten_bars(folder: Path, columns: str) -> None:
    done = process(folder, "predict", "a.png", "--model", "sure.npz", COLUMNS=columns)
    assert done == (0, CONSTANT, read_by("sure.npz"))


@pytest.mark.parametrize(("columns", "shown"), [("60", SEEN_60), ("80", SEEN_80)])
def test_the_best_and_every_stage_are_shown_on_request(
    folder: Path, columns: str, shown: str
) -> None:
    args = ("predict", "a.png", "--model", "unsure.npz", "--top", "2", "--show")
    assert process(folder, *args, COLUMNS=columns) == (0, shown, read_by("unsure.npz"))


@pytest.mark.parametrize(("columns", "shown"), [("40", MANY_60), ("60", MANY_60), ("80", MANY_80)])
def test_many_pictures_are_a_line_each(folder: Path, columns: str, shown: str) -> None:
    args = ["predict", *["a.png"] * 4, "--model", "unsure.npz"]
    assert process(folder, *args, COLUMNS=columns) == (0, shown, read_by("unsure.npz"))


def test_the_best_answers_of_many_pictures_stand_in_their_lines(folder: Path) -> None:
    args = ["predict", *["a.png"] * 4, "--model", "sure.npz", "--top", "2"]
    assert process(folder, *args) == (0, MANY_BEST, read_by("sure.npz"))


@pytest.mark.parametrize("top", ["0", "11"])
def test_no_more_and_no_fewer_answers_are_shown_than_there_are(folder: Path, top: str) -> None:
    code, out, err = process(folder, "predict", "a.png", "--top", top)
    assert (code, out) == (2, "")
    assert f"Invalid value for '--top': Expected 1 to 10, found {top}." in err


@pytest.mark.parametrize("pictures", [1, 4])
def test_an_ascii_terminal_gets_ascii(folder: Path, pictures: int) -> None:
    args = ["predict", *["a.png"] * pictures, "--model", "sure.npz", "--show"]
    code, out, err = process(folder, *args, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (code, err) == (0, read_by("sure.npz"))
    assert out.isascii()
    assert "?" not in out
    assert "  3 ###################       80.0%\n" in out


def test_a_picture_comes_from_stdin(folder: Path) -> None:
    data = (folder / "a.png").read_bytes()
    done = process(folder, "predict", "-", "--model", "sure.npz", stdin=data)
    assert done == (0, CONSTANT.replace("a.png", "-"), read_by("sure.npz"))


def test_nothing_on_stdin_is_refused(folder: Path) -> None:
    assert process(folder, "predict", "-", "--model", "sure.npz") == (
        1,
        "",
        f"{read_by('sure.npz')}"
        "Error: stdin is not a picture.\n"
        "  Expected a picture, found an empty file.\n"
        "  Give a PNG, JPEG, TIFF, WebP or another picture of pixels.\n",
    )


def test_json_is_one_object_a_line_and_holds_the_library_s_answer(
    folder: Path, model_file: Path, sample_model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    images = load_sample().test.images[:3]
    for n, image in enumerate(images):
        (folder / f"{n}.png").write_bytes(png(image, False).getvalue())
    names = ["0.png", "missing.png", "1.png", "2.png"]
    code, out, err = here("predict", *names, "--model", str(model_file), "--json")
    assert code == 1
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["file"] for line in lines] == names
    assert lines.pop(1) == {
        "file": "missing.png",
        "error": "missing.png does not exist. Expected a picture file, "
        "found nothing at this path. Check the spelling and the folder.",
    }
    for line, digit in zip(lines, read_forms(sample_model, images), strict=True):
        assert line.keys() - {"why"} == {"file", "digit", "certainty", "certainties", "sure"}
        assert (line["sure"], line.get("why")) == (digit.sure, digit.why)
        assert line["digit"] == digit.digit
        assert line["certainties"][line["digit"]] == line["certainty"]
        assert np.isclose(sum(line["certainties"]), 1)
    who, better, *error = err.splitlines(keepends=True)
    assert who.startswith(f"Read by {model_file} (784-15-10, 9")
    assert better == LARGE_IS_BETTER
    assert "".join(error) == (
        "Error: missing.png does not exist.\n"
        "  Expected a picture file, found nothing at this path.\n"
        "  Check the spelling and the folder.\n"
    )


def test_one_bad_picture_among_good_ones_costs_only_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "text.png").write_text("not a picture")
    code, out, err = here("predict", "text.png", "a.png", "--model", "sure.npz")
    assert (code, out.splitlines()[0]) == (1, "a.png: 3  80.0% confidence")
    assert err == (
        f"{read_by('sure.npz')}"
        "Error: text.png is not a picture.\n"
        "  Expected a picture, found a file that is none.\n"
        "  Give a PNG, JPEG, TIFF, WebP or another picture of pixels.\n"
    )


@pytest.mark.parametrize("name", ["[bold]x[/bold].png", "[link=a]x.png", "[/].png", ":smile:.png"])
@pytest.mark.parametrize("times", [1, 4])
def test_a_name_like_markup_is_printed_as_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, times: int
) -> None:
    monkeypatch.chdir(folder)
    target = folder / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes((folder / "a.png").read_bytes())
    code, out, _ = here("predict", *[name] * times, "--model", "sure.npz")
    assert code == 0
    assert out.count(name) == times
    target.unlink()
    assert here("predict", name, "--model", "sure.npz")[2].startswith(
        f"{read_by('sure.npz')}Error: {name} does not exist.\n"
    )


def test_a_name_of_other_bytes_than_utf_8_does_no_harm(folder: Path) -> None:
    name = os.fsdecode(b"\xff\xc3.png")
    (folder / name).write_bytes((folder / "a.png").read_bytes())
    assert process(folder, "predict", name, "--model", "sure.npz") == (
        0,
        CONSTANT.replace("a.png", r"\udcff\udcc3.png"),
        read_by("sure.npz"),
    )
    code, out, _ = process(folder, "predict", name, "--model", "sure.npz", "--json")
    assert (code, json.loads(out)["file"]) == (0, name)


def test_a_long_name_is_not_cut(folder: Path) -> None:
    name = "ö" * 100 + ".png"
    (folder / name).write_bytes((folder / "a.png").read_bytes())
    code, out, _ = process(folder, "predict", name, "--model", "sure.npz", COLUMNS="60")
    assert (code, out) == (0, CONSTANT.replace("a.png", name))
