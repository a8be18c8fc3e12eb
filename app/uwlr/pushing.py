"""Stores the results of a message: all of them or none, page by page while it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import IO

from app import clock
from app.exchange.uwlr import ResultsRequest
from app.exchange.uwlr_xml import answering, results, rules
from app.exchange.uwlr_xml.brought import near
from app.exchange.uwlr_xml.checking import shown
from app.exchange.uwlr_xml.nodes import Limits
from app.exchange.uwlr_xml.operations import PUSH_RESULTS
from app.exchange.uwlr_xml.requested import Request
from app.exchange.uwlr_xml.results import Brought
from app.exchange.uwlr_xml.rules import Finding, Violation
from app.school.assessment.assessments import active_ids
from app.school.assessment.catalogue import Assessment, supplied_by
from app.uwlr.masking import scrubbed
from app.webservice.faults import ResultsRefused, WebServiceFault
from app.webservice.results import Store, push_whole
from app.webservice.suppliers import job_of
from models.board import Location

_PAGE = 1000


class ContentRefused(WebServiceFault):
    """A message is refused for what is in it; the location's logbook says so, as of every refusal."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(scrubbed(findings[0].sentence))
        self.findings, self.code = findings, findings[0].rule.code


def push(board_id: int, request: Request, asked: IO[bytes], answer: IO[bytes], limits: Limits) -> str:
    """Store, write the confirmation, and return what was done, in Dutch.

    Raises `ContentRefused` for a result that ESIS cannot take, another `WebServiceFault` or `Unreachable`; then nothing
    is stored.
    """

    def bring(location: Location, store: Store) -> None:
        page: list[Brought] = []
        known = _Known(location, job_of(board_id, request.authorisation.client_code))

        def put() -> None:
            try:
                store([one.data for one in page])
            except ResultsRefused as refused:
                raise Violation(_finding(refused, page)) from None
            page.clear()

        def take(one: Brought) -> None:
            page.append(known.checked(one))
            if len(page) >= _PAGE:
                put()

        try:
            results.each(asked, request.tests, take, limits)
            if page:
                put()
        except Violation as violation:
            raise ContentRefused(violation.findings) from None

    message = ResultsRequest(request.authorisation, request.school, request.created_at or clock.wall_now())
    counts = push_whole(board_id, message, bring)
    answering.write_nothing(answer, request.soap, PUSH_RESULTS)
    return f"Resultaten: {counts.sentence()}."


class _Known:
    """The tests that this location takes from this supplier, and the scores that each can have."""

    def __init__(self, location: Location, supplier: str) -> None:
        self._active = active_ids(location.id)
        self._by_id = {one.id: one for one in supplied_by(supplier)}

    def checked(self, one: Brought) -> Brought:
        """The result; if it has no level, that of the norm in which it falls, where the test has a level of that name.

        Raises `Violation` with the place of what ESIS does not know or cannot store.
        """
        data = one.data
        assessment = self._by_id.get(data.assessment)
        if assessment is None or assessment.id not in self._active or not assessment.coupled:
            expected, hint = self._expected(assessment, data.assessment)
            raise Violation(one.wrong(rules.UNKNOWN_TEST, "toetscode", shown(data.assessment), expected, hint))
        parts = [part.id for part in assessment.parts]
        if data.part and data.part not in parts:
            expected = ", ".join(parts) or "geen onderdeel"
            hint = near(data.part, parts)
            raise Violation(one.wrong(rules.UNKNOWN_TEST, "toetsonderdeelcode", shown(data.part), expected, hint))
        most = assessment.scale_of(data.part).maximum
        if data.score > most:
            expected = f"een score van 0 tot en met {most}"
            raise Violation(one.value.finding(rules.SCORE_VALUE, str(data.score), expected))
        if data.part or data.level or one.norm not in assessment.levels:
            return one
        return replace(one, data=replace(data, level=one.norm))

    def _expected(self, assessment: Assessment | None, code: str) -> tuple[str, str]:
        if assessment is not None and not assessment.coupled:
            return "een toets van het leerlingvolgsysteem", f"{assessment.name} loopt niet via deze koppeling"
        if assessment is not None:
            told = f"{assessment.name} staat niet aan in ESIS (Beheer > Toetsen > Toetsen activeren)"
            return "een toets die aanstaat", told
        on = [one for one in self._by_id if one in self._active and self._by_id[one].coupled]
        return ", ".join(on[:8]) + (" ..." if len(on) > 8 else "") or "een toets die aanstaat", near(code, on)


def _finding(refused: ResultsRefused, page: list[Brought]) -> Finding:
    """Where the first result stands that the school cannot have, and why: its tests and parts were checked before."""
    for one in page:
        if one.data.key in refused.reasons:
            why, day = refused.reasons[one.data.key], one.data.date.isoformat()
            return one.wrong(rules.IMPOSSIBLE_DATE, "afnamedatum", day, "een dag waarop de leerling er was", why)
    return Finding(rules.IMPOSSIBLE_DATE, nearest=refused.sentence)
