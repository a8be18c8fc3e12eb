"""The match screen of a DULT file: who each pupil is, with Matchstatus and akkoord (sources.md#rollback)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from app import clock
from app.counted import counted
from app.history import version
from app.school.files import dult, dult_matching, dult_processing
from app.school.files.dult import DultFileRow, FileState
from app.school.files.dult_matching import Agreed, DultPupilRow, MatchStatus
from models.dult import DultPupil
from models.school import Pupil
from screens.shared import keys
from screens.shared.choosing_pupil import ChoosePupil
from screens.shared.dialogs import Confirm, Reading
from screens.shared.label import Label
from screens.shared.maintenance import ListScreen
from screens.shared.records import Column
from screens.shared.text import plain

_COLOURS = {MatchStatus.MATCHED: "ok", MatchStatus.PROPOSED: "warn", MatchStatus.UNMATCHED: "bold warn"}


def _agreed(row: DultPupilRow) -> str:
    return "ok" if row.agreed else "hint"


class MatchingScreen(ListScreen):
    """The pupils in one file."""

    ITEM = "dultkoppeling"
    BELOW = ("Leerlingen",)
    NEW = ""
    CHANGE = "Koppelen"
    DELETE = "Ontkoppelen"
    MORE = (("agree", "Akkoord"), ("agree_all", "Alles akkoord"), ("process", "Verwerken"))
    WITHOUT_ROW = ("add", "agree_all", "process")
    EMPTY = "In dit bestand staat niemand."
    COLUMNS = (
        Column("In het bestand", lambda row: row.name, 20, order=True),
        Column("Nummer", lambda row: row.key, 8, order=True),
        Column(
            "Geboren",
            lambda row: clock.dutch_date(row.birth_date),
            10,
            from_width=100,
            order=lambda row: row.birth_date,
        ),
        Column("Matchstatus", lambda row: row.status.label, 14, order=True, style=lambda row: _COLOURS[row.status]),
        Column("Leerling in ESIS", lambda row: row.matched or "(geen)", order=True),
        Column("Akk.", lambda row: "ja" if row.agreed else "nee", 4, order=True, style=_agreed),
        Column("Toelichting", lambda row: row.note, 26, from_width=110, order=True),
    )
    HELP = (
        "Links staat de leerling zoals het andere systeem die noemt, daarnaast die van ESIS. Gekoppeld: het nummer en de "
        "geboortedatum zijn gelijk, of de koppeling is onthouden. Voorstel: naam en geboortedatum zijn gelijk, het nummer niet; "
        "kijk of het klopt. Niet gekoppeld: kies zelf een leerling.\n\n"
        "Enter kiest een leerling. Spatie geeft akkoord voor de regel waar u op staat, of neemt het terug. * geeft akkoord voor "
        "alle leerlingen die Gekoppeld zijn; een Voorstel bekijkt u zelf. Del ontkoppelt en vergeet wat onthouden was.\n\n"
        "Met akkoord wordt de koppeling onthouden voor het volgende bestand. F2 verwerkt het bestand: de resultaten van wie "
        "akkoord heeft, komen in ESIS. Staat er niemand te kiezen, schrijf de leerling dan eerst in."
    )
    BINDINGS = [
        keys.TICK(
            "agree",
            "Akkoord",
            id="dult-pupils.agree",
            tooltip="Geeft akkoord voor deze leerling, of neemt het terug.",
        ),
        keys.TICK_ALL(
            "agree_all",
            "Alles akkoord",
            id="dult-pupils.agree-all",
            tooltip="Geeft akkoord voor alle leerlingen die Gekoppeld zijn.",
        ),
        keys.DONE("process", "Verwerken", id="dult.process", tooltip="Zet de resultaten met akkoord in ESIS."),
    ]

    def __init__(self, file_id: int, name: str) -> None:
        super().__init__()
        self.file_id, self._name = file_id, name

    def title_text(self) -> str:
        """The name of the file."""
        return f"Leerlingen in {self._name}"

    def above(self) -> ComposeResult:
        """The state of the file."""
        yield Label("", id="dult-state", classes="note")

    def rows(self) -> Sequence[DultPupilRow]:
        """Those that need attention first."""
        return dult_matching.pupils_of(self.actor, self.file_id)

    def read_above(self) -> DultFileRow:
        """The file."""
        return dult.file_row(self.actor, self.file_id)

    def show_above(self, row: DultFileRow) -> None:
        """Show its state."""
        who, what = counted(row.pupils, "leerling", "leerlingen"), counted(row.results, "resultaat", "resultaten")
        self.query_one("#dult-state", Label).update(plain(f"{row.state}: akkoord voor {row.agreed} van {who}, {what}."))

    def action_change(self) -> None:
        """Choose the pupil in ESIS."""
        row: DultPupilRow | None = self.chosen
        if row is None or not self._may():
            return
        actor, seen = self.actor, version(DultPupil(id=row.id))

        def chosen(pupil: Pupil | None) -> None:
            if pupil is not None:
                self.perform(
                    lambda: dult_matching.match(actor, row.id, pupil.key, seen),
                    lambda _: self.say(f"{row.name} is gekoppeld. Geef nog akkoord (spatie)."),
                )

        self.app.push_screen(ChoosePupil(actor, f"{row.name}, {clock.dutch_date(row.birth_date)}"), chosen)

    def question(self, row: DultPupilRow) -> tuple[str, str]:
        """Says that ESIS forgets the match too."""
        return (
            "Ontkoppelen?",
            f"{row.name} ({row.key}) hoort dan bij geen leerling, en ESIS onthoudt de koppeling niet meer.",
        )

    def delete(self, row: DultPupilRow) -> str:
        """Unmatch."""
        dult_matching.unmatch(self.actor, row.id)
        return f"{row.name} is ontkoppeld."

    def action_agree(self) -> None:
        """Agree with the row under the cursor, or withdraw that."""
        row: DultPupilRow | None = self.chosen
        if row is not None and self._may():
            actor = self.actor
            change = dult_matching.withdraw if row.agreed else dult_matching.agree
            self.perform(lambda: change(actor, row.id))

    def action_agree_all(self) -> None:
        """Agree with every matched pupil."""
        if self._may():
            actor = self.actor
            self.perform(lambda: dult_matching.agree_all(actor, self.file_id), self._agreed)

    def _agreed(self, done: Agreed) -> None:
        left = f" Nog {done.left} zonder akkoord: bekijk die zelf." if done.left else ""
        self.say(f"Akkoord gegeven voor {done.agreed}.{left}")
        if done.refused:
            self.app.push_screen(Reading("Zonder akkoord gebleven", "\n\n".join(done.refused)))

    def action_process(self) -> None:
        """Ask, then store the results."""
        if self._may():
            actor = self.actor
            self.perform(lambda: dult.file_row(actor, self.file_id), lambda row: process(self, row))


def process(screen: ListScreen, row: DultFileRow) -> None:
    """Ask, then process a file and say how it went."""
    actor, left = screen.actor, row.pupils - row.agreed
    if row.state is FileState.PROCESSED:
        screen.say(f"'{row.name}' is al verwerkt.")
        return
    out = f" Leerlingen zonder akkoord: {left}; hun resultaten blijven buiten ESIS." if left else ""
    question = Confirm(
        "Verwerken?",
        f"De resultaten van {counted(row.agreed, 'leerling', 'leerlingen')} uit '{row.name}' komen in ESIS.{out}",
        "Verwerken",
    )

    def answered(yes: bool | None) -> None:
        if yes:
            screen.perform(lambda: dult_processing.process(actor, row.id), lambda done: screen.say(done.sentence))

    screen.app.push_screen(question, answered)
