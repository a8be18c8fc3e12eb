"""What happened and what comes, in the order of time: as a column of days, and as a line with stations."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from app import clock
from app.workers.nights import Mark, Moment
from screens.shared.text import fitted, plain

PARTS = {
    Mark.DONE: "ok",
    Mark.FAILED: "bad",
    Mark.SKIPPED: "hint",
    Mark.NOW: "now",
    Mark.PLANNED: "ink",
    Mark.INACTIVE: "hint",
    Mark.MORNING: "key",
}
"""The part of the drawing whose colour a mark has."""
LOUD = (Mark.NOW, Mark.MORNING)
"""Whose texts are bold."""


def day_of(moment: Moment) -> str:
    """Its day: `wo 22-4`."""
    return clock.short_moment(moment.at)[:-6]


def time_of(moment: Moment) -> str:
    """Its time: `08:00`."""
    return clock.short_moment(moment.at)[-5:]


class Drawn(Widget):
    """Lines drawn from moments."""

    COMPONENT_CLASSES = {f"drawn--{part}" for part in ("ok", "bad", "hint", "now", "ink", "key", "line", "here")}
    DEFAULT_CSS = """
    Drawn { width: 1fr; height: auto; color: $ink; }
    Drawn .drawn--ok { color: $ok; }
    Drawn .drawn--bad { color: $bad; }
    Drawn .drawn--hint { color: $hint; }
    Drawn .drawn--now { color: $focus; }
    Drawn .drawn--ink { color: $ink; }
    Drawn .drawn--key { color: $key; }
    Drawn .drawn--line { color: $line; }
    Drawn .drawn--here { background: $here; }
    """

    def __init__(self, moments: Iterable[Moment] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._moments: Sequence[Moment] = tuple(moments)

    def show(self, moments: Iterable[Moment]) -> None:
        """Show these, unless they are shown already."""
        before, self._moments = self._moments, tuple(moments)
        if self._moments != before:
            self.refresh(layout=True)

    def render(self) -> Content:
        """Every line."""
        return Content("\n").join(self.lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it takes at this width."""
        return sum(1 for _ in self.lines(width))

    @abstractmethod
    def lines(self, width: int) -> Iterator[Content]:
        """The drawing at this width."""

    def part(self, name: str) -> Style:
        """The style of a part."""
        return self.get_visual_style(f"drawn--{name}", partial=True)

    def words(self, moment: Moment) -> Style | str:
        """The style of what is said of a moment."""
        if moment.mark in (Mark.INACTIVE, Mark.SKIPPED):
            return self.part("hint")
        return (
            self.part("key") + Style(bold=True)
            if moment.mark is Mark.MORNING
            else "bold"
            if moment.mark in LOUD
            else ""
        )


class Timeline(Drawn):
    """Days with their moments below one another; now is the tinted line."""

    def lines(self, width: int) -> Iterator[Content]:
        """A heading for each day, a line for each moment."""
        day = ""
        for moment in self._moments:
            if day_of(moment) != day:
                day = day_of(moment)
                rule = "─" * max(0, width - len(day) - 1)
                yield Content.assemble(plain(day).stylize("bold"), " ", (rule, self.part("line")))
            yield self._line(moment, width)

    def _line(self, moment: Moment, width: int) -> Content:
        mark = f"{moment.mark.value}━" if moment.mark is Mark.NOW else f"{moment.mark.value} "
        told = plain(moment.told)
        room = max(0, width - 12 - told.cell_length - bool(told))
        line = Content.assemble(
            (f"  {time_of(moment)} ", self.words(moment)),
            (mark, self.part(PARTS[moment.mark]) + Style(bold=True)),
            "  ",
            (fitted(f"{moment.location} {moment.what}".strip(), room), self.words(moment)),
            " " if told else "",
            told.stylize(self.part("hint")),
        )
        here = Style(background=self.get_component_styles("drawn--here").background)
        return line.stylize_before(here) if moment.mark is Mark.NOW else line


class Happened(Drawn):
    """Moments below one another with what came of each on a line of its own."""

    def lines(self, width: int) -> Iterator[Content]:
        """Two lines for each moment, and one between."""
        rail = Content.styled("│ ", self.part("line"))
        for number, moment in enumerate(self._moments):
            if number:
                yield rail
            colour = self.part(PARTS[moment.mark])
            head = fitted(f"{day_of(moment)} {time_of(moment)}", min(15, width - 2)).rstrip()
            said = plain(f"  {moment.what}" if moment.what else "").stylize(self.part("hint"))
            yield Content.assemble((f"{moment.mark.value} ", colour + Style(bold=True)), (head, "bold"), said)
            style = colour if moment.mark is Mark.FAILED else self.part("hint")
            for line in plain(moment.told).wrap(max(2, width - 2)) if moment.told else ():
                yield Content.assemble(rail, line.stylize(style))


class MetroLine(Drawn):
    """Moments beside one another on a line: the time above, what it is below."""

    def lines(self, width: int) -> Iterator[Content]:
        """Times, the line, the words."""
        if not self._moments:
            return
        room = max(4, width // len(self._moments))
        yield Content.assemble(*self._times(room))
        yield Content.assemble(*self._stations(room))
        words = [self._said(moment, room - 1) for moment in self._moments]
        for height in range(max(map(len, words))):
            cells = [said[height] if height < len(said) else Content("") for said in words]
            yield Content.assemble(*(cell.pad_right(room - cell.cell_length) for cell in cells))

    def _times(self, room: int) -> Iterator[Content]:
        day = ""
        for moment in self._moments:
            named = f"{day_of(moment)} {time_of(moment)}" if day_of(moment) != day else time_of(moment)
            day = day_of(moment)
            style = "bold" if moment.mark is not Mark.INACTIVE else self.part("hint")
            yield Content.styled(fitted(named, room), style)

    def _stations(self, room: int) -> Iterator[Content]:
        for number, moment in enumerate(self._moments):
            line = "━" * (room - 1) if number < len(self._moments) - 1 else ""
            yield Content.styled(moment.mark.value, self.part(PARTS[moment.mark]) + Style(bold=True))
            yield Content.styled(line, self.part("line"))

    def _said(self, moment: Moment, room: int) -> list[Content]:
        text = plain(moment.what).stylize(self.words(moment)).wrap(max(2, room)) if moment.what else []
        told = plain(moment.told).stylize(self.part("hint")).wrap(max(2, room)) if moment.told else []
        return [*text, *told]
