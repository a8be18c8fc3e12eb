"""Answers the pulls: everything, or a structure, pupils or staff by themselves, as a stream of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import IO, Any

from app import clock
from app.exchange.uwlr import PAGE, PupilAnswer, PupilData
from app.exchange.uwlr_xml import answering
from app.exchange.uwlr_xml.answering import Data
from app.exchange.uwlr_xml.nodes import Limits
from app.exchange.uwlr_xml.operations import PULL_ALL, PULL_PUPILS, PULL_STRUCTURE
from app.exchange.uwlr_xml.requested import Request
from app.school.people.snapshot_at import INSTANT
from app.webservice import pupils

_PAGE = 250


def pull(
    board_id: int,
    request: Request,
    _asked: IO[bytes],
    answer: IO[bytes],
    _limits: Limits,
    moment: datetime | None = None,
) -> str:
    """Write the answer, and return what was given, in Dutch. Raises a `WebServiceFault` or `Unreachable`.

    With `moment`, a moment at school, the answer is that of then: a disturbance.
    """
    return _Pull(board_id, request, answer, moment).do()


class _Pull:
    def __init__(self, board_id: int, request: Request, answer: IO[bytes], moment: datetime | None = None) -> None:
        self._board, self._request, self._answer, self._moment = board_id, request, answer, moment
        self._left_out = 0

    def do(self) -> str:
        request, board = self._request, self._board
        assert request.operation is not None
        who = (request.authorisation, request.school)
        if request.since is not None and not self._changed(request.since):
            answering.write_nothing(self._answer, request.soap, request.operation, "geenwijzigingen")
            return "Er is niets gewijzigd sinds de vorige keer: geenwijzigingen."
        until = None if self._moment is None else self._moment + INSTANT
        return self._write(pupils.pull_pupils(board, *who, limit=PAGE, until=until, staff=True))

    def _changed(self, since: datetime) -> bool:
        if self._moment is not None:
            return since < self._moment
        return pupils.changed_since(self._board, self._request.authorisation, self._request.school, since)

    def _write(self, first: PupilAnswer) -> str:
        request = self._request
        operation = request.operation
        assert operation is not None
        fitting = self._fitting(first)
        one = next(fitting, None)
        teachers = [teacher for teacher in first.teachers if self._is_asked(teacher.group_keys, teacher.composite_keys)]
        empty = {PULL_STRUCTURE: not first.groups, PULL_ALL: one is None, PULL_PUPILS: one is None}
        if empty.get(operation, not teachers):
            answering.write_nothing(self._answer, request.soap, operation, "geengegevens")
            return "Er zijn geen gegevens: geengegevens."
        counted = _Counted(chain([one], fitting) if one is not None else iter(()))
        data = Data(
            first.school, first.created_at.astimezone(clock.AMSTERDAM), first.location, first.groups, counted, teachers
        )
        answering.write_data(self._answer, request.soap, operation, data, request.version, request.profile)
        parts = []
        if operation in (PULL_ALL, PULL_PUPILS):
            parts.append(f"{counted.number} leerlingen")
        if operation in (PULL_ALL, PULL_STRUCTURE):
            parts.append(f"{len(first.groups)} groepen")
        if operation not in (PULL_STRUCTURE, PULL_PUPILS):
            parts.append(f"{len(teachers)} leerkrachten")
        out = f" Zonder geboortedatum of roepnaam, en daarom weggelaten: {self._left_out}." if self._left_out else ""
        return f"Gegeven: {', '.join(parts)}.{out}"

    def _fitting(self, first: PupilAnswer) -> Iterator[PupilData]:
        """The pupils of all pages that are asked for and that the profile can hold."""
        page: PupilAnswer = first
        while True:
            for pupil in page.pupils:
                if not self._is_asked((pupil.group_key,) if pupil.group_key else (), pupil.composite_keys):
                    continue
                if answering.fits(pupil, self._request.profile):
                    yield pupil
                else:
                    self._left_out += 1
            if page.last is None:
                return
            page = pupils.pull_pupils(
                self._board,
                self._request.authorisation,
                self._request.school,
                page.last,
                _PAGE,
                first.created_at + INSTANT,
            )

    def _is_asked(self, groups: Sequence[str], composites: Sequence[str]) -> bool:
        """Whether somebody in these groups is asked for; without groups in the request everybody is."""
        if not self._request.groups:
            return True
        for kind, key in self._request.groups:
            there = groups if kind == "groep" else composites
            if (key is None and not there) or key in there:
                return True
        return False


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
