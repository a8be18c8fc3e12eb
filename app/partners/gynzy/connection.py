"""Gynzy's half of the results coupling (domain.md 7.4): Koppelen, the code, Bevestigen; the rest is every supplier's."""

from __future__ import annotations

from app.partners.connecting import Connection
from app.partners.gynzy import methods
from app.partners.results_supplier import connecting
from app.partners.results_supplier.supplier import Supplier
from models.partners.gynzy import GynzyOutcome, GynzyPupil, GynzySchool

SUPPLIER = Supplier(
    client=methods.SUPPLIER,
    client_name="Gynzy",
    account=GynzySchool,
    outcome=GynzyOutcome,
    pupil=GynzyPupil,
    not_set_up="Bij Gynzy is de koppeling met ESIS nog niet bevestigd (Instellingen > ESIS > Koppelen).",
    offers=methods.offers,
)


def connect(school: GynzySchool, code: str) -> Connection:
    """Bevestigen: send the test message with this code and switch the coupling on if ESIS accepts it.

    Raises `Refused` with the form field for a code that cannot be, or while school time is being moved.
    """
    return connecting.connect(SUPPLIER, school, code)
