"""Whether both sides exist and match: activation, codes, BRIN6, and the result of the last exchange."""

from __future__ import annotations

from collections.abc import Iterator

from app import clock
from app.couplings.partner_status import PartnerStatus
from app.diagnosis.coupling_status import Codes, CouplingStatus
from app.partners.causes import Cause
from app.runs import State
from app.targets import Activation, Log, MenuItem, PartnerPage
from app.webservice import suppliers


def activation(case: CouplingStatus) -> Iterator[Cause]:
    """ESIS's side: not activated, stopped, or with a code from before the location's BRIN6 changed."""
    if case.is_transfer:
        return
    mine = Activation(case.job)
    if case.coupling is None:
        yield Cause(f"De koppeling {case.title} is in ESIS niet geactiveerd.", "Activeer haar.", mine)
    elif case.without_code_yet:
        yield Cause("De koppeling heeft in ESIS nog geen verificatiecode.", "Vul hem in.", mine)
    elif case.coupling.code is None:
        yield Cause(
            "De koppeling is tijdelijk gestopt: er staat in ESIS geen verificatiecode.",
            "Vul hem weer in; wat bleef liggen, komt de nacht daarna.",
            mine,
        )
    elif case.coupling.code[:6] != case.location.brin6:
        yield Cause(
            f"De verificatiecode begint met {case.coupling.code[:6]}, maar deze vestiging heeft {case.location.brin6}.",
            f"Bedenk een nieuwe code en vul hem ook bij {case.system} in.",
            mine,
        )


def other_half(case: CouplingStatus) -> Iterator[Cause]:
    """The partner's side: no account, not set up, another code, another BRIN6."""
    side, there = case.side, case.explanation.on(case.explanation.page)
    if not (side and side.ready) and _has_own_supplier(case) and case.partner is PartnerStatus.READY:
        return  # its software is the other half, and has called with this code
    if side is None:
        yield Cause(
            f"Deze vestiging heeft geen account bij {case.system}.",
            f"Vraag er een aan bij {case.system}.",
            PartnerPage(case.explanation.program),
        )
        return
    if case.coupling and not side.ready:
        yield Cause(f"Bij {case.system} is de koppeling nog niet ingesteld.", case.kind.next_step, there)
    if case.codes is Codes.DIFFERENT:
        yield Cause(
            f"De verificatiecode bij {case.system} is een andere dan die in ESIS.",
            f"Kopieer de code in ESIS (F8 bij de koppeling) en vul hem bij {case.system} in.",
            there,
        )
    if case.other_brin6:
        yield _other_brin(case)


def elsewhere(case: CouplingStatus) -> Iterator[Cause]:
    """The partner talks to another ESIS: nothing of it comes here, whatever is activated here."""
    side, there = case.side, case.explanation.on(case.explanation.page)
    if side is None:
        yield from other_half(case)
    elif not side.ready and not case.is_transfer:
        yield Cause(
            f"Bij {case.system} is de koppeling nog niet ingesteld.",
            "Vul daar de verificatiecode in van de koppeling in de andere ESIS.",
            there,
        )
    if case.coupling is not None:
        yield Cause(
            f"De koppeling is hier ook geactiveerd, maar {case.system} praat met een andere ESIS: hier komt niets.",
            f"Beëindig haar hier, of laat {case.system} weer met deze ESIS praten (esis uwlr elsewhere clear {case.job}).",
            Activation(case.job),
        )
    else:
        yield Cause(
            f"{case.system} praat met {case.elsewhere}. Hier komt en gaat er niets.",
            "Wat daar gebeurt, zegt het berichtenverkeer van die ESIS (esis uwlr list).",
            there,
            wrong=False,
        )


def _has_own_supplier(case: CouplingStatus) -> bool:
    """Whether software of somebody's own may stand in the partner's place."""
    return any(one.own and one.coupling.type == case.job for one in suppliers.known(case.location.board_id))


def last_exchange(case: CouplingStatus) -> Iterator[Cause]:
    """The last exchange was refused, failed, or could not reach the other side and is retried."""
    run = case.last
    log = Log(case.job)
    if run is None or not run.error:
        return
    when, again = clock.dutch_moment(run.slot), clock.dutch_moment(case.next)
    if run.state == State.FAILED:
        yield Cause(
            f"De uitwisseling van {when} is mislukt. {run.error}",
            f"De volgende is {again}. Het logboek zegt meer.",
            log,
        )
    elif run.state == State.QUEUED:
        yield Cause(
            f"De uitwisseling van {when} is nog niet gelukt. {run.error}",
            "Er hoeft niets te gebeuren: wat bleef liggen, komt dan alsnog.",
            log,
        )


def _other_brin(case: CouplingStatus) -> Cause:
    page = case.explanation.brin_page
    return Cause(
        f"Bij {case.system} staat deze school als {case.other_brin6}, in ESIS als {case.location.brin6}.",
        "Maak ze gelijk, ook de laatste twee cijfers (vestigingsnummer).",
        case.explanation.on(page) if page else MenuItem("bestuur-school-vestiging"),
    )
