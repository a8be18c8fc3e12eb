"""Beside a list: what is known of the row it stands on, read beside the screen as the cursor moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from app.refusals import Refused
from screens.shared.facts import Fact, Facts, Row
from screens.shared.panel import Panel
from screens.shared.sizes import is_slim
from screens.shared.text import plain

if TYPE_CHECKING:
    from screens.shared.reads_beside import ReadsBeside

BRIEF = 3
"""Facts that are told on a slim screen, below the list, unless it is said what."""


@dataclass(frozen=True)
class Told:
    """What is told of a row, and what of it on a slim screen."""

    rows: Sequence[Row] = ()
    brief: Sequence[Row] = ()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Told:
        """All of it, and the first facts on a slim screen."""
        every = tuple(rows)
        return cls(every, [row for row in every if isinstance(row, Fact)][:BRIEF])


Reader = Callable[[Any], Told]
"""Reads what is told of a row, in a thread; may raise `Refused`."""


class Detail(Panel):
    """The facts of one row. In a `.beside` with a list it stands at the right, on a slim screen below it."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    .beside { layout: horizontal; height: 1fr; }
    .beside > .beside-list { width: 1fr; height: 1fr; }
    Detail { width: 46; height: 1fr; margin: 0; }
    .-wide Detail { width: 60; }
    .-slim .beside { layout: vertical; }
    .-slim Detail { width: 1fr; height: auto; max-height: 7; }
    Detail.-nobody, .-slim Detail.-empty { display: none; }
    """

    def __init__(self, title: str, *, id: str) -> None:
        super().__init__(title, Facts(), id=id, classes="-empty")
        self._told = Told()
        self._wanted: tuple[Any, Reader] | None = None
        self._reading = False

    def about(self, row: Any | None, read: Reader) -> None:
        """Tell of this row. While one is being read only the last that is asked for waits."""
        self._wanted = (row, read) if row is not None else None
        self.set_class(row is None, "-nobody")
        if row is None:
            self._tell(Told())
        elif not self._reading:
            self._read()

    def _read(self) -> None:
        asked = self._wanted
        if asked is None:
            return
        row, read = asked
        self._reading = True

        def work() -> Told:
            try:
                return read(row)
            finally:
                self._reading = False

        screen = cast("ReadsBeside[Any]", self.screen)
        screen.beside(work, partial(self._found, asked), partial(self._refused, asked), self._read)

    def _refused(self, asked: object, refusal: Refused) -> None:
        self._found(asked, Told([plain(refusal.sentence)], [plain(refusal.sentence)]))

    def _found(self, asked: object, told: Told) -> None:
        if self._wanted is asked:
            self._tell(told)
        elif not self._reading:
            self._read()

    def _tell(self, told: Told) -> None:
        self._told = told
        self.set_class(not told.rows, "-empty")
        self._fit()

    def on_resize(self) -> None:
        """Less is told on a slim screen."""
        self._fit()

    def _fit(self) -> None:
        slim = is_slim(self)
        self.query_one(Facts).show(self._told.brief if slim else self._told.rows)
