"""Resultaatkoppeling instellen: the LAS, ESIS's code, and the test message that switches it on
(sources.md#iep-lvs).
"""

from __future__ import annotations

from typing import Any

from textual.widgets import OptionList

from app.partners.connecting import Connection
from app.partners.iep_lvs import connection
from screens.partners.iep_lvs.page import IepPage
from screens.partners.results_supplier.coupling import SupplierCode
from screens.shared.fields import ChoiceField, Field

ELSEWHERE = "(niet in deze oefenomgeving)"


class SetUp(SupplierCode, IepPage):
    """The form for IEP LVS's side."""

    HERE = "management"
    PATH = ("Beheer", "School", "Resultaatkoppeling", "Instellen")
    HELP = (
        "Kies bij LAS voor ESIS, vul de verificatiecode in die u in ESIS heeft bedacht en kies Testbericht versturen en "
        "koppeling inschakelen (F2). IEP LVS stuurt dan een testbericht naar ESIS. Klopt de code, dan staat de koppeling "
        "aan en gaan de resultaten elke nacht naar ESIS.\n\n"
        "Lukt het niet, dan staat er waarom: de code verschilt van die in ESIS, de koppeling is in ESIS niet geactiveerd "
        "of tijdelijk gestopt, het BRIN6 op tabblad Details klopt niet, of ESIS is niet bereikbaar. Wat u typte blijft "
        "staan."
    )

    TITLE = "Resultaatkoppeling instellen"
    COUPLING = "IEP LVS"
    SUBMIT = "Testbericht versturen en koppeling inschakelen"

    def fields(self) -> list[Field]:
        """The LAS above the code."""
        others = tuple((f"{name} {ELSEWHERE}", name) for name in connection.OTHER_LAS)
        las = ChoiceField(
            "las",
            "Leerlingadministratiesysteem (LAS)",
            value=connection.LAS,
            options=((connection.LAS, connection.LAS), *others),
        )
        return [las, *super().fields()]

    def focus_start(self) -> None:
        """Start in the code: the other systems are shown but cannot be chosen."""
        systems = self.query_one("#field-las").query_one(OptionList)
        for place in range(1, 1 + len(connection.OTHER_LAS)):
            systems.disable_option_at_index(place)
        super().focus_start()

    def connect(self, values: dict[str, Any]) -> Connection:
        """Connect with the chosen LAS."""
        return connection.connect(self.school, values["code"], values["las"])
