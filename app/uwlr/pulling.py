"""Answers the pulls: everything, or a structure, pupils or staff by themselves, as a stream of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import IO, Any

from app import clock
from app.counted import counted
from app.exchange.uwlr import PupilAnswer, PupilData
from app.exchange.uwlr_xml import answering
from app.exchange.uwlr_xml.answering import Data
from app.exchange.uwlr_xml.operations import PULL_ALL, PULL_PUPILS, PULL_STRUCTURE
from app.exchange.uwlr_xml.requested import Request
from app.runs import Unreachable
from app.school.people.snapshot_at import INSTANT
from app.uwlr.kept_answers import Asked, KeptAnswer, KeptAnswers
from app.webservice import pupils

_PAGE = 1000
"""Pupils read in one transaction: it keeps nobody from reading, and who writes waits some hundredths of a second."""
_CHANGED = "gewijzigd"


def pull(
    board_id: int,
    request: Request,
    answer: IO[bytes],
    kept: KeptAnswers | None = None,
    moment: datetime | None = None,
) -> tuple[str, IO[bytes]]:
    """Write the answer, or take one that was kept; return what was given, in Dutch, and the answer.

    With `moment`, a moment at school, the answer is that of then, and is not kept: a disturbance. Raises a
    `WebServiceFault` or `Unreachable`.
    """
    one = _Pull(board_id, request, answer, moment)
    if kept is None or moment is not None:
        return one.do(), answer
    return _Keeping(one, kept).do()


class _Pull:
    def __init__(self, board_id: int, request: Request, answer: IO[bytes], moment: datetime | None = None) -> None:
        self.board, self.request, self.answer, self._moment = board_id, request, answer, moment
        self._who = (request.authorisation, request.school)
        self._left_out = 0
        self.of: tuple[date, str] | None = None
        """The day and the school year that the answer turned out to be of."""

    def do(self) -> str:
        return self.everything() if self.has_changed() else self.nothing()

    def has_changed(self) -> bool:
        since = self.request.since
        if since is None:
            return True
        if self._moment is not None:
            return since < self._moment
        return pupils.changed_since(self.board, *self._who, since)

    def nothing(self) -> str:
        assert self.request.operation is not None
        answering.write_nothing(self.answer, self.request.soap, self.request.operation, "geenwijzigingen")
        return "Er is niets gewijzigd sinds de vorige keer: geenwijzigingen."

    def everything(self) -> str:
        until = None if self._moment is None else self._moment + INSTANT
        return self._write(pupils.pull_pupils(self.board, *self._who, limit=_PAGE, until=until, staff=True))

    def _write(self, first: PupilAnswer) -> str:
        request = self.request
        operation = request.operation
        assert operation is not None
        self.of = (first.created_at.astimezone(clock.AMSTERDAM).date(), first.school.school_year)
        fitting = self._fitting(first)
        one = next(fitting, None)
        teachers = [teacher for teacher in first.teachers if self._is_asked(teacher.group_keys, teacher.composite_keys)]
        empty = {PULL_STRUCTURE: not first.groups, PULL_ALL: one is None, PULL_PUPILS: one is None}
        if empty.get(operation, not teachers):
            answering.write_nothing(self.answer, request.soap, operation, "geengegevens")
            return "Er zijn geen gegevens: geengegevens."
        told_of = _Counted(chain([one], fitting) if one is not None else iter(()))
        data = Data(
            first.school, first.created_at.astimezone(clock.AMSTERDAM), first.location, first.groups, told_of, teachers
        )
        answering.write_data(self.answer, request.soap, operation, data, request.version, request.profile)
        parts = []
        if operation in (PULL_ALL, PULL_PUPILS):
            parts.append(counted(told_of.number, "leerling", "leerlingen"))
        if operation in (PULL_ALL, PULL_STRUCTURE):
            parts.append(counted(len(first.groups), "groep", "groepen"))
        if operation not in (PULL_STRUCTURE, PULL_PUPILS):
            parts.append(counted(len(teachers), "leerkracht", "leerkrachten"))
        out = f" Zonder geboortedatum of roepnaam, en daarom weggelaten: {self._left_out}." if self._left_out else ""
        return f"Gegeven: {', '.join(parts)}.{out}"

    def _fitting(self, first: PupilAnswer) -> Iterator[PupilData]:
        """The pupils of all pages that are asked for and that the profile can hold."""
        page: PupilAnswer = first
        while True:
            for pupil in page.pupils:
                if not self._is_asked((pupil.group_key,) if pupil.group_key else (), pupil.composite_keys):
                    continue
                if answering.fits(pupil, self.request.profile):
                    yield pupil
                else:
                    self._left_out += 1
            if page.last is None:
                return
            page = pupils.pull_pupils(self.board, *self._who, page.last, _PAGE, first.created_at + INSTANT)
            if page.resets != first.resets:
                raise Unreachable("Het bestuur is intussen teruggezet.")

    def _is_asked(self, groups: Sequence[str], composites: Sequence[str]) -> bool:
        """Whether somebody in these groups is asked for; without groups in the request everybody is."""
        if not self.request.groups:
            return True
        for kind, key in self.request.groups:
            there = groups if kind == "groep" else composites
            if (key is None and not there) or key in there:
                return True
        return False


class _Keeping:
    """A pull that is answered by what was kept, as far as that still holds, and keeps what it had to make."""

    def __init__(self, one: _Pull, kept: KeptAnswers) -> None:
        self._one, self._kept = one, kept

    def do(self) -> tuple[str, IO[bytes]]:
        one, request = self._one, self._one.request
        stands = pupils.standing(one.board, request.authorisation, request.school)
        if not stands.settled:
            return one.do(), one.answer
        asked = (one.board, stands.location_id, stands.resets, stands.day, stands.school_year)
        if request.since is not None and not self._has_changed((*asked, request.since)):
            return one.nothing(), one.answer
        assert request.operation is not None
        how = (request.operation.name, request.version.number, request.profile, request.groups, request.soap)
        return self._everything((*asked, *how), stands)

    def _has_changed(self, asked: Asked) -> bool:
        found = self._holding(asked)
        if found is None:
            revision = pupils.revision(self._one.board)
            changed = self._one.has_changed()
            self._kept.put(asked, revision, _CHANGED if changed else "")
            return changed
        return bool(found.told)

    def _everything(self, asked: Asked, stands: pupils.Standing) -> tuple[str, IO[bytes]]:
        found = self._holding(asked)
        body = found.opened(stands.now) if found is not None else None
        if found is not None and body is not None:
            self._one.answer.close()
            return found.told, body
        revision = pupils.revision(self._one.board)  # before it is read: what comes between is found to be newer
        told = self._one.everything()
        if self._one.of == (stands.day, stands.school_year):  # school time was not moved meanwhile
            self._kept.put(asked, revision, told, self._one.answer)
        return told, self._one.answer

    def _holding(self, asked: Asked) -> KeptAnswer | None:
        """The kept answer, if nothing changed since."""
        found = self._kept.get(asked)
        revision = pupils.same_as(self._one.board, found.revision) if found is not None else None
        if found is None or revision is None:
            return None
        found.revision = revision
        return found


class _Counted:
    """An iterator that says how many it gave."""

    def __init__(self, of: Iterator[Any]) -> None:
        self._of, self.number = of, 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> Any:
        found = next(self._of)
        self.number += 1
        return found
