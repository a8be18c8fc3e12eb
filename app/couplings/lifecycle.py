"""The life cycle of a coupling: available -> active <-> paused (no code) -> ended (sources.md#states,
sources.md#ending).

Consent is stored with the coupling; ending keeps what was received, and activating again asks for consent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from peewee import IntegrityError

from app.access import Actor, examined, writing
from app.couplings import logbook, partner_status, requirements
from app.couplings.catalogue import CouplingType, by_type, title
from app.couplings.codes import InvalidVerificationCode, masked, normalise
from app.couplings.logbook import LogKind
from app.couplings.state import LIVE, CouplingState
from app.permissions import Permission
from app.refusals import Refused
from app.school.text import clean_text
from models.base import database
from models.board import Location
from models.coupling import Coupling


class ConsentMissing(Refused):
    """Voor akkoord is not ticked."""

    def __init__(self) -> None:
        super().__init__(
            "Zet een vinkje bij Voor akkoord: zonder akkoord met de gebruikersvoorwaarden kan de koppeling niet aan.",
            field="agree",
        )


class NotLive(Refused):
    """The coupling is not active at this location."""

    def __init__(self, kind: CouplingType, location: Location) -> None:
        super().__init__(f"De koppeling {kind.row} is niet geactiveerd voor vestiging {location.brin6}.")


class AlreadyLive(Refused):
    """The coupling is already active at this location."""

    def __init__(self, kind: CouplingType, location: Location) -> None:
        super().__init__(
            f"De koppeling {kind.row} is al geactiveerd voor vestiging {location.brin6}. "
            "Open de koppeling om de code te wijzigen of haar te beëindigen."
        )


def check_name(name: str) -> str:
    """Trim and check Uw naam. Raises `Refused` when it is empty, too long or contains control characters."""
    return clean_text(name, max_length=Coupling.consent_name.max_length, field="name", label="Uw naam", required=True)


def check_consent(ticked: bool) -> None:
    """Voor akkoord. Raises `ConsentMissing` unless it is ticked."""
    if not ticked:
        raise ConsentMissing


def check_code(actor: Actor, code: str, besides: Coupling | None = None) -> str | None:
    """Return the code as it would be stored for the actor's location; None for an empty one.

    Raises `InvalidVerificationCode`, also when another live coupling of the board uses this code.
    """
    if not code:
        return None
    kept = normalise(code, actor.location.brin6)
    other = Coupling.get_or_none(Coupling.board == actor.board, Coupling.code == kept)
    if other is not None and other != besides:
        raise _taken(other)
    return kept


def activate(actor: Actor, type_name: str, name: str, agree: bool, code: str = "") -> Coupling:
    """Activate a coupling at the actor's location, with consent; without a code it starts paused.

    Raises `NotAllowed`, `AlreadyLive`, `ConsentMissing`, `ContactsLacking`, `InvalidVerificationCode` or `Refused`
    (name); each names its form field, if any.
    """
    kind = by_type(type_name)
    actor.require(Permission.MANAGE_COUPLINGS)
    consent_name = check_name(name)
    if actor.location.brin6 in consent_name.upper():  # the consent goes to the logbook, which never contains a code
        raise Refused("In Uw naam staat een brinnummer of verificatiecode. Vul hier alleen uw naam in.", field="name")
    check_consent(agree)
    with writing(actor, Permission.MANAGE_COUPLINGS) as now:
        if live(actor.location, kind.type) is not None:
            raise AlreadyLive(kind, actor.location)
        requirements.check(kind, actor.location, now.date())
        kept = check_code(actor, code)
        coupling = _store(kind, actor, consent_name, kept, now)
        state = "met verificatiecode" if kept else "zonder verificatiecode: er wordt nog niets uitgewisseld"
        logbook.write_for(
            actor,
            kind.type,
            now,
            LogKind.ACTIVATED,
            f"Geactiveerd {state}. Akkoord door {consent_name} ({kind.terms_version}).",
        )
    return coupling


@dataclass(frozen=True)
class CodeChange:
    """The outcome of changing a coupling's code; `what` is None when it already had this code."""

    coupling: Coupling
    what: LogKind | None

    @property
    def told(self) -> str:
        """The sentence for the user who did it."""
        if self.coupling.code is None:
            return "De uitwisseling is tijdelijk gestopt."
        if self.what is None:
            return "Er is niets gewijzigd: dit was de verificatiecode al."
        if self.what is LogKind.RESUMED:
            return "De uitwisseling is hervat."
        return "De verificatiecode is opgeslagen."


def change_code(actor: Actor, type_name: str, code: str) -> CodeChange:
    """Change the code of a live coupling: adding a code resumes it, an empty one removes the code.

    Raises `NotAllowed`, `NotLive` or `InvalidVerificationCode`.
    """
    with writing(actor, Permission.MANAGE_COUPLINGS) as now:
        coupling = require_live(actor.location, type_name)
        kept = check_code(actor, code, besides=coupling)
        if kept == coupling.code:
            return CodeChange(coupling, None)
        what, message = _what_changed(coupling.code, kept)
        if what is LogKind.CODE_CHANGED and not examined(actor.board):
            message = f"{message} Wijzig hem ook bij de andere kant."
        coupling.code = kept
        coupling.state = CouplingState.ACTIVE if kept else CouplingState.PAUSED
        _save(coupling)
        logbook.write_for(actor, coupling.type, now, what, message)
    return CodeChange(coupling, what)


def pause(actor: Actor, type_name: str) -> CodeChange:
    """Pause the coupling by removing its code (sources.md#code). Raises `NotAllowed` or `NotLive`."""
    return change_code(actor, type_name, "")


def end(actor: Actor, type_name: str) -> Coupling:
    """End a live coupling; its results stay, and activating again needs new consent. Raises `NotAllowed` or
    `NotLive`.
    """
    with writing(actor, Permission.MANAGE_COUPLINGS) as now:
        coupling = require_live(actor.location, type_name)
        coupling.state = CouplingState.ENDED
        coupling.code = None
        coupling.ended_at = now
        _save(coupling)
        logbook.write_for(actor, coupling.type, now, LogKind.ENDED, "Beëindigd. Ontvangen gegevens blijven staan.")
    return coupling


def live(location: Location, type_name: str) -> Coupling | None:
    """The live (active or paused) coupling of this type at a location, if any."""
    found: Coupling | None = Coupling.get_or_none(Coupling.location == location, Coupling.type == type_name, LIVE)
    return found


def all_live(location: Location) -> list[Coupling]:
    """Every live coupling at a location."""
    return list(Coupling.select().where(Coupling.location == location, LIVE))


def require_live(location: Location, type_name: str) -> Coupling:
    """Return the live coupling of this type. Raises `NotLive`, or `NotFound` for an unknown type."""
    kind = by_type(type_name)
    coupling = live(location, kind.type)
    if coupling is None:
        raise NotLive(kind, location)
    return coupling


def visible_code(actor: Actor, coupling: Coupling) -> str:
    """The code in full for the two roles that may see it, masked for everyone else."""
    return (coupling.code or "") if actor.may(Permission.MANAGE_COUPLINGS) else masked(coupling.code)


def _what_changed(before: str | None, after: str | None) -> tuple[LogKind, str]:
    if after is None:
        return LogKind.PAUSED, "Verificatiecode verwijderd: tijdelijk gestopt."
    if before is None:
        return LogKind.RESUMED, "Verificatiecode weer ingevuld: de uitwisseling gaat verder."
    return LogKind.CODE_CHANGED, "Verificatiecode gewijzigd."


def _store(kind: CouplingType, actor: Actor, name: str, code: str | None, now: datetime) -> Coupling:
    coupling = Coupling(
        board=actor.board,
        location=actor.location,
        type=kind.type,
        state=CouplingState.ACTIVE if code else CouplingState.PAUSED,
        start_date=now.date(),
        code=code,
        activated_by=actor.name,
        consent_name=name,
        terms_version=kind.terms_version,
        consent_at=now,
        shown=partner_status.shown_before(actor.location, kind.type),
    )
    _save(coupling)
    return coupling


def _save(coupling: Coupling) -> None:
    try:
        with database.atomic():
            coupling.save()
    except IntegrityError:
        other = Coupling.get_or_none(Coupling.board == coupling.board_id, Coupling.code == coupling.code)
        if other is not None and other.id != coupling.id:
            raise _taken(other) from None
        raise


def _taken(other: Coupling) -> InvalidVerificationCode:
    return InvalidVerificationCode(
        f"Deze code is al in gebruik bij de koppeling {title(other.type)} van vestiging {other.location.brin6}. "
        "Bedenk een andere."
    )
