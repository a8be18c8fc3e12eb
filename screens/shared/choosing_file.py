"""Choosing a file to read: type its path or pick it from the folder; a preview comes first."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from app.files.named import is_folder
from app.refusals import Refused
from screens.shared.base import BaseScreen
from screens.shared.fields import NoteField, TextField
from screens.shared.folder import PathSuggester, beginning_of, entries, folder_of, typed_path
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

BUSY = "Bezig met lezen… Bij een groot bestand duurt dat even."
COLUMNS = (
    Column(
        "Bestand of map",
        lambda entry: entry.name,
        style=lambda entry: "label" if entry.is_folder else "bold ink",
        most=80,
    ),
    Column("Grootte", lambda entry: "map" if entry.is_folder else _size(entry.size), 9, right=True),
)


class Choosing(BaseScreen):
    """The path of a file; says what the file is, how it is read, and which screen previews it. Put it before the frame
    in the bases.
    """

    PATH: tuple[str, ...]
    KIND = ""
    """What is being chosen, as in `EDEXML-bestand`."""
    SCOPED_CSS = False
    CSS = """
    Choosing Form, Choosing Form > .fields, .-low Choosing Form.-titled > .fields { height: auto; }
    Choosing .line > Input { max-width: 100%; }
    Choosing .note { margin: 0; }
    Choosing #files { height: 1fr; min-height: 5; }
    Choosing #import-told { width: 1fr; padding: 0 1; color: $ok; background: $ok-bg; border-left: outer $ok; }
    Choosing #import-busy { width: 1fr; padding: 0 1; color: $warn; background: $warn-bg; border-left: outer $warn; }
    """
    SUFFIX: str | tuple[str, ...] = (".csv", ".xlsx")
    SUBMIT = "Voorbeeld bekijken"
    _start = ""
    _told = ""
    _folder: tuple[Path, str] | None = None

    @abstractmethod
    def note(self) -> str:
        """What is read and where it goes."""

    @abstractmethod
    def plan(self, path: Path) -> Any:
        """Work out what the file would do, off the UI thread. May raise `Refused`."""

    def tell(self, sentence: str) -> None:
        """Say above the form what was just done."""
        self.query_one("#import-told", Label).update(plain(sentence))
        self.query_one("#import-told").display = bool(sentence)

    @abstractmethod
    def preview_screen(self, path: Path, planned: Any) -> Screen[Any]:
        """The preview screen."""

    def body(self) -> ComposeResult:
        """The choice."""
        yield from self.choice()

    def choice(self) -> ComposeResult:
        """The form, then the files in the folder."""
        yield Label(plain(self._told), id="import-told")
        help = "→ vult aan; met Tab kiest u uit de lijst."
        path = TextField("path", "Bestand", required=True, value=self._start, check=self._check_path, help=help)
        yield Form([NoteField("note", value=self.note()), path], submit=self.SUBMIT, title="Bestand kiezen")
        yield Label("", id="import-busy")
        yield RecordList(COLUMNS, empty="Deze map is er niet of is niet te lezen.", id="files", title="Map")

    def _check_path(self, text: str) -> None:
        if not text.strip():
            raise Refused(f"Typ het pad van een {self.KIND}, of kies er een uit de lijst.")
        if is_folder(typed_path(text)):
            raise Refused("Dit is een map. Kies een bestand uit de lijst, of typ de naam erachter.")

    def on_mount(self) -> None:
        """Complete the path while typing; read at once if it is already known."""
        self.query_one("#field-path", Input).suggester = PathSuggester(self.SUFFIX)
        self.tell(self._told)
        self.busy("")
        self._list(self._start)
        if self._start:
            self.call_after_refresh(self._read)

    @property
    def path(self) -> Path:
        """The path as typed so far."""
        return typed_path(self.query_one(Form).values["path"])

    @on(Input.Changed, "#field-path")
    def _typed(self, event: Input.Changed) -> None:
        # A path is nothing to lose: leaving does not ask.
        self.query_one(Form).keep()
        self._list(event.value)

    def _list(self, text: str) -> None:
        asked = (folder_of(text), beginning_of(text))
        if asked != self._folder:
            self._folder = asked
            listed = self.query_one("#files", RecordList)
            listed.set_title(f"In {asked[0].absolute()}")
            listed.show(Rows(entries(*asked, self.SUFFIX)), keep_cursor=False)
            listed.cursor = min(1, max(0, listed.row_count - 1))  # the first after `../`

    @on(RecordList.Chosen, "#files")
    def _chosen(self, event: RecordList.Chosen) -> None:
        form, entry = self.query_one(Form), event.row
        form.set_value("path", f"{entry.path}/" if entry.is_folder else str(entry.path))
        if not entry.is_folder:
            form.action_submit()

    @on(Form.Submitted)
    def _read(self) -> None:
        self.begin(self.path)

    def begin(self, path: Path) -> None:
        """Read it, and show the preview."""
        self.busy(BUSY)
        self.perform(lambda: self.plan(path), self.show_preview, self.refused)

    def busy(self, sentence: str) -> None:
        """Say what is going on; nothing once it is done."""
        self.query_one("#import-busy", Label).update(sentence)
        self.query_one("#import-busy").display = bool(sentence)

    def show_preview(self, planned: Any) -> None:
        """Go on to the preview."""
        self.busy("")
        if self.is_current:
            self.app.push_screen(self.preview_screen(self.path, planned))

    def refused(self, refusal: Refused) -> None:
        """Show it beside the path."""
        self.busy("")
        self.query_one(Form).show_refusal(Refused(refusal.sentence, field="path"))


class ChooseFileScreen(Choosing, EsisScreen):
    """The same in ESIS."""

    def __init__(self, path: str = "", told: str = "") -> None:
        """Start with this path, read at once; `told` is what was just done."""
        super().__init__()
        self._start = path
        self._told = told

    def note(self) -> str:
        """It goes to the user's current location."""
        location, kind = self.actor.location, self.KIND[0].upper() + self.KIND[1:]
        return f"{kind} naar vestiging {location.brin6}, {location.school.name}, {location.name}."


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",") if size >= 1e6 else f"{-(-size // 1000)} kB"
