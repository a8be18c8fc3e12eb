"""Instellingen: the ESIS box, for coupling, changing the code or resending results (sources.md#gynzy)."""

from __future__ import annotations

from textual.app import ComposeResult

from app import clock
from app.couplings.codes import masked
from app.partners.gynzy.connection import SUPPLIER
from models.partners.gynzy import GynzySchool
from screens.partners.gynzy.page import GynzyPage
from screens.partners.results_supplier.coupling import (
    AGAIN,
    CouplingPage,
    SendAgain,
    SupplierCode,
    couple_binding,
    send_again_binding,
)

COUPLE = "Koppelen"


class Couple(SupplierCode, GynzyPage):
    """ESIS's code, and Bevestigen."""

    HERE = "settings"
    PATH = ("Instellingen", "ESIS", COUPLE)
    HELP = (
        "Vul de verificatiecode in die in ESIS bij de koppeling Gynzy resultatenkoppeling staat en kies Bevestigen (F2).\n\n"
        "Lukt het niet, dan staat er waarom: de code verschilt van die in ESIS, de koppeling is in ESIS niet geactiveerd of "
        "tijdelijk gestopt, of ESIS is niet bereikbaar. Wat u typte blijft staan."
    )

    TITLE = "Koppelen met ESIS"
    COUPLING = "Gynzy resultatenkoppeling"
    SUBMIT = "Bevestigen"


class GynzySendAgain(SendAgain, GynzyPage):
    """Gynzy's Opnieuw verzenden."""

    HERE = "settings"
    PATH = ("Instellingen", "ESIS", AGAIN)


class Settings(CouplingPage, GynzyPage):
    """The ESIS box."""

    HERE = "settings"
    PATH = ("Instellingen",)
    WHY = SUPPLIER.id
    HELP = (
        "Kies in het vak ESIS voor Koppelen (F7), vul de verificatiecode in die u in ESIS hebt bedacht en kies Bevestigen. "
        "Gynzy stuurt een testbericht naar ESIS; klopt de code, dan staat de koppeling aan.\n\n"
        "Na één nacht staan de groepen en leerlingen hier. Zet daarna bij Werelden de resultaten aan, per methode. Wijzigt de "
        "code in ESIS, wijzig hem dan hier ook. Opnieuw verzenden (A) verzendt resultaten nog eens, bijvoorbeeld nadat "
        "ESIS een levering heeft teruggedraaid."
    )
    BINDINGS = [
        couple_binding("gynzy.couple", COUPLE, "Opent het formulier voor de verificatiecode van ESIS."),
        send_again_binding("gynzy.send-again"),
    ]

    COUPLE = COUPLE
    ABOUT = (
        "Met de koppeling komen groepen en leerlingen elke nacht uit ESIS naar Gynzy, en gaan de resultaten van de methodes die "
        "aan staan naar ESIS. Activeer de koppeling eerst in ESIS en bedenk daar een verificatiecode. Die vult u hier in."
    )
    AT_NIGHT = (
        "Elke nacht om 4:00 haalt Gynzy de groepen en leerlingen op en verstuurt het de resultaten die ESIS nog niet heeft. Wat "
        "ESIS weigert, wordt elke nacht opnieuw aangeboden."
    )
    NOT_COUPLED = "Gynzy is nog niet met ESIS gekoppeld."
    CODE_PAGE = Couple
    AGAIN_PAGE = GynzySendAgain

    def body(self) -> ComposeResult:
        """The box."""
        yield from self.half()

    def focus_start(self) -> None:
        """Focus the button."""
        self.query_one("#coupling-couple").focus()

    def coupled_facts(self, school: GynzySchool) -> list[tuple[str, str]]:
        """The coupling, and the outcome of the last pull."""
        assert school.connected_at is not None
        pulled = "nog niet; dat gebeurt vannacht"
        if school.pulled_at is not None:
            pulled = (
                f"{clock.dutch_moment(school.pulled_at)}: {school.added} nieuw, {school.changed} gewijzigd, "
                f"{school.left} vertrokken"
            )
        return [
            ("Gekoppeld", clock.dutch_moment(school.connected_at)),
            ("Verificatiecode", masked(school.code)),
            ("Leerlingen opgehaald", pulled),
            ("Schooljaar", school.school_year or "nog onbekend"),
        ]
