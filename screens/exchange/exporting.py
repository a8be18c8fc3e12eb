"""Exporteren: an EDEXML file of the location or some of its groups, or the CSV file of an export definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Checkbox, Select

from app import clock
from app.exchange.whole_file import FileExists, make_folder
from app.files.named import is_folder
from app.permissions import Permission
from app.refusals import Refused
from app.school import groups
from app.school.files import export_definitions, export_rows, exports
from app.school.people.names import identifier
from models.export import ExportDefinition
from models.school import Group
from screens.shared import keys
from screens.shared.dialogs import Confirm
from screens.shared.fields import ChoiceField, NoteField, TextField, TickField
from screens.shared.files import free_name
from screens.shared.folder import typed_path
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import paragraphs

EDEXML = "edexml"
GROUPS = (
    Column("Groep", lambda group: group.name),
    Column("Soort", lambda group: groups.GroupKind(group.kind).label, 16),
    Column("Leerjaren", lambda group: ", ".join(groups.year_groups_of(group)), 12, from_width=100),
)
ALL_GROUPS = "Groepen: kruis aan met de spatiebalk. Niets aangekruist is de hele vestiging."
PREVIEW_ROWS = 20


@dataclass(frozen=True)
class Made:
    """What was written: where, the counts and what to check."""

    path: Path
    sentence: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offered:
    """What can be exported: the groups, unless the user may not; and the first rows of the chosen definition."""

    groups: Sequence[Group] | None
    what: str
    titles: Sequence[str] = ()
    rows: Sequence[list[str]] = ()


def check_path(text: str) -> None:
    """Raise `Refused` if nothing or a folder was typed."""
    if not text.strip():
        raise Refused("Typ waar het bestand komt, met de naam van het bestand.")
    if is_folder(typed_path(text)):
        raise Refused("Dit is een map. Typ de naam van het bestand erachter.")


class ExportScreen(EsisScreen):
    """Choose what and where, then write the file."""

    ITEM = "exporteren"
    HELP = (
        "Kies bij Wat een EDEXML-bestand, of een van de exportdefinities (die maakt u bij Beheer > "
        "Import-Export-Koppelingen > Exportdefinities). F2 maakt het bestand; bestaat het al, dan vraagt ESIS of het mag "
        "worden overschreven.\n\n"
        "EDEXML 2.1 bevat de groepen van dit schooljaar, wie vandaag ingeschreven is en de actieve medewerkers. Ga met Tab "
        "naar de lijst en kruis groepen aan om alleen die mee te geven, met hun leerlingen en leerkrachten. Instructiegroepen "
        "en overige groepen staan er alleen als zij 'In koppelingen beschikbaar' zijn. Met Oud-leerlingen komt erbij wie dit "
        "schooljaar vertrok.\n\n"
        "Bij een definitie ziet u de eerste rijen van wat er in het bestand komt."
    )

    SCOPED_CSS = False
    CSS = """
    ExportScreen Form, ExportScreen Form > .fields, .-low ExportScreen Form.-titled > .fields { height: auto; }
    ExportScreen .line > Input { max-width: 100%; }
    ExportScreen .note { margin: 0; }
    ExportScreen #export-told { width: 1fr; padding: 0 1; color: $ok; background: $ok-bg; border-left: outer $ok; }
    ExportScreen RecordList { height: 1fr; min-height: 5; }
    """
    BINDINGS = [
        keys.DONE("export", "Exporteren", id="export.make", tooltip="Maakt het bestand."),
    ]

    def __init__(self, definition: int = 0) -> None:
        """Start with the definition with this id, or with EDEXML."""
        super().__init__()
        self._begin_with = definition
        self._definitions: dict[str, ExportDefinition] = {}
        self._offered = ""
        self._what = self._previewed = EDEXML
        self._working = False

    def body(self) -> ComposeResult:
        """The form, the outcome, then the groups or the first rows."""
        location = self.actor.location
        self._read_definitions()
        what = self._what = str(self._begin_with) if str(self._begin_with) in self._definitions else EDEXML
        self._offered = str(self._proposal(what))
        source = f"Van vestiging {location.brin6}, {location.school.name}, {location.name}."
        yield Form(
            [
                NoteField("source", value=source),
                ChoiceField("what", "Wat", value=what, options=self._options()),
                TickField("leavers", "Oud-leerlingen", value=False, help="Ook wie dit schooljaar vertrok."),
                TextField("path", "Bestand", required=True, value=self._offered, check=check_path),
            ],
            submit="Exporteren",
            title=self.PATH[-1],
        )
        yield Label("", id="export-told")
        yield RecordList(GROUPS, empty="", id="export-groups", marking=True, title=ALL_GROUPS)
        yield RecordList((), empty="", id="export-preview", title="Voorbeeld: de eerste rijen")

    def on_mount(self) -> None:
        """Show that nothing was written yet."""
        for listed in self.query(RecordList):
            listed.opens = False
        self._tell("")
        self._show_below()

    def read(self) -> Offered:
        """The groups, and the first rows of the chosen definition."""
        actor, what = self.actor, self._what
        found = exports.exportable(actor) if actor.may(Permission.EXPORT) else None
        if what == EDEXML:
            return Offered(found, what)
        definition = self._definitions[what]
        return Offered(
            found,
            what,
            export_rows.titles(definition),
            export_rows.first_rows(actor, definition, PREVIEW_ROWS),
        )

    def show(self, found: Offered) -> None:
        """Show them."""
        if found.groups is not None:
            listed = self.query_one("#export-groups", RecordList)
            listed.empty = (
                "Er zijn dit schooljaar nog geen groepen. Maak ze bij Beheer > Inrichten > Groepen en onderwijssoorten, of "
                "lees ze in met Import."
            )
            listed.show(Rows(found.groups))
        if found.what != EDEXML:
            self._show_preview(found)

    def _read_definitions(self) -> None:
        may = self.actor.may(Permission.EXPORT)
        found = export_definitions.usable(self.actor) if may else []
        self._definitions = {str(one.id): one for one in found}

    def _options(self) -> tuple[tuple[str, str], ...]:
        own = tuple((f"Definitie: {one.name}", key) for key, one in self._definitions.items())
        return (("EDEXML 2.1: groepen, leerlingen en medewerkers", EDEXML), *own)

    def _proposal(self, what: str) -> Path:
        """A free name in the downloads folder."""
        today = clock.school_today(self.actor.board).isoformat()
        if what == EDEXML:
            return free_name(f"edexml-{self.actor.location.brin6}-{today}.xml")
        return free_name(f"{identifier(self._definitions[what].name) or 'export'}-{today}.csv")

    @on(Select.Changed, "#field-what")
    def _other(self, event: Select.Changed) -> None:
        self._what = str(event.value)
        form = self.query_one(Form)
        if form.values["path"] == self._offered:  # keep a path the user typed
            self._offered = str(self._proposal(self._what))
            form.set_value("path", self._offered)
        form.keep()
        self._tell("")
        self._show_below()
        self.refresh_data()

    @on(Checkbox.Changed)
    def _ticked(self) -> None:
        self.query_one(Form).keep()  # leaving loses nothing here

    def _show_below(self) -> None:
        edexml = self._what == EDEXML
        self.query_one("#row-leavers").display = edexml
        self.query_one("#export-groups").display = edexml
        self.query_one("#export-preview").display = not edexml

    def _show_preview(self, found: Offered) -> None:
        listed = self.query_one("#export-preview", RecordList)
        listed.columns = tuple(Column(title, partial(_cell, place)) for place, title in enumerate(found.titles))
        listed.empty = (
            "Geen rij voldoet aan de voorwaarden van deze definitie; het bestand heeft dan alleen een kopregel."
        )
        listed.show(Rows(found.rows), keep_cursor=found.what == self._previewed)
        self._previewed = found.what

    def action_export(self) -> None:
        """Submit the form, from the list too."""
        self.query_one(Form).action_submit()

    @on(Form.Submitted)
    def _submitted(self) -> None:
        self._write(overwrite=False)

    def _write(self, overwrite: bool) -> None:
        if self._working:
            return
        values, marked = self.query_one(Form).values, self.query_one("#export-groups", RecordList).marked
        path = typed_path(values["path"])
        what, leavers, chosen = self._what, bool(values["leavers"]), list(marked.values())
        self._working = self.perform(
            lambda: self._made(what, path, chosen, leavers, overwrite), self._written, self._refused
        )
        if self._working:
            self._tell("Bezig met schrijven…")

    def _made(self, what: str, path: Path, chosen: list[Any], leavers: bool, overwrite: bool) -> Made:
        if path.parent == Path(self._offered).parent:
            make_folder(path.parent)  # we proposed the downloads folder, so create it
        if what == EDEXML:
            told = exports.edexml_to_file(
                self.actor, path, chosen, leavers=leavers, overwrite=overwrite, progress=self._progress
            )
            return Made(path, told.sentence(), told.warnings)
        written = export_rows.to_file(self.actor, self._definitions[what], path, overwrite, self._progress)
        return Made(path, written.sentence())

    def _progress(self, rows: int) -> None:
        self.app.call_from_thread(self._tell, f"Bezig met schrijven… {rows}")

    def _written(self, made: Made) -> None:
        self._working = False
        lines = [f"✓ {made.path}", made.sentence, *(f"Let op: {warning}" for warning in made.warnings)]
        self._tell("\n".join(lines))
        if not self.is_current:
            self.say(f"✓ {made.path}: {made.sentence}")

    def _refused(self, refusal: Refused) -> None:
        self._working = False
        self._tell("")
        if isinstance(refusal, FileExists):
            question = Confirm(
                "Overschrijven?", f"{refusal.path} bestaat al.", "Overschrijven", "Andere naam kiezen", danger=True
            )
            self.app.push_screen(question, lambda yes: self._write(overwrite=True) if yes else None)
        else:
            self.show_refusal(refusal)

    def _tell(self, sentence: str) -> None:
        label = self.query_one("#export-told", Label)
        label.update(paragraphs(sentence))
        label.display = bool(sentence)

    def action_back(self) -> None:
        """Go back, but not while writing: the user must see the outcome."""
        if self._working:
            self.say("Het bestand wordt geschreven; een ogenblik geduld.")
        else:
            super().action_back()


def _cell(place: int, row: list[str]) -> str:
    return row[place]
