"""The answer to "Waarom komt het niet?": facts about both sides, every cause, and what happens next if there is
none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor
from app.counted import counted
from app.couplings import catalogue
from app.diagnosis import advice, both_sides, people, results, school
from app.diagnosis.coupling_status import CouplingStatus, status_of, told
from app.partners.causes import Cause
from app.partners.registry import explanations
from app.permissions import Permission
from app.refusals import NotFound

Finding = Cause
"""A cause that was found."""
_CHECKS: tuple[Callable[[CouplingStatus], Iterable[Cause]], ...] = (
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
_ELSEWHERE = (both_sides.elsewhere, both_sides.last_exchange)
_BEFORE_IT_IS_ON = (both_sides.activation, people.without_address, results.without_pupil)


@dataclass(frozen=True)
class Diagnosis:
    """The complete answer."""

    job: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """Labels with their values."""
    findings: tuple[Finding, ...]
    """Real problems first, then what will arrive or resolve by itself."""
    conclusion: str

    @property
    def wrong(self) -> int:
        """How many causes somebody has to fix."""
        return sum(finding.wrong for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """`type title conclusion facts causes`; each cause has `problem remedy where target wrong`."""
        return {
            "type": self.job,
            "title": self.title,
            "conclusion": self.conclusion,
            "facts": dict(self.facts),
            "causes": [{**vars(finding), "target": str(finding.target)} for finding in self.findings],
        }


def all_kinds() -> list[tuple[str, str]]:
    """Everything Waarom can explain: the couplings, then the transfers; type and title of each."""
    known = explanations()
    couplings = [(kind.type, kind.row) for kind in catalogue.all_types()]
    return [(name, title) for name, title in [*couplings, *catalogue.transfers().items()] if name in known]


def findings(actor: Actor, job: str) -> list[Finding]:
    """Return every cause, problems first. Raises `NotAllowed`, or `NotFound` listing what can be explained."""
    return list(diagnose(actor, job).findings)


def diagnose(actor: Actor, job: str) -> Diagnosis:
    """Explain why nothing arrives through this coupling or transfer. Raises `NotAllowed` or `NotFound`."""
    actor.require(Permission.VIEW_COUPLINGS)
    case = status_of(actor, _known(job))
    found = tuple(sorted(_found(case), key=lambda finding: not finding.wrong))
    return Diagnosis(case.job, case.title, _facts(case), found, _conclusion(case, found))


def explain(actor: Actor, job: str) -> Diagnosis:
    """The same, for somebody who asks: raises `InExam` where nothing may be advised now."""
    advice.require(actor.board)
    return diagnose(actor, job)


def _found(case: CouplingStatus) -> list[Finding]:
    """Run every check, and the partner's own; for something switched off in ESIS, only explain that.

    What another ESIS has is not known here: of that only the partner's side is explained, and how the last time went.
    """
    if case.elsewhere:
        checks: tuple[Callable[[CouplingStatus], Iterable[Cause]], ...] = _ELSEWHERE
    else:
        checks = _CHECKS if case.on else _BEFORE_IT_IS_ON
    found = [cause for check in checks for cause in check(case)]
    if (case.on or case.elsewhere) and case.side is not None:
        found += case.explanation.causes(case.location.id)
    return found


def _known(job: str) -> str:
    name = job.strip().lower()
    if name not in explanations():
        raise NotFound(
            f"'{job}' is geen koppeling of overdracht. Er zijn: {', '.join(name for name, _ in all_kinds())}."
        )
    return name


def _facts(case: CouplingStatus) -> tuple[tuple[str, str], ...]:
    mine = "geregeld buiten ESIS om: hier valt niets te activeren"
    if not case.is_transfer:
        mine = "niet geactiveerd"
    if case.coupling is not None:
        mine = f"{case.state_title.lower()} sinds {clock.dutch_date(case.coupling.start_date)}"
    facts = [("In ESIS", mine), (f"Bij {case.system}", case.side.standing if case.side else "geen account")]
    if case.elsewhere:
        facts.append(("Praat met", case.elsewhere))
    elif not case.is_transfer:
        facts.append(("Verificatiecodes", case.codes))
    coming = clock.dutch_moment(case.next) if case.takes_part else "pas als beide kanten zijn ingesteld"
    return (*facts, ("Laatste keer", told(case.last) or "nog niet geweest"), ("Volgende keer", coming))


def _conclusion(case: CouplingStatus, found: Iterable[Finding]) -> str:
    number = sum(finding.wrong for finding in found)
    if number:
        return f"{counted(number, 'oorzaak', 'oorzaken')} gevonden."
    then = f"De volgende uitwisseling is {clock.dutch_moment(case.next)}."
    return f"Niets gevonden dat iemand moet herstellen. {then if case.takes_part else ''}".rstrip()
