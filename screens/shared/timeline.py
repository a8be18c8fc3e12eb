"""What happened and what comes, in the order of time: as a column of days, and as a line with stations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import takewhile

from textual.content import Content
from textual.style import Style

from app import clock
from app.workers.nights import Mark, Moment
from screens.shared import signs
from screens.shared.lined import Lined
from screens.shared.text import fitted, plain, wrapped

PARTS = {**signs.MARKS, Mark.SKIPPED: "hint", Mark.NOW: "now"}
"""The part of the drawing whose colour a mark has: that of its sign, but now has that of the focus."""


def day_of(moment: Moment) -> str:
    """Its day: `wo 22-4`."""
    return clock.short_moment(moment.at)[:-6]


def time_of(moment: Moment) -> str:
    """Its time: `08:00`."""
    return clock.short_moment(moment.at)[-5:]


class Drawn(Lined):
    """Lines drawn from moments."""

    COMPONENT_CLASSES = {f"drawn--{part}" for part in ("ok", "bad", "hint", "now", "ink", "key", "line", "here")}
    DEFAULT_CSS = """
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

    def part(self, name: str) -> Style:
        """The style of a part."""
        return self.get_visual_style(f"drawn--{name}", partial=True)

    def words(self, moment: Moment) -> Style | str:
        """The style of what is said of a moment."""
        if moment.mark in (Mark.INACTIVE, Mark.SKIPPED):
            return self.part("hint")
        if moment.mark is Mark.MORNING:
            return self.part("key") + Style(bold=True)
        return "bold" if moment.mark is Mark.NOW else ""


MARGIN = 12
"""Cells before what a line of the column says."""


class Timeline(Drawn):
    """Days with their moments below one another; now is the tinted line."""

    def lines(self, width: int) -> Iterator[Content]:
        """A heading for each day, a line for each moment; what came of it goes below where there is no room beside it."""
        return self._column(self._moments, width)

    def before_now(self) -> int:
        """How many lines come before now."""
        before = takewhile(lambda moment: moment.mark is not Mark.NOW, self._moments)
        return sum(1 for _ in self._column(before, self.content_size.width))

    def _column(self, moments: Iterable[Moment], width: int) -> Iterator[Content]:
        day = ""
        for moment in moments:
            if day_of(moment) != day:
                day = day_of(moment)
                yield signs.rule(day, width, self.part("line"))
            yield from self._of(moment, width)

    def _of(self, moment: Moment, width: int) -> Iterator[Content]:
        told, hint = plain(moment.told), self.part("hint")
        beside = _name(moment).cell_length + 1 + told.cell_length <= width - MARGIN
        yield self._line(moment, told.stylize(hint) if beside else Content(""), width)
        for line in [] if beside else told.wrap(max(2, width - MARGIN)):
            yield Content.assemble(" " * MARGIN, line.stylize(hint))

    def _line(self, moment: Moment, told: Content, width: int) -> Content:
        mark = f"{moment.mark.value}━" if moment.mark is Mark.NOW else f"{moment.mark.value} "
        room = max(0, width - MARGIN - told.cell_length - bool(told))
        line = Content.assemble(
            (f"  {time_of(moment)} ", self.words(moment)),
            (mark, self.part(PARTS[moment.mark]) + Style(bold=True)),
            "  ",
            (fitted(_name(moment).plain, room), self.words(moment)),
            " " if told else "",
            told,
        )
        here = Style(background=self.get_component_styles("drawn--here").background)
        return line.stylize_before(here) if moment.mark is Mark.NOW else line


def _name(moment: Moment) -> Content:
    return plain(f"{moment.location} {moment.what}".strip())


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


NEEDS = 17
"""Cells that a moment on the line of the night needs, with a gap after it, the last one less."""
LAST = 8
ROWS = 3
"""Lines of text below a moment."""


def metro_line(moments: Sequence[Moment], width: int) -> list[Content]:
    """The night to come as a line with a mark for each time, or a line of text each where there is no room."""
    stops = _stops(moments)
    each = (width - LAST) // max(1, len(stops) - 1)
    if each < NEEDS:
        return [_moment(moment) for stop in stops for moment in stop]
    columns = [_column(stop, stops[place - 1] if place else None, each - 1) for place, stop in enumerate(stops)]
    rail = Content.assemble(
        *(Content.assemble(_sign(stop[0]), Content("━" * (each - 1)).stylize("$line")) for stop in stops[:-1]),
        *(_sign(stop[0]) for stop in stops[-1:]),
    )
    rows = [
        Content.assemble(
            *(
                column[row].truncate(each - 1, ellipsis=True).pad_right(each - column[row].cell_length)
                for column in columns[:-1]
            ),
            columns[-1][row],
        )
        for row in range(ROWS + 1)
    ]
    return [rows[0], rail, *rows[1:]]


def _stops(moments: Sequence[Moment]) -> list[list[Moment]]:
    """The moments by time; what does not take part only where nothing else comes then."""
    stops: dict[datetime, list[Moment]] = {}
    morning = next((moment.at for moment in moments if moment.mark is Mark.MORNING), None)
    for moment in moments:
        if morning is not None and moment.at > morning:
            break
        stops.setdefault(moment.at, []).append(moment)
    return [[one for one in stop if one.mark is not Mark.INACTIVE] or stop[:1] for stop in stops.values()]


def _sign(moment: Moment) -> Content:
    return Content(moment.mark.value).stylize(f"bold ${signs.MARKS[moment.mark]}")


def _moment(moment: Moment) -> Content:
    colour = signs.MARKS[moment.mark]
    time = plain(f"{time_of(moment)} ").stylize("$label")
    return Content.assemble(time, _sign(moment), plain(f" {moment.what}").stylize(f"${colour}"))


def _column(stop: Sequence[Moment], before: Sequence[Moment] | None, width: int) -> list[Content]:
    """The time, with the day where it changes, and what comes then."""
    moment, told = stop[0], clock.short_moment(stop[0].at)
    same_day = before is not None and before[0].at.date() == moment.at.date()
    colour = signs.MARKS[moment.mark]
    lines = [line for text in _texts(stop, width) for line in wrapped(text, width)][:ROWS]
    lines += [Content("")] * (ROWS - len(lines))
    time = told[-5:] if same_day else f"{told[:2]} {told[-5:]}"
    return [plain(time).stylize(f"bold ${colour}"), *(line.stylize(f"${colour}") for line in lines)]


def _texts(stop: Sequence[Moment], width: int) -> list[str]:
    if stop[0].mark is Mark.MORNING:
        return ["morgen-", "ochtend"]
    if len(stop) > 1:
        names = [moment.what.partition(" → ")[0] for moment in stop]
        beside = " + ".join(names)
        return [beside if len(beside) <= width else " +\n".join(names), "→ ESIS", "resultaten"]
    way = stop[0].what.split(" → ", 1)
    # Of what is too long only the end: of "groepen en leerlingen" that is what matters.
    told = stop[0].told if len(stop[0].told) <= width else stop[0].told.rpartition(" ")[2]
    return [part if place == 0 else f"→ {part}" for place, part in enumerate(way)] + [told]
