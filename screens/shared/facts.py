"""What is known of one thing: its name, sections, labels with values and actions, drawn as lines by one widget."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style

from screens.shared import keys, signs
from screens.shared.lined import Lined
from screens.shared.program import in_keys
from screens.shared.spatial import cross
from screens.shared.text import plain


@dataclass(frozen=True)
class Fact:
    """A label and its value; with a `link` the value can be chosen."""

    label: str
    value: Content | str = ""
    link: str = ""
    is_key: bool = False
    """Whether the label is a key."""


@dataclass(frozen=True)
class Section:
    """A title with a rule behind it."""

    title: str


@dataclass(frozen=True)
class Act:
    """What can be done with it: key, name and a few words."""

    key: str
    title: str
    about: str = ""


Row = Fact | Section | Act | Content
"""A line of facts; content stands there as it is, as wide as the whole."""
_STEP = re.compile(r"(\d+\.) (.*)")


def steps(text: str) -> Iterator[Row]:
    """The lines of a text; a numbered one is a fact, so that what it wraps to hangs below its words."""
    for line in text.splitlines():
        step = _STEP.fullmatch(line)
        yield Fact(step[1], step[2]) if step else plain(line)


class Facts(Lined):
    """Lines of facts. With links it can have the focus: the arrow keys go from link to link, Enter chooses."""

    COMPONENT_CLASSES = {"facts--label", "facts--rule", "facts--link", "facts--key", "facts--cursor", "facts--hint"}
    DEFAULT_CSS = """
    Facts .facts--label { color: $label; }
    Facts .facts--hint { color: $hint; }
    Facts .facts--rule { color: $line; }
    Facts .facts--link { color: $key; text-style: underline; }
    Facts .facts--key { color: $key; text-style: bold; }
    Facts .facts--cursor { background: $focus; color: $on-focus; text-style: bold; }
    """
    BINDINGS = [
        keys.UP("step(-1)", id="facts.up", show=False, tooltip="Gaat naar de vorige koppeling."),
        keys.DOWN("step(1)", id="facts.down", show=False, tooltip="Gaat naar de volgende koppeling."),
        keys.OPEN("choose", id="facts.choose", tooltip="Opent waar u op staat."),
    ]

    @dataclass
    class Chosen(Message):
        """A link was chosen."""

        facts: Facts
        link: str

        @property
        def control(self) -> Facts:
            """The facts, for `@on` selectors."""
            return self.facts

    def __init__(self, rows: Iterable[Row] = (), *, label_width: int = 17, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label_width = label_width
        self._cursor = 0
        self._set(rows)

    def _set(self, rows: Iterable[Row]) -> None:
        self._rows: Sequence[Row] = tuple(rows)
        self._links = [row.link for row in self._rows if isinstance(row, Fact) and row.link]
        self.can_focus = bool(self._links)
        self._cursor = min(self._cursor, max(0, len(self._links) - 1))

    def show(self, rows: Iterable[Row]) -> None:
        """Show these, unless they are shown already."""
        before = self._rows
        self._set(rows)
        if self._rows != before:
            self.refresh(layout=True)

    def lines(self, width: int) -> Iterator[Content]:
        """The facts at this width."""
        for row in self._rows:
            if isinstance(row, Section):
                yield signs.rule(row.title, width, self._style("rule"))
            elif isinstance(row, Fact):
                yield from self._fact(row, width)
            elif isinstance(row, Act):
                yield self._act(row)
            else:
                yield from row.wrap(max(2, width)) if row else [row]

    def _labels(self, width: int) -> int:
        """The column of the labels: wider for a longer one, as long as the values keep half of the room."""
        longest = max((plain(row.label).cell_length for row in self._rows if isinstance(row, Fact)), default=0)
        return max(self._label_width, min(longest + 2, width // 2))

    def _fact(self, row: Fact, width: int) -> Iterator[Content]:
        value = row.value if isinstance(row.value, Content) else plain(row.value)
        if row.link:
            here = self.has_focus and self._links[self._cursor] == row.link
            value = value.stylize(self._style("cursor" if here else "link") + Style.from_meta({"link": row.link}))
        label = plain(row.label).stylize(self._style("key" if row.is_key else "label")).pad_right(1)
        labels = self._labels(width)
        if " " not in value.plain and value.cell_length > width - labels:
            yield label  # a long word, such as an e-mail address, has a line of its own
            yield from (Content.assemble("  ", line) for line in value.wrap(max(2, width - 2)))
            return
        for line in value.wrap(max(2, width - labels)) or [value]:
            room = labels - label.cell_length
            yield Content.assemble(label, " " * max(0, room), line)
            label = Content("")

    def _act(self, row: Act) -> Content:
        told = plain(row.about).stylize(self._style("hint"))
        named = Content.assemble(plain(in_keys(self, row.key)).stylize(self._style("key")), " ", plain(row.title))
        return Content.assemble(named, " " * max(1, self._label_width - named.cell_length), told)

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"facts--{part}", partial=part != "cursor")  # a partial one has no background

    def action_step(self, step: int) -> None:
        """To another link; from the first or last one to what is above or below."""
        before, self._cursor = self._cursor, max(0, min(len(self._links) - 1, self._cursor + step))
        if self._cursor == before:
            cross(self, "up" if step < 0 else "down")
        self.refresh()

    def action_choose(self) -> None:
        """Notify listeners."""
        if self._links:
            self.post_message(self.Chosen(self, self._links[self._cursor]))

    def on_click(self, event: Click) -> None:
        """The mouse chooses a link too."""
        link = event.style.meta.get("link")
        if link in self._links:
            event.stop()
            self._cursor = self._links.index(link)
            self.action_choose()
