"""The answer to "Waarom komt het niet?": facts of both halves, every cause, and what happens next if there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor, Permission
from app.counted import counted
from app.couplings import catalogue
from app.couplings.overview import state_title
from app.diagnosis import both_sides, people, results, school
from app.diagnosis.case import Case
from app.partners.causes import Cause, Explanation, explanations
from app.refusals import NotFound
from app.runs import Counts, State

Finding = Cause
"""A cause that was found."""
_CHECKS: tuple[Callable[[Case], Iterable[Cause]], ...] = (
    both_sides.activation,
    people.without_address,
    both_sides.other_half,
    both_sides.last_exchange,
    school.last_year,
    results.kept_back,
    results.without_pupil,
    people.not_taken_over,
    school.groups_kept_back,
    school.nobody_sees_it,
    people.entered_since,
    people.gone_here,
    results.wrong_pupil,
    results.taken_back,
)
_BEFORE_IT_IS_ON = (both_sides.activation, people.without_address, results.without_pupil)


@dataclass(frozen=True)
class Diagnosis:
    """All of it."""

    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """Labels with their values."""
    findings: tuple[Finding, ...]
    """What is wrong first, then what comes or goes by itself."""
    conclusion: str

    @property
    def wrong(self) -> int:
        """How many causes somebody has to mend."""
        return sum(finding.wrong for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """`type title conclusion facts causes`; of a cause `problem remedy where target wrong`."""
        return {
            "type": self.kind,
            "title": self.title,
            "conclusion": self.conclusion,
            "facts": dict(self.facts),
            "causes": [{**vars(finding), "target": str(finding.target)} for finding in self.findings],
        }


def all_kinds() -> list[tuple[str, str]]:
    """What can be asked about: the couplings, then the transfers; type and title of each."""
    known = explanations()
    couplings = [(kind.type, kind.row) for kind in catalogue.all_types()]
    return [(name, title) for name, title in [*couplings, *catalogue.transfers().items()] if name in known]


def findings(actor: Actor, kind: str) -> list[Finding]:
    """Every cause, what is wrong first. Raises `NotAllowed`, or `NotFound` naming what can be asked about."""
    return list(diagnose(actor, kind).findings)


def diagnose(actor: Actor, kind: str) -> Diagnosis:
    """Why something does not come by this coupling or transfer. Raises `NotAllowed` or `NotFound`."""
    actor.require(Permission.VIEW_COUPLINGS)
    explanation = _explanation(kind)
    half = explanation.half(actor.location.id)
    case = Case(actor, explanation, half, clock.school_now(actor.board))
    found = tuple(sorted(_found(case), key=lambda finding: not finding.wrong))
    return Diagnosis(explanation.job, case.title, _facts(case), found, _conclusion(case, found))


def _found(case: Case) -> list[Finding]:
    """By every check, and by the partner itself; of what is not on in ESIS only why that is."""
    checks = _CHECKS if case.on else _BEFORE_IT_IS_ON
    found = [cause for check in checks for cause in check(case)]
    if case.on and case.half is not None:
        found += case.explanation.causes(case.location.id)
    return found


def _explanation(kind: str) -> Explanation:
    known = explanations()
    if kind.strip().lower() not in known:
        raise NotFound(
            f"'{kind}' is geen koppeling of overdracht. Er zijn: {', '.join(name for name, _ in all_kinds())}."
        )
    return known[kind.strip().lower()]


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    mine = "geregeld buiten ESIS om: hier valt niets te activeren"
    if case.kind is not None:
        coupling = case.coupling
        mine = state_title(coupling).lower() if coupling else "niet geactiveerd"
        mine += f" sinds {clock.dutch_date(coupling.start_date)}" if coupling else ""
    facts = [("In ESIS", mine), (f"Bij {case.system}", case.half.standing if case.half else "geen account")]
    if case.kind is not None:
        same = both_sides.same_codes(case)
        facts.append(("Verificatiecodes", {True: "gelijk", False: "verschillend", None: "niet te vergelijken"}[same]))
    return (*facts, ("Laatste keer", _last(case)), ("Volgende keer", _next(case)))


def _last(case: Case) -> str:
    run = case.last
    if run is None:
        return "nog niet geweest"
    told = run.error or catalogue.counts_told(run.job, Counts.from_json(run.counts))
    return f"{clock.dutch_moment(run.slot)} {State(run.state).label.lower()}: {told}"


def _next(case: Case) -> str:
    return clock.dutch_moment(case.next) if case.works else "pas als beide kanten zijn ingesteld"


def _conclusion(case: Case, found: Iterable[Finding]) -> str:
    number = sum(finding.wrong for finding in found)
    if number:
        return f"{counted(number, 'oorzaak', 'oorzaken')} gevonden."
    then = f"De volgende uitwisseling is {clock.dutch_moment(case.next)}."
    return f"Niets gevonden dat iemand moet herstellen. {then if case.works else ''}".rstrip()
