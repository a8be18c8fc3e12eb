"""What is read of the program that is open; the characters and cells are as they are drawn now."""

from __future__ import annotations

import base64
from pathlib import Path

from app.commands.driving.opened import Given, Opened
from app.exchange import whole_file
from app.training.driving.requests import Failed, Result
from app.training.driving.vocabulary import Code
from app.training.pictures import png_of
from screens.driving import reading

KINDS = ("svg", "png", "txt")


async def screen(opened: Opened, _given: Given) -> Result:
    """The characters, and where that is."""
    return reading.place(opened.app)


async def cells(opened: Opened, _given: Given) -> Result:
    """The cells."""
    return reading.cells(opened.app)


async def focus(opened: Opened, _given: Given) -> Result:
    """What has the focus."""
    return {"focus": reading.focus(opened.app)}


async def names(opened: Opened, _given: Given) -> Result:
    """What can be chosen and filled in."""
    return reading.names(opened.app)


async def picture(opened: Opened, given: Given) -> Result:
    """A picture, in a file or in the reply. Raises `Failed`, or `Refused` where it cannot be written."""
    path = Path(given["file"]) if "file" in given else None
    kind = given.get("kind") or (path.suffix.lower().removeprefix(".") if path else "svg")
    if kind not in KINDS:
        raise Failed(
            Code.WRONG_ARGUMENT, f"{path} eindigt niet op .svg, .png of .txt. Zeg met 'kind' wat het moet zijn."
        )
    if path:
        whole_file.check_place(path, given.get("replace", False))
    if given.get("still", True):
        await opened.driver.still()
    text = opened.driver.shown() if kind == "txt" else opened.driver.picture()
    content = png_of(text) if kind == "png" else text.encode()
    if path:
        whole_file.put(path, content, given.get("replace", False), shared=True)
        return {"kind": kind, "file": str(path)}
    return (
        {"kind": kind, "base64": base64.b64encode(content).decode()} if kind == "png" else {"kind": kind, "text": text}
    )
