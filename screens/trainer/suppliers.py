"""Trainer > Leveranciers: who may call the web service, and a form for software of somebody's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from textual.content import Content

from app.couplings import catalogue
from app.permissions import Permission
from app.refusals import Refused
from app.webservice import suppliers
from app.webservice.suppliers import Known, SupplierForm
from models.webservice import Supplier
from screens.shared import keys
from screens.shared.described import fields_of
from screens.shared.facts import Act, Fact, Row
from screens.shared.fields import ChoiceField, Field
from screens.shared.maintenance import RecordForm
from screens.shared.records import Column
from screens.shared.text import plain
from screens.trainer.page import EnterActs, TrainerPage

FIXED = "{name} hoort bij de koppelingen van ESIS en blijft. Alleen wat u zelf toevoegde, kan weg."


class SuppliersPage(TrainerPage):
    """The partners, and what was added on this board."""

    PATH = ("Trainer", "Leveranciers")
    PERMISSION = Permission.LEAD_CLASS
    NEW = "Nieuwe leverancier"
    CHANGE = ""
    CHANGES = ("add", "delete")
    DELETE = "Weghalen"
    ONE = "Leverancier"
    NOTE = "Wie de UWLR-webservice van dit bestuur mag aanroepen, en met welke koppeling."
    LIST = EnterActs
    COLUMNS = (
        Column("Klantcode", lambda row: row.code, 22, order=True),
        Column("Klantnaam", lambda row: row.name, order=True),
        Column("Koppeling", lambda row: row.coupling.row, 24, order=True, from_width=140),
        Column("Herkomst", lambda row: "toegevoegd" if row.own else "ESIS, vast", 11, order=True),
    )
    HELP = (
        "Een leverancier noemt zich in elk UWLR-bericht met klantcode en klantnaam. Elke partner met een koppeling staat er al; "
        "N voegt er een toe voor software van uzelf, Del haalt die weer weg.\n\n"
        "Een toegevoegde leverancier staat in de plaats van een partner: zijn autorisatiesleutel is de verificatiecode van die "
        "koppeling, en wat hij brengt komt binnen als van die partner. Ook met esis supplier add en esis supplier remove."
    )

    BINDINGS = [
        keys.NEW("add", "Nieuwe leverancier", id="suppliers.new", tooltip="Voegt een leverancier toe."),
        keys.REMOVE(
            "delete",
            "Weghalen",
            id="suppliers.remove",
            tooltip="Haalt de toegevoegde leverancier waar u op staat weg, na een vraag.",
        ),
    ]

    def rows(self) -> Sequence[Known]:
        """The partners first."""
        return suppliers.known(self.actor.board.id)

    def identity(self, row: Known) -> str:
        """The klantcode."""
        return row.code

    def detail(self, row: Known) -> Iterator[Row]:
        """How it identifies itself, and what its key is."""
        yield plain(row.name).stylize("bold $ink")
        yield Content("")
        yield Fact("Klantcode", row.code)
        yield Fact("Klantnaam", row.name)
        yield Fact("Koppeling", row.coupling.row)
        yield Fact("Sleutel", f"de verificatiecode van de koppeling {row.coupling.row}, als die actief is")
        yield Fact("Herkomst", "toegevoegd op dit bestuur" if row.own else "ESIS, ligt vast")
        if row.own:
            yield Content("")
            yield Act("Del", "Weghalen", "vraagt eerst")

    def form(self, row: Known | None) -> SupplierScreen:  # noqa: ARG002  # there is only the new one
        """A new one."""
        return SupplierScreen()

    def action_delete(self) -> None:
        """Ask, if it was added here."""
        row: Known | None = self.chosen
        if row is not None and not row.own:
            self.show_refusal(Refused(FIXED.format(name=row.name)))
        else:
            super().action_delete()

    def question(self, row: Known) -> tuple[str, str]:
        """What to ask before removing it."""
        return (
            f"{row.name} weghalen?",
            f"Berichten met klantcode {row.code} worden daarna geweigerd. Wat {row.name} bracht, blijft.",
        )

    def delete(self, row: Known) -> str:
        """Remove it."""
        suppliers.remove(self.actor, row.code)
        return f"Leverancier {row.name} is weggehaald."


class SupplierScreen(RecordForm):
    """A new supplier."""

    PATH = ("Trainer", "Leveranciers", "Leverancier")
    PERMISSION = Permission.LEAD_CLASS
    PROGRAM = "Trainer"
    TITLE_TEXT = "Nieuwe leverancier"
    HELP = (
        "Klantcode en klantnaam zijn die waarmee de software zich in elk bericht noemt; ze moeten precies zo in het bericht "
        "staan. De koppeling is die van de partner in wiens plaats zij staat. F2 slaat op, Esc gaat terug."
    )

    def fields(self) -> list[Field]:
        """Klantcode, klantnaam, koppeling."""
        kinds = catalogue.all_types()
        options = tuple((kind.row, kind.type) for kind in kinds)
        coupling = ChoiceField("coupling", str(Supplier.coupling.verbose_name), True, kinds[0].type, options=options)
        return [*fields_of(SupplierForm("", "")), coupling]

    def save(self, values: dict[str, Any]) -> str:
        """Add it."""
        form = SupplierForm(str(values["code"]), str(values["name"]), str(values["coupling"]))
        made = suppliers.add(self.actor, form)
        return f"{made.name} is toegevoegd. De sleutel is de verificatiecode van de koppeling {made.coupling.row}."
