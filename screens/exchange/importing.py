"""Import: choose an EDEXML file; what it would do is shown before anything happens."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from app import access
from app.refusals import NotFound, Refused
from app.school import imports
from app.school.imports import ImportPreview, OtherLocation
from models.board import Location
from screens.exchange.folder import PathSuggester, beginning_of, entries, folder_of, typed_path
from screens.shared.dialogs import Confirm
from screens.shared.forms import Field, Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

PATH: tuple[str, ...] = ("Beheer", "Import-Export-Koppelingen", "Import")
BUSY = "Bezig met lezen… Bij een groot bestand duurt dat even."
COLUMNS = (
    Column("Bestand of map", lambda entry: entry.name),
    Column("Grootte", lambda entry: "map" if entry.is_folder else _size(entry.size), 9, right=True),
)


def check_path(text: str) -> None:
    """Raise `Refused` unless something was typed that is a file."""
    if not text.strip():
        raise Refused("Typ het pad van een EDEXML-bestand, of kies er een uit de lijst.")
    if typed_path(text).is_dir():
        raise Refused("Dit is een map. Kies een bestand uit de lijst, of typ de naam erachter.")


class ImportScreen(EsisScreen):
    """The path of a file, typed or chosen."""

    PATH = PATH
    HELP = (
        "Typ het pad van een EDEXML-bestand (2.0 of 2.1) en druk op F2, of ga met Tab naar de lijst en kies het met Enter. "
        "→ vult de grijze tekst aan. Een map opent u ook met Enter; ../ is de map erboven.\n\n"
        "U ziet eerst wat er zou veranderen: nieuwe, gewijzigde en ongewijzigde groepen, leerlingen en medewerkers, en de "
        "problemen met het regelnummer. Er verandert pas iets als u daarna Importeren kiest.\n\n"
        "Is het bestand van een andere vestiging, dan kunt u daar verder gaan; bestaat die nog niet, dan vraagt ESIS of "
        "die moet worden aangemaakt. Terug naar een andere vestiging gaat met Ctrl+P, Vestiging kiezen."
    )

    def __init__(self, path: str = "", told: str = "") -> None:
        """Begin with this path, read at once; `told` is what has just been done."""
        super().__init__()
        self._start = path
        self._told = told
        self._folder: tuple[Path, str] | None = None

    def body(self) -> ComposeResult:
        """The form, then the files in the folder."""
        location = self.actor.location
        yield Label("Import", classes="title")
        yield Label(plain(f"EDEXML naar vestiging {location.brin6}, {location.school.name}, {location.name}."),
                    classes="note")  # fmt: skip
        yield Label(plain(self._told), id="import-told", classes="paragraph")
        help = "→ vult aan; met Tab kiest u uit de lijst."
        yield Form([Field("path", "Bestand", required=True, value=self._start, check=check_path, help=help)],
                   submit="Voorbeeld bekijken (F2)")  # fmt: skip
        yield Label("", id="import-busy", classes="paragraph attention")
        yield Label("", id="folder", classes="section")
        yield RecordList(COLUMNS, empty="Deze map is er niet of is niet te lezen.", id="files")

    def on_mount(self) -> None:
        """Complete what is typed; read at once when the path is known already."""
        self.query_one("#field-path", Input).suggester = PathSuggester()
        self.query_one("#import-told").display = bool(self._told)
        self._busy("")
        self._list(self._start)
        if self._start:
            self.call_after_refresh(self._read)

    @on(Input.Changed, "#field-path")
    def _typed(self, event: Input.Changed) -> None:
        # A path is nothing to lose: leaving does not ask.
        self.query_one(Form).keep()
        self._list(event.value)

    def _list(self, text: str) -> None:
        asked = (folder_of(text), beginning_of(text))
        if asked != self._folder:
            self._folder = asked
            self.query_one("#folder", Label).update(plain(f"In {asked[0].absolute()}"))
            self.query_one("#files", RecordList).show(Rows(entries(*asked)), keep_cursor=False)

    @on(RecordList.Chosen, "#files")
    def _chosen(self, event: RecordList.Chosen) -> None:
        form, entry = self.query_one(Form), event.row
        form.set_value("path", f"{entry.path}/" if entry.is_folder else str(entry.path))
        if not entry.is_folder:
            form.action_submit()

    @on(Form.Submitted)
    def _read(self) -> None:
        actor, path = self.actor, typed_path(self.query_one(Form).values["path"])
        self._busy(BUSY)
        self.perform(lambda: imports.preview(actor, path), self._show_preview, self._refused)

    @on(Form.Cancelled)
    def _cancel(self) -> None:
        self.action_back()

    def _busy(self, sentence: str) -> None:
        self.query_one("#import-busy", Label).update(sentence)
        self.query_one("#import-busy").display = bool(sentence)

    def _show_preview(self, planned: ImportPreview) -> None:
        from screens.exchange.preview import PreviewScreen

        self._busy("")
        if self.is_current:
            self.app.push_screen(PreviewScreen(typed_path(self.query_one(Form).values["path"]), planned))

    def _refused(self, refusal: Refused) -> None:
        self._busy("")
        self.query_one(Form).show_refusal(Refused(refusal.sentence, field="path"))
        if isinstance(refusal, OtherLocation) and refusal.brin6 and self.is_current:
            self._offer(refusal.brin6)

    def _offer(self, brin6: str) -> None:
        """Go on at the location of the file: at once where the user has a role there, or when it is new."""
        try:
            location = access.find_location(self.actor.board, brin6)
        except NotFound:
            self._ask_new(brin6)
            return
        if location in access.locations_of(self.actor.user):
            question = Confirm(
                "Andere vestiging",
                f"Het bestand is van vestiging {brin6}, {location.name}. Wilt u daar verder gaan?",
                f"Naar {brin6}",
            )
            self.app.push_screen(question, lambda answer: self._continue_at(location) if answer else None)

    def _ask_new(self, brin6: str) -> None:
        question = Confirm(
            "Vestiging aanmaken?",
            f"Het bestand is van vestiging {brin6}, en die bestaat nog niet bij dit bestuur. ESIS kan haar aanmaken; u "
            "krijgt er dezelfde rol als hier. U ziet eerst het voorbeeld: de vestiging ontstaat pas met Importeren.",
            f"{brin6} aanmaken",
        )
        self.app.push_screen(question, lambda answer: self._read_for_new(brin6) if answer else None)

    def _read_for_new(self, brin6: str) -> None:
        actor, path = self.actor, typed_path(self.query_one(Form).values["path"])
        self._busy(BUSY)
        self.perform(lambda: imports.preview_new_location(actor, brin6, path), self._show_preview, self._refused)

    def _continue_at(self, location: Location) -> None:
        path = str(self.query_one(Form).values["path"])
        came_from = self.actor.location.brin6
        told = f"U werkt nu in vestiging {location.brin6}. Terug naar {came_from}: Ctrl+P, Vestiging kiezen."
        self.query_one(Form).keep()
        self.esis.use_location(location)
        self.app.push_screen(ImportScreen(path, told))
        self.say(told)


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",") if size >= 1e6 else f"{-(-size // 1000)} kB"
