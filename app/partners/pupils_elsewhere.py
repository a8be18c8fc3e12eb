"""The pupils of another ESIS, for a partner that pulls them from there: asked once, and taken a page at a time.

UWLR gives everything in one message. The pages are in the order of the keys, so that a process that goes on where a
killed one stopped, and asks again, takes each pupil once, whatever changed there meanwhile.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from app.exchange.uwlr import PAGE, Authorisation, PupilAnswer, SchoolReference
from app.other_esis.setting import Elsewhere

if TYPE_CHECKING:
    from app.other_esis.asking import Pulled


class PupilsElsewhere:
    """What one execution of a run pulls; the cursor is the key of the last pupil that was taken."""

    def __init__(self, there: Elsewhere) -> None:
        self._there = there
        self._found: Pulled | None = None
        self._keys: list[str] = []

    def asks(self, who: Authorisation, school: SchoolReference) -> Callable[[], None] | None:
        """Ask for everything, unless that was done. What that raises: `app/other_esis/asking.py`."""
        if self._found is not None:
            return None

        def ask() -> None:
            from app.other_esis import asking  # HTTP and XML: not for who only looks

            found = asking.pull(self._there, who, school)
            self._keys = [pupil.key for pupil in found.pupils]
            self._found = found

        return ask

    def page(self, cursor: str, at: datetime) -> tuple[PupilAnswer, str | None]:
        """The next pupils, as ESIS would answer at a moment, and the cursor of the next page, None after the last one."""
        found = self._found
        assert found is not None, "it was asked"
        begin = bisect_right(self._keys, cursor) if cursor else 0
        pupils = found.pupils[begin : begin + PAGE]
        more = begin + PAGE < len(self._keys)
        answer = PupilAnswer(
            school=found.school,
            created_at=at,
            groups=() if cursor else tuple(found.groups),
            pupils=tuple(pupils),
            keys=None if cursor else frozenset(self._keys),
            last=begin + PAGE if more else None,
        )
        return answer, pupils[-1].key if more else None
