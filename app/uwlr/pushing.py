"""Stores the results of a message: all of them or none, page by page while it is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import IO, NamedTuple

from app import clock
from app.exchange.uwlr import ResultData, ResultsRequest
from app.exchange.uwlr_xml import answering, results, rules
from app.exchange.uwlr_xml.brought import BroughtTests, Norm, near
from app.exchange.uwlr_xml.checking import shown
from app.exchange.uwlr_xml.nodes import Limits
from app.exchange.uwlr_xml.noted import NotedResults
from app.exchange.uwlr_xml.operations import PUSH_RESULTS
from app.exchange.uwlr_xml.requested import Request
from app.exchange.uwlr_xml.results import Brought, Said
from app.exchange.uwlr_xml.rules import Finding, Violation
from app.school.assessment.assessments import active_ids
from app.school.assessment.catalogue import Assessment, supplied_by
from app.uwlr.masking import masked_finding, scrubbed
from app.webservice.faults import ResultsRefused, WebServiceFault
from app.webservice.results import Store, push_whole
from app.webservice.suppliers import job_of
from models.board import Location

_PAGE = 1000


class _Taken(NamedTuple):
    """What a result of a test, or of a part of it, can be."""

    most: int
    levels: tuple[str, ...]
    norms: tuple[Norm, ...]


class ContentRefused(WebServiceFault):
    """A message is refused for what is in it; the location's logbook says so, as of every refusal."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(scrubbed(masked_finding(findings[0]).sentence))
        self.findings, self.code = findings, findings[0].rule.code


def push(board_id: int, request: Request, asked: IO[bytes], answer: IO[bytes], limits: Limits) -> str:
    """Store, write the confirmation, and return what was done, in Dutch.

    Raises `ContentRefused` for a result that ESIS cannot take, another `WebServiceFault` or `Unreachable`; then nothing
    is stored.
    """

    def bring(location: Location, store: Store) -> None:
        known = _Known(location, job_of(board_id, request.authorisation.client_code), request.tests)
        try:
            _Bringing(known, store, partial(results.each, asked, request.tests, limits=limits)).bring(request.noted)
        except Violation as violation:
            raise ContentRefused(violation.findings) from None

    message = ResultsRequest(request.authorisation, request.school, request.created_at or clock.wall_now())
    counts = push_whole(board_id, message, bring)
    answering.write_nothing(answer, request.soap, PUSH_RESULTS)
    return f"Resultaten: {counts.sentence()}."


class _Bringing:
    """Stores results by the page: as they were noted, and from the first that is odd on as they are read again."""

    def __init__(self, known: _Known, store: Store, read_again: Callable[[Callable[[Brought], None]], None]) -> None:
        self._known, self._store, self._read_again = known, store, read_again
        self._page: list[ResultData] = []

    def bring(self, noted: NotedResults | None) -> None:
        """Store all. Raises `Violation` for the first that ESIS does not take."""
        done = 0
        for said in noted or ():
            data = self._known.quickly(said)
            if data is None:
                break
            self._take(data)
            done += 1
        if noted is None or not noted.whole or done < len(noted):
            place = count(1)
            self._read_again(lambda one: self._take(self._known.checked(one)) if next(place) > done else None)
        if self._page:
            self._put()

    def _take(self, data: ResultData) -> None:
        self._page.append(data)
        if len(self._page) >= _PAGE:
            self._put()

    def _put(self) -> None:
        try:
            self._store(self._page)
        except ResultsRefused as refused:
            self._read_again(partial(_tell, refused))
            raise Violation(Finding(rules.IMPOSSIBLE_DATE, nearest=refused.sentence)) from None
        self._page.clear()


class _Known:
    """The tests that this location takes from this supplier, and the scores that each can have."""

    def __init__(self, location: Location, supplier: str, tests: BroughtTests) -> None:
        self._active = active_ids(location.id)
        self._by_id = {one.id: one for one in supplied_by(supplier)}
        self._tests = tests
        self._taken: dict[tuple[str, str], _Taken | None] = {}

    def quickly(self, said: Said) -> ResultData | None:
        """The result as `checked` gives it; None if that must look."""
        code = (said.code, said.part)
        taken = self._taken[code] if code in self._taken else self._taken.setdefault(code, self._look(*code))
        if taken is None or said.score > taken.most:
            return None
        term = results.term_of(said, taken.norms)
        return None if term is None else said.data(said.level or (term if term in taken.levels else ""))

    def checked(self, one: Brought) -> ResultData:
        """The result; if it has no level, that of the norm in which it falls, where the test has a level of that name.

        Raises `Violation` with the place of what ESIS does not know or cannot store.
        """
        said = one.said
        assessment = self._by_id.get(said.code)
        if assessment is None or assessment.id not in self._active or not assessment.coupled:
            expected, hint = self._expected(assessment, said.code)
            raise Violation(one.wrong(rules.UNKNOWN_TEST, "toetscode", shown(said.code), expected, hint))
        parts = [part.id for part in assessment.parts]
        if said.part and said.part not in parts:
            expected = ", ".join(parts) or "geen onderdeel"
            hint = near(said.part, parts)
            raise Violation(one.wrong(rules.UNKNOWN_TEST, "toetsonderdeelcode", shown(said.part), expected, hint))
        found = self.quickly(said)
        if found is None:
            expected = f"een score van 0 tot en met {assessment.scale_of(said.part).maximum}"
            raise Violation(one.value.finding(rules.SCORE_VALUE, str(said.score), expected))
        return found

    def _look(self, code: str, part: str) -> _Taken | None:
        assessment, norms = self._by_id.get(code), results.norms_of(self._tests, code, part)
        if assessment is None or assessment.id not in self._active or not assessment.coupled or norms is None:
            return None
        if part and part not in {one.id for one in assessment.parts}:
            return None
        return _Taken(assessment.scale_of(part).maximum, () if part else assessment.levels, norms)

    def _expected(self, assessment: Assessment | None, code: str) -> tuple[str, str]:
        if assessment is not None and not assessment.coupled:
            return "een toets van het leerlingvolgsysteem", f"{assessment.name} loopt niet via deze koppeling"
        if assessment is not None:
            told = f"{assessment.name} staat niet aan in ESIS (Beheer > Toetsen > Toetsen activeren)"
            return "een toets die aanstaat", told
        on = [one for one in self._by_id if one in self._active and self._by_id[one].coupled]
        return ", ".join(on[:8]) + (" ..." if len(on) > 8 else "") or "een toets die aanstaat", near(code, on)


def _tell(refused: ResultsRefused, one: Brought) -> None:
    """Raise `Violation` if this is a result that the school cannot have: its test and part were checked before."""
    why = refused.reasons.get(one.said.key)
    if why is not None:
        expected = "een dag waarop de leerling er was"
        raise Violation(one.wrong(rules.IMPOSSIBLE_DATE, "afnamedatum", one.said.day, expected, why))
