"""Disturbances of the web service: what goes wrong on purpose, for whom, and at which of their calls.

A trainer or a test sets them (`ServiceFault`), or a caller asks for one itself by a magic klantcode: `fout-429` is the
supplier that was added to a practice board, with that disturbance, as there are numbers of cards for tests. A call is
disturbed once it has been let in, so that a wrong key stays wrong. Each call that a disturbance fits is counted, also
when it does not strike; of several, the first that was set strikes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from app.access import Actor, writing
from app.exchange.uwlr import Authorisation
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.operations import OPERATIONS, PUSH_RESULTS
from app.exchange.uwlr_xml.rules import FaultCode, Finding
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.webservice.suppliers import MAGIC, known
from models.base import database, locked
from models.board import Board
from models.webservice import ServiceFault


class Way(Enum):
    """What a disturbance does to a call."""

    FAULT = auto()
    """A fault of UWLR; nothing is done."""
    STATUS = auto()
    """A status of HTTP without SOAP; nothing is done."""
    DELIVERY = auto()
    """The call is answered as always, but the answer does not arrive as it should."""
    CONTENT = auto()
    """The answer is well-formed but not what it should be."""
    CONNECTION = auto()
    """The connection is refused before there is a call."""


@dataclass(frozen=True)
class Kind:
    """A kind of disturbance: its id, what it does, and in words."""

    id: str
    way: Way
    text: str
    seconds: int = 0
    """How long it takes if nothing else is said."""

    @property
    def magic(self) -> str:
        """The klantcode that asks for it; empty for what happens before there is one."""
        return "" if self.way is Way.CONNECTION else f"{MAGIC}{self.id}"

    def can_strike(self, operation: str) -> bool:
        """Whether it means anything at a call of this operation: results have no data that can be old."""
        return self.way is not Way.CONNECTION and not (self.id == STALE and operation == PUSH_RESULTS.name)


SLOW, DRIP, RESET, EMPTY, CUT, STALE, EXPIRED = "slow", "drip", "reset", "empty", "cut", "stale", "expired"
LONGEST = 600
"""Seconds that an answer may be made to take."""
_ALL = [
    *(Kind(str(code), Way.FAULT, f"de fout {code}; er gebeurt niets") for code in FaultCode),
    Kind("429", Way.STATUS, "HTTP 429 (te veel aanroepen), met Retry-After; er gebeurt niets"),
    Kind("500", Way.STATUS, "HTTP 500 zonder SOAP; er gebeurt niets"),
    Kind("503", Way.STATUS, "HTTP 503 (niet beschikbaar), met Retry-After; er gebeurt niets"),
    Kind(SLOW, Way.DELIVERY, "het antwoord komt pas na 20 seconden, of na wat bij seconds staat", 20),
    Kind(
        DRIP,
        Way.DELIVERY,
        "het antwoord komt in kleine stukjes, verdeeld over 20 seconden, of over wat bij seconds staat",
        20,
    ),
    Kind(RESET, Way.DELIVERY, "het werk wordt gedaan, maar de verbinding breekt af zonder antwoord (RST)"),
    Kind(EMPTY, Way.DELIVERY, "het werk wordt gedaan, maar het antwoord is leeg (HTTP 200)"),
    Kind(CUT, Way.DELIVERY, "het werk wordt gedaan, maar het antwoord is halverwege afgekapte XML (HTTP 200)"),
    Kind(STALE, Way.CONTENT, "de gegevens zijn die van een dag eerder; niet bij BrengLeerresultaten"),
    Kind(EXPIRED, Way.CONNECTION, "het certificaat van de dienst is verlopen; alleen met --self-signed"),
]
KINDS = {one.id: one for one in _ALL}


@dataclass(frozen=True)
class Disturbance:
    """What happens to one call."""

    kind: Kind
    seconds: int
    why: str
    """Who asked for it, in words."""

    @property
    def finding(self) -> Finding:
        """As the journal and the fault's text tell it."""
        return Finding(rules.DISTURBED, found=self.kind.id, expected="geen storing", nearest=self.why)

    @property
    def code(self) -> FaultCode:
        """The fault of UWLR that is sent, for those that are one."""
        return FaultCode(self.kind.id)

    @property
    def status(self) -> int:
        """The status of HTTP, for those that are one."""
        return int(self.kind.id) if self.kind.way is Way.STATUS else 0


@dataclass(frozen=True)
class FaultForm:
    """A disturbance to set; empty or 0 means: every one, or the usual."""

    kind: str
    supplier: str = ""
    operation: str = ""
    nth: int = 0
    chance: int = 100
    seed: int = 1
    seconds: int = 0

    def checked(self) -> Kind:
        """The kind. Raises `Refused` for a field that is wrong, or for two that do not go together."""
        kind = KINDS.get(self.kind)
        if kind is None:
            raise Refused(f"'{self.kind}' is geen storing. Kies uit {', '.join(KINDS)}.", field="kind")
        names = [one.name for one in OPERATIONS]
        if self.operation and self.operation not in names:
            raise Refused(
                f"De bewerking '{self.operation}' bestaat niet. Kies uit {', '.join(names)}.", field="operation"
            )
        if len(self.supplier) > ServiceFault.supplier.max_length:
            raise Refused("Een klantcode is hoogstens 64 tekens lang.", field="supplier")
        for name, value, least, most in (
            ("nth", self.nth, 0, 1_000_000),
            ("chance", self.chance, 1, 100),
            ("seed", self.seed, 0, 2**31 - 1),
            ("seconds", self.seconds, 0, LONGEST),
        ):
            if not least <= value <= most:
                raise Refused(f"{name} is een getal van {least} tot en met {most}, niet {value}.", field=name)
        if kind.way is Way.CONNECTION and (self.supplier or self.operation):
            raise Refused(
                "Een verlopen certificaat komt voor er een leverancier of bewerking is; laat die weg.", field="supplier"
            )
        if self.operation and not kind.can_strike(self.operation):
            raise Refused("Bij BrengLeerresultaten zijn er geen gegevens die oud kunnen zijn.", field="operation")
        if self.seconds and not kind.seconds:
            raise Refused(f"Bij {kind.id} hoort geen aantal seconden; wel bij slow en drip.", field="seconds")
        return kind


def strikes(nth: int, chance: int, seed: int, call: int) -> bool:
    """Whether a disturbance strikes at its `call`-th call, from 1; the same seed always gives the same calls."""
    if nth:
        return call == nth
    return chance >= 100 or random.Random(f"{seed} {call}").randrange(100) < chance


def due(board_id: int, supplier: str, operation: str) -> Disturbance | None:
    """What happens to a call of this supplier; counts it for each disturbance that it fits."""
    kinds = [one.id for one in _ALL if one.can_strike(operation)]
    fits = ServiceFault.kind.in_(kinds) & ServiceFault.supplier.in_(("", supplier[:64].replace("\0", "?")))
    return _counted(board_id, fits & ServiceFault.operation.in_(("", operation)))


def due_at_the_door(board_id: int) -> bool:
    """Whether a new connection gets an expired certificate; counts it."""
    return _counted(board_id, ServiceFault.kind == EXPIRED) is not None


def _counted(board_id: int, fits: Any) -> Disturbance | None:
    mine = ServiceFault.select().where(ServiceFault.board == board_id, fits).order_by(ServiceFault.id)
    if not mine.exists():  # mostly, and then nothing is locked
        return None
    struck: Disturbance | None = None
    with database.atomic():
        for row in list(locked(mine)):
            row.calls += 1
            row.save(only=[ServiceFault.calls])
            if struck is None and strikes(row.nth, row.chance, row.seed, row.calls):
                kind = KINDS[row.kind]
                why = f"Storing {row.id} van de trainer, bij aanroep {row.calls}"
                struck = Disturbance(kind, row.seconds or kind.seconds, why)
    return struck


def magic_of(board_id: int, said: Authorisation) -> tuple[Disturbance, Authorisation] | None:
    """What a magic klantcode asks for, and whom it stands for: the supplier that was added, with the key it shows.

    None for another klantcode, for a board that is not for practice or that has no supplier of its own.
    """
    code = said.client_code
    name = code[len(MAGIC) :].lower() if code.lower().startswith(MAGIC) else ""
    kind = next((one for one in _ALL if one.magic and one.id.lower() == name), None)
    if kind is None or not Board.select().where(Board.id == board_id, Board.practice).exists():
        return None
    own = next((one for one in known(board_id) if one.own), None)
    if own is None:
        return None
    found = Disturbance(kind, kind.seconds, f"Gevraagd met de magische klantcode {kind.magic}")
    return found, Authorisation(said.key, own.code, own.name)


def put(actor: Actor, form: FaultForm) -> ServiceFault:
    """Set a disturbance on the actor's board. Raises `NotAllowed` or `Refused`."""
    kind = form.checked()
    with writing(actor, Permission.SET_FAULTS):
        if form.supplier and form.supplier not in {one.code for one in known(actor.board.id)}:
            raise Refused(f"Leverancier '{form.supplier}' is er niet. Zie esis supplier list.", field="supplier")
        made: ServiceFault = ServiceFault.create(
            board=actor.board,
            kind=kind.id,
            supplier=form.supplier,
            operation=form.operation,
            nth=form.nth,
            chance=form.chance,
            seed=form.seed,
            seconds=form.seconds,
        )
    return made


def listed(board_id: int) -> list[ServiceFault]:
    """The disturbances that are set on a board, in the order in which they strike."""
    return list(ServiceFault.select().where(ServiceFault.board == board_id).order_by(ServiceFault.id))


def remove(actor: Actor, number: int | None = None) -> int:
    """Take away the disturbance with this number, or every one; return how many. Raises `NotAllowed` or `NotFound`."""
    with writing(actor, Permission.SET_FAULTS):
        mine = ServiceFault.board == actor.board.id
        gone = ServiceFault.delete().where(mine if number is None else mine & (ServiceFault.id == number)).execute()
    if number is not None and not gone:
        raise NotFound(f"Er is geen storing {number}. Zie esis fault webservice list.")
    return int(gone)


def as_json(row: ServiceFault) -> dict[str, Any]:
    """The fields of sources.md#json."""
    names = ("kind", "supplier", "operation", "nth", "chance", "seed", "calls")
    seconds = row.seconds or KINDS[row.kind].seconds
    return {"number": row.id, **{name: getattr(row, name) for name in names}, "seconds": seconds}
