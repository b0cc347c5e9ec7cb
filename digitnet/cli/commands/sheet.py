"""digitnet sheet: a sheet to fill in by hand, and its photo as labelled pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

_OUT = Path("digitnet-sheet.pdf")


def sheet(
    paper: Annotated[
        Literal["A4", "Letter"] | None,
        typer.Option("--paper", help="Paper size.", metavar="A4|Letter", show_default="A4"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="File to write the sheet to.",
            metavar="FILE.pdf|.png",
            show_default=str(_OUT),
        ),
    ] = None,
    photo: Annotated[
        Path | None,
        typer.Option(
            "--read", help="Read this photo or scan of a filled-in sheet.", metavar="PHOTO"
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", help="Folder to write the digits to.", metavar="FOLDER"),
    ] = None,
) -> None:
    """Write a sheet with boxes for ten of each digit, or read a photo of the filled-in sheet.

    Examples:
      digitnet sheet --paper Letter
      digitnet sheet --read photo.jpg --into my-digits
    """
    if photo is None:
        if into is not None:
            raise typer.BadParameter("needs --read PHOTO beside it.", param_hint="'--into'")
        _write(paper or "A4", out or _OUT)
        return
    if into is None:
        raise typer.BadParameter("needs --into FOLDER beside it.", param_hint="'--read'")
    if paper is not None or out is not None:
        option = "--paper" if paper else "--out"
        raise typer.BadParameter("has no use with --read.", param_hint=f"'{option}'")
    _read(photo, into)


def _write(paper: Literal["A4", "Letter"], out: Path) -> None:
    from digitnet.cli.show.console import say
    from digitnet.sheet.page import save_sheet

    save_sheet(out, paper)
    say(f"Wrote {out}: a sheet of {paper} with boxes for ten of each digit")
    say("Print it, fill it in with a dark pen and photograph the whole sheet. Then run:")
    say("  digitnet sheet --read photo.jpg --into my-digits")


def _read(photo: Path, into: Path) -> None:
    from digitnet.cli.show.console import say, show_table
    from digitnet.cli.show.progress import waiting
    from digitnet.errors import PictureError
    from digitnet.images.picture import open_picture
    from digitnet.sheet.crops import save_crops
    from digitnet.sheet.photo import read_sheet

    with waiting(f"looking for the boxes in {photo}"):
        crops = read_sheet(open_picture(photo), str(photo))
    if not crops:
        raise PictureError(
            f"No box of the sheet in {photo} is filled in.",
            "Expected handwritten digits in the boxes, found only paper.",
            "Write into the boxes with a dark pen, and photograph the page again.",
        )
    save_crops(crops, into, photo.stem)
    say(f"Read {len(crops)} {'digit' if len(crops) == 1 else 'digits'} from {photo} into {into}")
    labels = [crop.label for crop in crops]
    show_table(("digit", *"0123456789"), [("boxes", *(str(labels.count(d)) for d in range(10)))])
    say(f"See how well they are read: digitnet eval {into}")
    say(f"Train with them: digitnet train --add {into}")
