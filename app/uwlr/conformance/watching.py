"""Tests of a supplier's own client: what it has to have done at our service, judged from the journal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.operations import (
    PULL_ALL,
    PULL_PUPILS,
    PULL_STRUCTURE,
    PULL_TEACHERS,
    PUSH_RESULTS,
    Operation,
)
from app.exchange.uwlr_xml.requested import Request, moment
from app.exchange.uwlr_xml.rules import Rule
from app.refusals import Refused
from app.runs import COUNT_WORDS
from app.uwlr.conformance.model import Level, Result, Seen, Verdict, failed, passed, skipped
from app.uwlr.conformance.running import Run
from app.uwlr.journal import Entry, Outcome

_CREATED = re.compile(rb"<aanmaakdatum>([^<]{10,40})</aanmaakdatum>")
_BLINDLY = 3
"""The number of times that the same refused message is sent blindly."""
NOT_DONE = "Uw programma deed dit niet."


@dataclass(frozen=True)
class Call:
    """A call that came: its row in the journal, and what could be read of it."""

    entry: Entry
    request: Request

    @property
    def operation(self) -> Operation | None:
        """What was asked."""
        return self.request.operation

    @property
    def answered(self) -> bool:
        """Whether it was answered, and not with a fault."""
        return self.entry.outcome is Outcome.ACCEPTED

    @property
    def created(self) -> datetime | None:
        """The aanmaakdatum that the answer gave."""
        found = _CREATED.search(self.entry.answer)
        return moment(found[1].decode("ascii", "replace")) if found else None


Judge = Callable[[Sequence[Call]], Seen | None]
"""What is to be said of the calls up to now; None: it has not come yet."""


@dataclass(frozen=True)
class Expectation:
    """What a client should have done."""

    id: str
    level: Level
    title: str
    expected: str
    rules: tuple[Rule, ...]
    judge: Judge


EXPECTATIONS: list[Expectation] = []
_M, _S, _F = Level.MUST, Level.SHOULD, Level.FIELD


def _expect(id: str, level: Level, title: str, expected: str, *of: Rule) -> Callable[[Judge], Judge]:
    def noted(judge: Judge) -> Judge:
        EXPECTATIONS.append(Expectation(f"LEV-{id}", level, title, expected, of, judge))
        return judge

    return noted


def _of(calls: Sequence[Call], *operations: Operation) -> list[Call]:
    return [one for one in calls if one.operation in operations]


@_expect("HAAL-01", _M, "Haalt leerlingen met de sleutel", "Een verzoek dat beantwoord wordt.", rules.UNKNOWN_KEY)
def _pulls(calls: Sequence[Call]) -> Seen | None:
    found = next((one for one in _of(calls, PULL_ALL, PULL_PUPILS) if one.answered), None)
    return passed(f"{found.entry.operation} werd beantwoord.") if found else None


@_expect(
    "HAAL-02",
    _S,
    "Stuurt laatstontvangengegevens mee",
    "De aanmaakdatum van een eerder antwoord: die komt van de klok van de school, niet van de eigen.",
    rules.VALUE,
)
def _since(calls: Sequence[Call]) -> Seen | None:
    created: set[datetime] = set()
    wrong = False
    for one in calls:
        since = one.request.since
        if since is not None and since in created:
            return passed("De aanmaakdatum van een eerder antwoord kwam terug.")
        wrong = wrong or (since is not None and bool(created))
        if one.created is not None:
            created.add(one.created)
    return failed("laatstontvangengegevens is van geen eerder antwoord de aanmaakdatum.") if wrong else None


@_expect("HAAL-03", _S, "Kan tegen geenwijzigingen", "Na geenwijzigingen komt er geen verzoek om alles opnieuw.")
def _unchanged(calls: Sequence[Call]) -> Seen | None:
    told = [place for place, one in enumerate(calls) if one.answered and b"<geenwijzigingen/>" in one.entry.answer]
    if not told:
        return None
    after = next((one for one in _of(calls[told[0] + 1 :], PULL_ALL)), None)
    if after is not None and after.request.since is None:
        return failed("Meteen na geenwijzigingen werd alles gevraagd.")
    return passed("Na geenwijzigingen werd niet alles opnieuw gevraagd.")


@_expect(
    "GETRAPT-01",
    _F,
    "Gebruikt de getrapte poort",
    "HaalStructuur, HaalLeerlingen en HaalLeerkrachten.",
    rules.OPERATION,
)
def _staged(calls: Sequence[Call]) -> Seen | None:
    done = {one.entry.operation for one in calls if one.answered}
    wanted = {one.name for one in (PULL_STRUCTURE, PULL_PUPILS, PULL_TEACHERS)}
    return passed("Alle drie werden beantwoord.") if wanted <= done else None


@_expect("BRENG-01", _M, "Brengt resultaten", "BrengLeerresultaten dat beantwoord wordt.", rules.OPERATION)
def _brings(calls: Sequence[Call]) -> Seen | None:
    found = next((one for one in _of(calls, PUSH_RESULTS) if one.answered), None)
    return passed(found.entry.told) if found else None


@_expect(
    "BRENG-02",
    _S,
    "Brengt opnieuw na een tijdelijke fout",
    "De eerste levering krijgt één keer Server.TijdelijkNietBeschikbaar, en komt daarna weer.",
    rules.NOT_NOW,
)
def _repeats(calls: Sequence[Call]) -> Seen | None:
    pushes = _of(calls, PUSH_RESULTS)
    fault = next((place for place, one in enumerate(pushes) if one.entry.outcome is Outcome.FAILED), None)
    if fault is None:
        return None
    number = pushes[fault].request.tests.results
    again = any(one.answered and one.request.tests.results == number for one in pushes[fault + 1 :])
    return passed("Na de fout kwam de levering weer, en werd zij beantwoord.") if again else None


@_expect(
    "BRENG-03",
    _M,
    "De resultaten zijn van leerlingen die de LAS gaf",
    "Elke leerlingid is een sleutel uit het antwoord.",
)
def _known(calls: Sequence[Call]) -> Seen | None:
    done = [one for one in _of(calls, PUSH_RESULTS) if one.answered]
    if not done:
        return None
    lost = next((one for one in done if COUNT_WORDS["unmatched"] in one.entry.told), None)
    return failed(lost.entry.told) if lost else passed("Elk resultaat vond zijn leerling.")


@_expect("FORM-01", _M, "Geen bericht wordt geweigerd", "Alleen berichten die kloppen.")
def _right(calls: Sequence[Call]) -> Seen | None:
    wrong = next((one for one in calls if one.entry.outcome is Outcome.REFUSED), None)
    if wrong is not None:
        told = wrong.entry.finding.sentence if wrong.entry.finding else "De reden is niet bekend."
        return failed(f"Geweigerd met {wrong.entry.fault}. {told}")
    return passed("Geen bericht werd geweigerd.") if any(one.answered for one in calls) else None


@_expect("FORM-02", _S, "Er hoeft niets door de vingers gezien te worden", "Berichten zonder opmerkingen.")
def _clean(calls: Sequence[Call]) -> Seen | None:
    remark = next((one.entry.remarks[0] for one in calls if one.entry.remarks), None)
    if remark is not None:
        return failed(f"Door de vingers gezien. {remark.sentence}")
    return passed("Er waren geen opmerkingen.") if any(one.answered for one in calls) else None


@_expect("FORM-03", _S, "Vraagt xsdversie 2.2", "Een verzoek met xsdversie 2.2, dat ECK iD's geeft.", rules.NO_VERSION)
def _version(calls: Sequence[Call]) -> Seen | None:
    asked = [one.request.version for one in calls if one.answered and one.operation is not PUSH_RESULTS]
    if not asked:
        return None
    return passed("xsdversie 2.2.") if any(one.eckid for one in asked) else failed(f"xsdversie {asked[-1].number}.")


@_expect(
    "FOUT-01",
    _S,
    "Herhaalt een geweigerd bericht niet blind",
    "Na een fout van de eigen kant komt er een ander bericht.",
)
def _blindly(calls: Sequence[Call]) -> Seen | None:
    times, last = 0, b""
    for one in calls:
        refused = one.entry.outcome is Outcome.REFUSED
        times = times + 1 if refused and one.entry.request == last else int(refused)
        last = one.entry.request if refused else b""
        if times >= _BLINDLY:
            return failed(f"Hetzelfde geweigerde bericht kwam {times} maal achter elkaar.")
    return passed("Geen geweigerd bericht werd blind herhaald.") if calls else None


IDS = tuple(one.id for one in EXPECTATIONS)


def picked(only: Sequence[str]) -> list[Expectation]:
    """The expectations that are named, or whose group is; all without names. Raises `Refused`."""
    for name in only:
        if not any(one.id == name or one.id.startswith(f"{name}-") for one in EXPECTATIONS):
            raise Refused(f"Er is geen test '{name}'. Er zijn: {', '.join(IDS)}.")
    return [
        one for one in EXPECTATIONS if not only or any(one.id == name or one.id.startswith(f"{name}-") for name in only)
    ]


@dataclass
class Watch:
    """What was seen up to now of what is expected."""

    expectations: list[Expectation] = field(default_factory=lambda: list(EXPECTATIONS))
    calls: list[Call] = field(default_factory=list)
    _kept: int = 10_000

    def note(self, entry: Entry, request: Request) -> None:
        """A call came."""
        if len(self.calls) < self._kept:
            self.calls.append(Call(entry, request))

    def decided(self) -> dict[str, Seen]:
        """What can be said by now, by id."""
        found = ((one.id, one.judge(self.calls)) for one in self.expectations)
        return {id: seen for id, seen in found if seen is not None}

    @property
    def is_done(self) -> bool:
        """Whether there is something to say of every must; without musts, of everything."""
        told = self.decided()
        musts = [one for one in self.expectations if one.level is Level.MUST] or self.expectations
        return all(one.id in told for one in musts)

    def run(self, about: str, expected: frozenset[str]) -> Run:
        """What came out: a must that did not come failed, another was not tried."""
        told = self.decided()
        results = tuple(
            Result(
                one.id,
                one.level,
                one.title,
                one.expected,
                tuple(r.id for r in one.rules),
                told.get(one.id, _missed(one)),
            )
            for one in self.expectations
        )
        return Run(results, about, expected & {one.id for one in results})


def _missed(one: Expectation) -> Seen:
    return failed(NOT_DONE) if one.level is Level.MUST else skipped(NOT_DONE)


__all__ = ["EXPECTATIONS", "IDS", "Call", "Verdict", "Watch", "picked"]
