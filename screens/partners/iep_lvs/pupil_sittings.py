"""What one pupil sat, and Afname verplaatsen: a sitting that was registered for the wrong pupil
(sources.md#known-problems m).
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app import clock
from app.counted import counted
from app.partners.iep_lvs import moving
from app.partners.iep_lvs.connection import assessments
from app.partners.results_supplier import connecting
from models.partners.iep_lvs import IepPupil, IepSitting
from screens.partners.iep_lvs.page import IepPage
from screens.partners.iep_lvs.pupil_list import IepPupils
from screens.partners.page import Session
from screens.partners.pupil_list import name_and_key, name_of
from screens.shared.dialogs import Confirm
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows

KNOWN = {item.id: item for item in assessments()}


def _state(row: IepSitting) -> str:
    if not KNOWN[row.assessment].coupled:
        return "niet"
    if row.pending:
        return "geweigerd" if row.refusal else "gaat vannacht"
    return clock.dutch_moment(row.sent_at) if row.sent_at else "verstuurd"


class PupilSittings(IepPage):
    """The sittings of a pupil; Enter moves one to another pupil."""

    HERE = "pupils"
    PATH = ("Leerlingen", "Toetsafnames")
    HELP = (
        "De toetsafnames van deze leerling, de nieuwste bovenaan. Heeft een andere leerling de toets gemaakt, kies de afname "
        "dan met Enter: u verplaatst haar naar de leerling die haar echt heeft gemaakt.\n\n"
        "De resultaten gaan de eerstvolgende nacht opnieuw naar ESIS; die van de eindtoets niet. "
        "Staan ze daar al bij de verkeerde leerling, draai die "
        "levering dan in ESIS eerst terug (Koppelingen, de koppeling, Terugdraaien)."
    )

    def __init__(self, session: Session, pupil: IepPupil) -> None:
        super().__init__(session)
        self._pupil = pupil

    def body(self) -> ComposeResult:
        """The pupil, and the list."""
        yield Label("Kies met Enter een afname die een andere leerling heeft gemaakt.", classes="note")
        yield RecordList(
            [
                Column("Toets", lambda row: KNOWN[row.assessment].name),
                Column("Datum", lambda row: clock.dutch_date(row.date), 10, order=lambda row: row.date),
                Column("Score", lambda row: str(row.score), 5, right=True),
                Column("Niveau", lambda row: row.level, 6),
                Column("Naar ESIS", _state, 19),
            ],
            empty="Deze leerling heeft nog geen toets gemaakt.",
            id="iep-sittings",
            title=f"Toetsafnames van {name_and_key(self._pupil)}",
        )

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#iep-sittings").focus()

    def read(self) -> Sequence[IepSitting]:
        """What the pupil sat."""
        return moving.sittings_of(self._pupil)

    def show(self, found: Sequence[IepSitting]) -> None:
        """Show it."""
        self.query_one("#iep-sittings", RecordList).show(Rows(found))

    @on(RecordList.Chosen, "#iep-sittings")
    def _choose(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(MoveSitting(self.session, self._pupil, event.row))


class MoveSitting(IepPupils):
    """Choose the pupil who really sat it."""

    PATH = ("Leerlingen", "Toetsafnames", "Afname verplaatsen")
    TITLE_OF_LIST = "Afname verplaatsen"
    HELP = (
        "Kies met Enter de leerling die de toets echt heeft gemaakt; F3 gaat naar het zoekveld om op een deel van de naam te "
        "zoeken. Na uw bevestiging staat de afname met alle onderdelen bij die leerling."
    )

    def __init__(self, session: Session, wrong: IepPupil, sitting: IepSitting) -> None:
        super().__init__(session)
        self._wrong, self._sitting = wrong, sitting
        self._assessment = KNOWN[sitting.assessment]

    @property
    def _what(self) -> str:
        return f"{self._assessment.name} van {clock.dutch_date(self._sitting.date)}"

    def _then(self) -> str:
        return connecting.then(self.SUPPLIER, self.school, [self._assessment])

    def intro(self) -> str:
        """Which sitting is moved."""
        return f"{self._what}, nu bij {name_of(self._wrong)}. Welke leerling heeft de toets gemaakt?"

    def choose(self, pupil: IepPupil) -> None:
        """Ask, then move."""
        question = f"{self._what} gaat van {name_of(self._wrong)} naar {name_of(pupil)}. "
        question += self._then()
        confirm = Confirm("Afname verplaatsen?", question, "Verplaatsen")
        self.app.push_screen(confirm, lambda answer: self._move(pupil) if answer else None)

    def _move(self, pupil: IepPupil) -> None:
        school, row, wrong = self.school, self._sitting, self._wrong
        self.perform(lambda: moving.move(school, row.assessment, row.date, wrong.key, pupil.key), self._moved)

    def _moved(self, number: int) -> None:
        told = counted(number, "resultaat", "resultaten")
        self.say(f"Verplaatst: {told}. {self._then()}")
        self.app.pop_screen()
