"""Help: what this program is, the route from the menu to the first results, every key, and where to read more."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from app.targets import Target
from screens.driving import documentation
from screens.shared.facts import Fact, Facts, Section, steps
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.text import paragraphs

WHAT = (
    "Dit is een oefenkopie van het leerlingadministratiesysteem ESIS, met de systemen aan de andere kant van de "
    "koppelingen. U oefent hier met koppelen zonder dat er een echte leerling in het spel is: alle namen zijn verzonnen.\n\n"
    "Het programma werkt helemaal met het toetsenbord. De tabs bovenaan (F10) openen het menu, Ctrl+P vindt elk scherm "
    "en elke actie op een deel van de naam, A noemt wat u met een regel of scherm kunt doen, F1 legt het scherm uit waar u bent "
    "en Esc gaat terug. Een toets betekent overal hetzelfde. F6 wisselt naar een "
    "partner, zoals IEP LVS: een eigen programma met eigen gebruikers. Wat u met uw rol niet mag, heeft een × in het "
    "menu; een ? betekent dat er alleen uitleg van is.\n\n"
    "De schooltijd staat stil tot u haar verzet (F9). Gaat er een nacht voorbij, dan draaien de uitwisselingen van die "
    "nacht echt."
)
WALK = (
    "1. Meld u in ESIS aan als rovict (Directie).\n"
    "2. Ga naar Beheer > Import-Export-Koppelingen > Koppelingen en kies Activeren bij IEP LVS.\n"
    "3. Vul uw naam in, ga akkoord en bedenk een verificatiecode: brin- en vestigingsnummer, aangevuld tot minstens 20 "
    "letters en cijfers, bijvoorbeeld 99QQ001234567890abcd. Gereed is F2.\n"
    "4. Kopieer de code met F8 en ga met F6 naar IEP LVS. Meld u daar aan als schoolbeheerder.\n"
    "5. Open Beheer > School > Resultaatkoppeling en kies Koppeling instellen. Kies ESIS, plak de code met Ctrl+V en "
    "verstuur het testbericht. Het antwoord zegt of de koppeling ligt.\n"
    "6. Zet met F9 de schooltijd naar morgenochtend. 's Nachts om 04:00 uur komen de resultaten in ESIS.\n"
    "7. Ga met F6 terug naar ESIS, meld u af en meld u aan als leerkracht6.\n"
    "8. Open Mijn groep: daar staan de resultaten. Enter op een leerling toont de lijn over de jaren."
)
MORE = (
    "De handleiding met plaatjes is docs/handleiding.md, bij de bron van dit programma. Daar staat ook docs/toetsen.md, "
    "met alle toetsen en de namen om ze te veranderen.\n\n"
    "Iets fout gegaan? Met de opdracht esis reset staat het oefenbestuur weer zoals het was."
)


class HelpScreen(EsisScreen):
    """The page to read first."""

    ITEM = "help"
    HELP = (
        "De pijltjestoetsen, PgUp en PgDn bladeren door de tekst. Met Shift+Tab komt u bij de onderwerpen; Enter gaat er "
        "heen. Elk ander scherm heeft zijn eigen uitleg onder F1."
    )
    key_hints = (
        ("down", "↑↓", "Bladeren"),
        ("pagedown", "PgUp PgDn", "Bladzijde"),
        ("shift+tab", "Shift+Tab", "Onderwerpen"),
    )
    LEFT_TITLE = "Onderwerpen"
    LEFT_ENTRIES = (
        ("what", "Wat is dit", "Wat is dit"),
        ("walk", "Koppelen in stappen", "Stappen"),
        ("keys", "Alle sneltoetsen", "Sneltoetsen"),
        ("more", "Meer lezen", "Meer"),
    )

    def body(self) -> ComposeResult:
        """Four parts below one another, to scroll through."""
        with VerticalScroll(id="help-reading"):
            yield Panel("Wat is dit", Label(paragraphs(self.esis.in_keys(WHAT))), id="help-what")
            yield Panel(
                "Koppelen in stappen: IEP LVS", Facts(steps(self.esis.in_keys(WALK)), label_width=3), id="help-walk"
            )
            with Panel("Alle sneltoetsen", id="help-keys"):
                yield from self._keys()
            yield Panel("Meer lezen", Label(paragraphs(MORE)), id="help-more")

    def _keys(self) -> ComposeResult:
        for section in documentation.sections(browser=self.esis.in_browser):
            lines = (action.help for action in section.actions)
            told = (Fact(line.keys, f"{line.title}: {line.text}", is_key=True) for line in lines)
            yield Facts((Section(section.title), *told), label_width=3)

    def on_mount(self) -> None:
        """So that the arrow keys scroll."""
        self.query_one("#help-reading").focus()

    def open_entry(self, entry: str | Target) -> None:
        """Go to a part."""
        reading = self.query_one("#help-reading", VerticalScroll)
        reading.focus()
        reading.scroll_to_widget(self.query_one(f"#help-{entry}"), top=True, animate=False)
