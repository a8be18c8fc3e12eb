"""A picture of a draaiboek that differs from its golden screen: what differs, in words and by cell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from app.training.scripts import cells
from app.training.scripts.cells import Change
from app.training.scripts.document import SUFFIX
from app.training.scripts.shots import Shot

BEFORE, SHOWN = 20, 70
"""The number of characters shown of a line: before the difference, and in total."""


@dataclass(frozen=True)
class Difference:
    """A picture that differs from the stored one.

    `expected_text` is None if none was stored, `text` if none is made now.
    """

    path: Path
    """The draaiboek."""
    name: str
    expected_text: str | None
    expected_svg: str
    text: str | None
    svg: str
    step: int = 0
    """The step that makes it."""

    @property
    def script(self) -> str:
        """The name of the draaiboek: `iep-lvs`."""
        return self.path.name.removesuffix(SUFFIX)

    @property
    def full_name(self) -> str:
        """As `--accept` takes it: `iep-lvs/overzicht`."""
        return f"{self.script}/{self.name}"

    @property
    def is_new(self) -> bool:
        """Nothing was stored."""
        return self.expected_text is None

    @property
    def is_stale(self) -> bool:
        """No line makes it any more."""
        return self.text is None

    @property
    def is_half(self) -> bool:
        """A text and a picture were stored of two screens, or only one of them: something ended the program meanwhile."""
        if self.expected_text is None:
            return bool(self.expected_svg)
        return not self.expected_svg or not cells.belong_together(self.expected_text, self.expected_svg)

    @property
    def shot(self) -> Shot:
        """The picture of now. Not for a stale one."""
        assert self.text is not None
        return Shot(self.name, self.step, self.text, self.svg)

    def change(self) -> Change | None:
        """Which cells differ; None if there is nothing to compare, or pictures of two sizes."""
        return cells.compare(self.expected_svg, self.svg)

    def sentence(self, update: str = "--update") -> str:
        """The difference in words; `update` is the option that stores the new picture."""
        half = (
            f" Het is maar half bewaard: bewaar het opnieuw met {update}." if self.is_half and not self.is_stale else ""
        )
        return f"{self._sentence(update)}{half}"

    def _sentence(self, update: str) -> str:
        if self.expected_text is None:
            return f"Van '{self.name}' is er nog geen gouden scherm. Bewaar het met {update}, en bekijk het."
        if self.text is None:
            return f"Van '{self.name}' is er een gouden scherm, en geen regel maakt het nog. {update} ruimt het op."
        was_size, size = _size(self.expected_svg), _size(self.svg)
        if was_size and size and was_size != size:
            return f"'{self.name}' is bewaard in {was_size} tekens en nu {size}. Speel met de maat {was_size}."
        if self.expected_text == self.text:
            return f"'{self.name}' heeft dezelfde tekens, maar andere kleuren of opmaak."
        pairs = zip_longest(self.expected_text.splitlines(), self.text.splitlines(), fillvalue="")
        found = next(((place, *pair) for place, pair in enumerate(pairs, 1) if pair[0] != pair[1]), None)
        if found is None:
            return f"'{self.name}' verschilt alleen in witruimte aan het eind."
        number, was, now = found
        parts = _part(was, now), _part(now, was)
        closed = [" ".join(part.split()) for part in parts]
        shown = closed if closed[0] != closed[1] else parts
        return f"'{self.name}' verschilt vanaf regel {number} van het scherm: was '{shown[0]}', is '{shown[1]}'."


def _size(svg: str) -> str:
    """The columns and rows of a picture, `120x36`; empty for another kind."""
    size = cells.size_of(svg)
    return f"{size[0]}x{size[1]}" if size else ""


def _part(line: str, other: str) -> str:
    """The part of a line that differs from the other, with some context before it."""
    same = next(
        (place for place, pair in enumerate(zip(line, other, strict=False)) if pair[0] != pair[1]),
        min(len(line), len(other)),
    )
    begin = max(0, same - BEFORE)
    shown = line[begin : begin + SHOWN]
    return f"{'…' if line[:begin].strip() else ''}{shown.strip()}{'…' if line[begin + SHOWN :].strip() else ''}"
