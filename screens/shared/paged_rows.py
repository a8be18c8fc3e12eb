"""Rows that a list reads by the page beside the screen's thread: what the list itself need not know."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from textual.widget import Widget

from app.refusals import Refused
from screens.shared.paging import Pages, read_pages
from screens.shared.reads_beside import ReadsBeside
from screens.shared.sources import Known, Rows

Found = Mapping[int, Sequence[Any]]


def identity_of(row: Any) -> Any:
    """What a row is usually known by."""
    return next((getattr(row, name) for name in ("id", "key", "name") if hasattr(row, name)), row)


class PagedRows(Widget):
    """Mix-in for a list: it says what is in view, and is told when rows came."""

    _pages = Pages(Rows(()))
    _busy: Pages | None = None
    """The pages of which some are being read."""
    _ended: Pages | None = None
    """Pages that could not be read: asked no more until they are shown again."""
    identity: Callable[[Any], Any] = staticmethod(identity_of)
    """What a row is known by when it is read again."""
    _stays: Any = None
    """What the row under the cursor is known by, until it was read again."""

    @abstractmethod
    def in_view(self) -> tuple[int, int]:
        """The first and the last row in view."""

    @abstractmethod
    def came(self) -> None:
        """Rows were read: draw them."""

    @property
    @abstractmethod
    def place(self) -> int:
        """The row that keys act on."""

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self._pages.count

    def row_at(self, index: int) -> Any | None:
        """A row that was read, as it was last seen; None if it was not."""
        return self._pages.row(index)

    @property
    def reading(self) -> bool:
        """Whether the row that keys act on is being read; keys wait for it."""
        return self._busy is self._pages and self.row_count > 0 and not self._pages.is_fresh(self.place)

    def kept_place(self) -> int:
        """Where the row that the cursor was on is now; without it, or as long as it is not read, the same place."""
        if self._stays is None or not self.row_count or not self._pages.is_fresh(self.place):
            return self.place
        known_by, self._stays = self._stays, None
        place = self._pages.nearest(lambda row: self.identity(row) == known_by, self.place)
        return self.place if place is None else place

    def begin(self, source: Known, *, keep: bool) -> None:
        """Show this from now on; with `keep`, or as long as nothing of it was read, what is shown stays meanwhile."""
        row = self.row_at(self.place) if keep else None
        self._stays = None if row is None else self.identity(row)
        pages = Pages(source)
        self._pages = pages if pages.is_fresh(0) and not keep else Pages(source, self._pages.shown)
        self.read_view()

    def read_view(self) -> None:
        """Read what is in view and not there yet, else what is next to it; one reading at a time."""
        pages = self._pages
        if self._busy is pages or self._ended is pages or not self.is_attached:
            return
        first, last = self.in_view()
        wanted = {*pages.missing(first, last), *pages.missing(self.place, self.place)}
        if not wanted:
            wanted = {*pages.missing(2 * first - last - 1, 2 * last - first + 1)}
        if wanted:
            self._busy = pages
            self._ask(pages, wanted)

    def _ask(self, pages: Pages, wanted: set[int]) -> None:
        known = dict(pages.read)

        def work() -> Found:
            try:
                return read_pages(pages.source, wanted, pages.count, known)
            except Exception:
                self.app.call_from_thread(self._give_up, pages)
                raise

        screen = cast("ReadsBeside[Any]", self.screen)
        screen.beside(work, partial(self._read, pages), self._refused, partial(self._again, pages))

    def _read(self, pages: Pages, found: Found) -> None:
        if self._pages is pages and self.is_attached:
            self._busy = None
            pages.add(found, self.place)
            self.came()
            self.read_view()

    def _refused(self, refusal: Refused) -> None:
        if self.is_attached:
            cast("ReadsBeside[Any]", self.screen).show_refusal(refusal)

    def _give_up(self, pages: Pages) -> None:
        self._busy, self._ended = None, pages

    def _again(self, pages: Pages) -> None:
        if self._ended is pages:
            self._ended = None
            self.read_view()
