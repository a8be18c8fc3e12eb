"""ESIS Informatie: which program this is, where its data is, and what it is modelled on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from app import clock
from app.version import program_version
from screens.shared.facts import Fact, Facts
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.text import paragraphs

NO_REAL_DATA = (
    "Alle leerlingen, ouders, medewerkers en resultaten zijn verzonnen; niets hiervan hoort bij een bestaand persoon. Zet "
    "er geen echte gegevens in: dit is een oefenomgeving zonder de beveiliging die echte gegevens vragen."
)
SOURCES = (
    "Nagebouwd naar openbare instructies over de koppelingen van ESIS en naar de afspraken UWLR en EDEXML van Edustandaard. "
    "Wat geen bron zegt, is onze keuze; docs/handleiding.md noemt die. Het programma is niet gemaakt door of namens de "
    "leverancier van ESIS, Bureau ICE of een andere partij.\n\n"
    "Licentie van dit programma: MIT. Het lettertype in afbeeldingen is Fira Code (SIL Open Font License)."
)


def masked(database_url: str) -> str:
    """Where the data is, without folders, host, user or password: `sqlite:///.../oefenbestuur.db`."""
    scheme, _, rest = database_url.partition("://")
    name = rest.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"{scheme}:///.../{name}" if scheme == "sqlite" else f"{scheme}://.../{name}"


class AboutScreen(EsisScreen):
    """Facts about the program."""

    ITEM = "esis-informatie"
    HELP = "Welke versie dit is, waar de gegevens staan en op welk bestuur u werkt. Handig als u een vraag stelt."

    def body(self) -> ComposeResult:
        """Facts, then notes on data and sources."""
        with VerticalScroll(id="about-reading"):
            yield Panel("ESIS Informatie", Facts(id="about-facts"))
            yield Panel("Geen echte gegevens", Label(paragraphs(NO_REAL_DATA)))
            yield Panel("Bronnen en licentie", Label(paragraphs(SOURCES)))

    def read(self) -> list[Fact]:
        """The facts."""
        actor = self.actor
        board, location = actor.board, actor.location
        kind = "oefenbestuur" if board.practice else "geen oefenbestuur"
        moves = (
            "volgt de echte klok"
            if board.clock == "real"
            else self.esis.in_keys("staat stil tot iemand haar verzet (F9)")
        )
        return [
            Fact(*fact)
            for fact in (
                ("Programma", f"ESIS in de terminal, versie {program_version()}"),
                ("Gegevens", masked(self.esis.settings.database_url)),
                ("Bestuur", f"{board.name} ({kind})"),
                ("Vestiging", f"{location.brin6}, {location.school.name}, {location.name}"),
                ("Gebruiker", actor.label),
                ("Schooltijd", f"{clock.dutch_moment(clock.school_now(board))}; {moves}"),
            )
        ]

    def show(self, found: list[Fact]) -> None:
        """Show them."""
        self.query_one("#about-facts", Facts).show(found)
