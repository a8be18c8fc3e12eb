"""Gynzy as a supplier of results: its tables and wording (sources.md#gynzy)."""

from __future__ import annotations

from app.partners.gynzy import account, methods
from app.partners.gynzy.merging import MERGING
from app.partners.results_supplier.supplier import Supplier
from models.partners.gynzy import GynzyGroup, GynzyOutcome, GynzyPupil, GynzySchool

SUPPLIER = Supplier(
    id=account.ID,
    client_name="Gynzy",
    name="Gynzy",
    account=GynzySchool,
    group=GynzyGroup,
    pupil=GynzyPupil,
    outcome=GynzyOutcome,
    not_set_up="Bij Gynzy is de koppeling met ESIS nog niet bevestigd.",
    no_groups="die komen de nacht na het koppelen uit ESIS",
    sittable=methods.sittable,
    offers=methods.offers,
    delivered={"own": False},
    archives=True,
    merging=MERGING,
    unknown="Account '{key}' bestaat bij {name} niet.",
)
