"""The suppliers that may call: every partner with a coupling, and those added for software of somebody's own.

A supplier identifies itself by klantcode and klantnaam. A partner's are the type of its coupling and its Naam (our
choice). An added supplier stands in the place of a partner: its autorisatiesleutel is the verification code of that
partner's coupling, and what it brings comes in as that partner's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from app.access import Actor, writing
from app.couplings import catalogue
from app.exchange.names import can_be_kept
from app.exchange.uwlr import Authorisation
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.fields import Described, Text
from app.webservice.faults import UnknownClient
from models.webservice import Supplier

BASISPOORT = Authorisation(key="", client_code="basispoort", client_name="Basispoort")
MAGIC = "fout-"
"""A klantcode that begins so asks for a disturbance (`app/uwlr/disturbing.py`), and is no supplier's."""


@dataclass(frozen=True)
class SupplierForm(Described):
    """A supplier as typed."""

    code: Annotated[str, Text(Supplier.code, required=True)]
    name: Annotated[str, Text(Supplier.name, required=True)]
    coupling: str = ""
    """The type of the coupling in whose place it stands."""


@dataclass(frozen=True)
class Known:
    """A supplier that may call, and the coupling by which it comes in."""

    code: str
    name: str
    coupling: catalogue.CouplingType
    own: bool
    """Whether it was added on this board."""


def known(board_id: int) -> list[Known]:
    """Every supplier of a board: the partners first, then those added, by klantcode."""
    partners = [Known(kind.type, kind.name, kind, own=False) for kind in catalogue.all_types()]
    rows = Supplier.select().where(Supplier.board == board_id).order_by(Supplier.code)
    return [*partners, *(Known(row.code, row.name, catalogue.by_type(row.coupling), own=True) for row in rows)]


def coupling_of(board_id: int, authorisation: Authorisation) -> catalogue.CouplingType:
    """The coupling by which the caller comes in. Raises `UnknownClient`."""
    for kind in catalogue.all_types():
        if (kind.type, kind.name) == (authorisation.client_code, authorisation.client_name):
            return kind
    row = _row(board_id, authorisation.client_code)
    if row is None or row.name != authorisation.client_name:
        raise UnknownClient("ESIS kent deze klantcode en klantnaam niet.")
    return catalogue.by_type(row.coupling)


def job_of(board_id: int, client_code: str) -> str:
    """The exchange by which a caller with this klantcode is known in the logbook; empty for an unknown one."""
    if client_code == BASISPOORT.client_code or any(kind.type == client_code for kind in catalogue.all_types()):
        return client_code
    row = _row(board_id, client_code)
    return row.coupling if row else ""


def codes(board_id: int) -> list[str]:
    """Every klantcode that may call: also Basispoort's, which comes in by a key of its own."""
    return [*(one.code for one in known(board_id)), BASISPOORT.client_code]


def add(actor: Actor, form: SupplierForm) -> Known:
    """Add a supplier to the actor's board. Raises `NotAllowed`, `NotFound` (coupling) or `Refused` for a field."""
    kind = catalogue.by_type(form.coupling)
    with writing(actor, Permission.LEAD_CLASS):
        checked = form.checked()
        if checked.code.lower().startswith(MAGIC):
            raise Refused(
                f"Een klantcode die met {MAGIC} begint, vraagt om een storing. Kies een andere.", field="code"
            )
        if job_of(actor.board.id, checked.code):
            raise Refused(f"Er is al een leverancier met klantcode {checked.code}.", field="code")
        Supplier.create(board=actor.board, code=checked.code, name=checked.name, coupling=kind.type)
    return Known(checked.code, checked.name, kind, own=True)


def remove(actor: Actor, code: str) -> None:
    """Remove an added supplier; what it brought stays. Raises `NotAllowed` or `NotFound`."""
    with writing(actor, Permission.LEAD_CLASS):
        row = _row(actor.board.id, code)
        if row is None:
            own = ", ".join(one.code for one in known(actor.board.id) if one.own) or "geen"
            raise NotFound(f"Leverancier '{code}' is niet toegevoegd. Toegevoegd zijn: {own}.")
        row.delete_instance()


def _row(board_id: int, code: str) -> Supplier | None:
    if not can_be_kept(code):
        return None
    found: Supplier | None = Supplier.get_or_none(Supplier.board == board_id, Supplier.code == code)
    return found
