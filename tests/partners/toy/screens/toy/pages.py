"""The screens of the toy."""

from __future__ import annotations

from typing import Any

from app.partners.toy.partner import PARTNER
from app.partners.toy.supplier import SUPPLIER
from textual.app import ComposeResult

from screens.partners.home import PartnerHome, Standing
from screens.partners.results_supplier import coupling
from screens.partners.results_supplier.page import SupplierPage
from screens.partners.routes import HOME, SIGN_OUT, Routes
from screens.partners.sign_in import PartnerSignIn
from screens.shared.label import Label


class ToyPage(SupplierPage):
    PARTNER = PARTNER
    SUPPLIER = SUPPLIER
    ROUTES = Routes(
        "toy", ((HOME, "Start"), ("coupling", "Koppeling"), (SIGN_OUT, "Afmelden")), {"coupling": "pages:Coupling"}
    )


class Code(coupling.SupplierCode, ToyPage):
    TITLE = "Koppelen met ESIS"
    COUPLING = "Toy resultatenkoppeling"
    SUBMIT = "Bevestigen"
    PATH = ("Koppeling", "Code")


class Again(coupling.SendAgain, ToyPage):
    PATH = ("Koppeling", coupling.AGAIN)


class Coupling(coupling.CouplingPage, ToyPage):
    HERE = "coupling"
    PATH = ("Koppeling",)
    WHY = SUPPLIER.id
    COUPLE = "Koppelen"
    CODE_PAGE = Code
    AGAIN_PAGE = Again
    BINDINGS = [
        coupling.couple_binding("toy.couple", "Koppelen", "Opent het formulier voor de verificatiecode."),
        coupling.send_again_binding("toy.send-again"),
    ]

    def body(self) -> ComposeResult:
        yield Label("Koppeling met ESIS", classes="title")
        yield from self.half()

    def coupled_facts(self, school: Any) -> list[tuple[str, str]]:
        return [("BRIN6", school.brin6)]


class Home(PartnerHome, ToyPage):
    WAYS = (("coupling", "Koppeling: koppelen met ESIS"),)

    def standing(self) -> Standing:
        return Standing(coupling.side(SUPPLIER, self.school, "aan", "uit"))


class SignIn(PartnerSignIn):
    PARTNER = PARTNER
    HOME = Home
    USER = "speler"
    HELP = "Meld u aan als speler."
