"""Sheets of A4 as PDF: text, lines and pictures at a place in millimetres, in the light colours of the program.

The fonts come with the program and are embedded: Fira Sans, and Fira Code for the signs that it lacks. All text can be selected
and says what it is (heading, paragraph, cell); what only decorates is marked as such. The same content gives the same bytes: the
moment of making is a fixed one unless given. `fpdf` is imported when the first sheet is made: it takes as long as starting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 14.0
"""Of a sheet, in millimetres."""
INSIDE = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - MARGIN
SMALLEST = 8.0
"""Points of the smallest text."""
INK, LABEL, LINE, BRAND, GROUND = "#12202e", "#3b4d60", "#b3c0cd", "#0b3f73", "#eef3f8"
GOOD, POOR = "#146236", "#7d4700"
UNKNOWN = "?"
"""In the place of a character that neither font has."""
MADE_AT = datetime(2020, 1, 1, tzinfo=UTC)
_LEADING = 1.32
"""Height of a line as a multiple of its size."""
_BASELINE = 1.0
"""Where the letters of a line stand, below its top, as a multiple of its size."""
_POINT = 25.4 / 72
_ALIGNED = {"L": 0.0, "C": 0.5, "R": 1.0}
_SANS, _SIGNS = "sans", "signs"


class Paper:
    """A document in the making; places are in millimetres from the upper left corner, sizes in points."""

    def __init__(self, title: str, made_at: datetime | None = None) -> None:
        """`made_at`: what the document says of when it was made."""
        self._pdf = _empty(shown(title), made_at or MADE_AT)

    def page(self) -> None:
        """Begin a new sheet."""
        self._pdf.add_page()

    def text(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        *,
        size: float = 10,
        bold: bool = False,
        colour: str = INK,
        align: str = "L",
        tag: str = "P",
    ) -> float:
        """Write a paragraph, wrapped; returns the place below it. `tag`: `H1`, `H2`, `P`, `LI`, `TH`, `TD`, or empty for none."""
        self._pdf.set_text_color(colour)
        with self._tagged(tag):
            for line in self.lines(text, width, size=size, bold=bold):
                free = width - self._width(line, size, bold)
                self._write(line, x + free * _ALIGNED[align], y + size * _BASELINE * _POINT, size, bold)
                y += line_height(size)
        return y

    def height(self, text: str, width: float, *, size: float = 10, bold: bool = False) -> float:
        """How high that paragraph becomes."""
        return len(self.lines(text, width, size=size, bold=bold)) * line_height(size)

    def lines(self, text: str, width: float, *, size: float = 10, bold: bool = False) -> list[str]:
        """The lines into which a text is wrapped: between words, and within one that is too long for a line."""
        found: list[str] = []
        line = ""
        for word in shown(text).split():
            if line and self._width(f"{line} {word}", size, bold) > width:
                found.append(line)
                line = ""
            line = f"{line} {word}".lstrip()
            while self._width(line, size, bold) > width and len(line) > 1:
                fits = self._fitting(line, width, size, bold)
                found.append(line[:fits])
                line = line[fits:]
        return [*found, line] if line else found

    def cut(self, text: str, width: float, *, size: float = 10, bold: bool = False) -> str:
        """The text if it fits on one line, else its beginning and `…`."""
        if len(self.lines(text, width, size=size, bold=bold)) <= 1:
            return shown(text)
        room = width - self._width("…", size, bold)
        return shown(text)[: self._fitting(shown(text), room, size, bold)].rstrip() + "…"

    def line(self, x: float, y: float, width: float, *, thick: float = 0.3, colour: str = LINE) -> None:
        """Draw a rule."""
        with self._decoration():
            self._pdf.set_draw_color(colour)
            self._pdf.set_line_width(thick)
            self._pdf.line(x, y, x + width, y)

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "", edge: str = LINE) -> None:
        """Draw a rectangle: filled, or only its edge."""
        with self._decoration():
            self._pdf.set_draw_color(edge)
            self._pdf.set_line_width(0.3)
            if fill:
                self._pdf.set_fill_color(fill)
            self._pdf.rect(x, y, width, height, style="DF" if fill else "D")

    def picture(self, png: bytes, x: float, y: float, width: float, height: float, *, said: str) -> None:
        """Place a picture; `said` is what it shows, for who cannot see it."""
        self._pdf.image(BytesIO(png), x, y, width, height, alt_text=shown(said))

    def made(self) -> bytes:
        """The document."""
        return bytes(self._pdf.output())

    def _fitting(self, text: str, width: float, size: float, bold: bool) -> int:
        """How many characters fit, at least one."""
        return next((end for end in range(len(text), 1, -1) if self._width(text[:end], size, bold) <= width), 1)

    def _width(self, text: str, size: float, bold: bool) -> float:
        return sum(self._style(family, size, bold).get_string_width(part) for family, part in _parts(text))

    def _write(self, text: str, x: float, baseline: float, size: float, bold: bool) -> None:
        for family, part in _parts(text):
            pdf = self._style(family, size, bold)
            pdf.text(x, baseline, part)
            x += pdf.get_string_width(part)

    def _style(self, family: str, size: float, bold: bool) -> FPDF:
        self._pdf.set_font(family, "B" if bold and family == _SANS else "", size)
        return self._pdf

    @contextmanager
    def _tagged(self, tag: str) -> Iterator[None]:
        """Text that says what it is; fpdf2 does it for pictures only, so its own parts are used here."""
        if not tag:
            with self._decoration():
                yield
            return
        mcid = self._pdf.struct_builder.next_mcid_for_page(self._pdf.page)
        self._pdf._add_marked_content(struct_type=f"/{tag}", mcid=mcid)
        self._pdf._out(f"/{tag} <</MCID {mcid}>> BDC")
        yield
        self._pdf._out("EMC")

    @contextmanager
    def _decoration(self) -> Iterator[None]:
        self._pdf._out("/Artifact BMC")
        yield
        self._pdf._out("EMC")


def line_height(size: float) -> float:
    """Millimetres from one line to the next of text of this size."""
    return size * _LEADING * _POINT


def shown(text: str) -> str:
    """The text as it comes on paper: white space as one space, and what neither font has as a question mark."""
    known = _known(_SANS) | _known(_SIGNS)
    return "".join(one if ord(one) in known else UNKNOWN for one in " ".join(text.split()))


def not_shown(texts: Iterable[str]) -> str:
    """The characters of these texts that neither font has, each once."""
    known = _known(_SANS) | _known(_SIGNS)
    return "".join(sorted({one for text in texts for one in text if not one.isspace() and ord(one) not in known}))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text, each with the font that has its letters or signs; fpdf2's own way to do this breaks lines badly."""
    for plain, part in groupby(text, lambda one: ord(one) in _known(_SANS)):
        yield _SANS if plain else _SIGNS, "".join(part)


def _empty(title: str, made_at: datetime) -> FPDF:
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0
    pdf.set_margin(MARGIN)
    for family, style, path in _font_files():
        pdf.add_font(family, style, path)
    pdf.set_title(title)
    pdf.set_lang("nl-NL")
    pdf.set_creator("ESIS in de terminal")
    pdf.set_creation_date(made_at)
    return pdf


def _font_files() -> list[tuple[str, str, Path]]:
    import fontpkg_fira_code  # type: ignore[import-untyped]
    import fontpkg_fira_sans  # type: ignore[import-untyped]

    sans, signs = Path(fontpkg_fira_sans.ROOT) / "files", Path(fontpkg_fira_code.ROOT) / "files"
    return [
        (_SANS, "", sans / "FiraSans-Regular.ttf"),
        (_SANS, "B", sans / "FiraSans-SemiBold.ttf"),
        (_SIGNS, "", next(signs.glob("*.ttf"))),
    ]


@cache
def _known(family: str) -> frozenset[int]:
    """The characters that every font of a family has."""
    from fontTools.ttLib import TTFont

    found: list[set[int]] = []
    for _family, _style, path in _font_files():
        if _family == family:
            with TTFont(path, lazy=True) as font:
                found.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*found) - set(range(32)))
