"""Mijn instellingen: the theme, applied at once and stored for this user, and where the settings and keys are."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from app import accounts
from app.settings import settings_file
from models.board import User
from screens.shared import keys
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import paragraphs, plain
from screens.shell import themes


class ThemeList(RecordList):
    """The themes; moving the cursor to one previews it."""

    BINDINGS = [
        keys.OPEN(
            "choose",
            "Bewaren",
            id="preferences.choose",
            show=False,
            tooltip="Bewaart het thema waar u op staat.",
        ),
    ]


class PreferencesScreen(EsisScreen):
    """The user's own choices."""

    ITEM = "mijn-instellingen"
    HELP = (
        "Kies met ↑ en ↓ een thema: het scherm krijgt meteen die kleuren. Enter of F2 bewaart uw keuze; gaat u weg "
        "zonder te bewaren, dan komt het oude thema terug. Het thema geldt alleen voor u.\n\n"
        "Toetsen kunt u veranderen in het instellingenbestand. Hoe elke actie daar heet, staat in docs/toetsen.md."
    )
    BINDINGS = [
        keys.DONE("keep", "Bewaren", id="preferences.keep", tooltip="Bewaart het thema waar u op staat."),
    ]

    def body(self) -> ComposeResult:
        """The themes with a sample, then the settings file and the keys."""
        yield Label(self.PATH[-1], classes="title")
        yield Label("Thema", classes="section")
        yield ThemeList(
            [
                Column("", lambda name: "●" if name == self.kept else " ", 1),
                Column("Naam", lambda name: themes.TITLES[name], 34),
                Column("", lambda name: "in gebruik" if name == self.kept else "", 0),
            ],
            empty="",
            id="themes",
        )
        with Horizontal(id="theme-sample"):
            yield Label("Voorbeeld:")
            yield Label("gewone tekst")
            yield Label("! let op", classes="attention")
            yield Label("✓ gelukt", classes="good")
            yield Label("× fout", classes="bad")
            yield Label("uitleg", classes="faint")
        yield Label(plain(self._override()), id="theme-override", classes="paragraph attention")
        yield Label("Instellingenbestand", classes="section")
        yield Label(paragraphs(_settings_text(self.esis.settings.source)), classes="paragraph")
        yield Label("Toetsen veranderen", classes="section")
        yield Label(paragraphs(KEYS_TEXT), classes="paragraph")

    def on_mount(self) -> None:
        """The list starts at the current theme."""
        self.kept = self.app.theme
        listed = self.query_one(RecordList)
        listed.cursor = list(themes.TITLES).index(self.kept) if self.kept in themes.TITLES else 0
        listed.styles.height = len(themes.TITLES) + 1
        self.query_one("#theme-override").display = bool(self._override())

    def show(self, _found: None) -> None:
        """Mark the theme in use."""
        self.query_one(RecordList).show(Rows(list(themes.TITLES)))

    def on_screen_suspend(self) -> None:
        """A theme that was only previewed does not stay."""
        self.app.theme = self.kept

    @on(RecordList.Highlighted)
    def _try_on(self, event: RecordList.Highlighted) -> None:
        if event.row is not None and self.is_current:
            self.app.theme = event.row

    @on(RecordList.Chosen)
    def action_keep(self) -> None:
        """Store the theme under the cursor."""
        actor, theme = self.actor, self.query_one(RecordList).row
        self.perform(lambda: accounts.keep_theme(actor, str(theme)), self._kept)

    def _kept(self, user: User) -> None:
        self.kept = user.theme
        self.app.theme = user.theme
        self.say(f"Thema '{themes.TITLES[user.theme]}' is bewaard.")

    def _override(self) -> str:
        theme = self.esis.settings.theme
        if not theme:
            return ""
        return (
            f"In de instellingen van dit programma staat theme = '{theme}'. Dat gaat bij de start voor: uw keuze hier "
            "geldt daarna weer als die regel weg is."
        )


KEYS_TEXT = (
    "Zet in het instellingenbestand onder [keymap] de naam van de actie met de toetsen die u wilt, bijvoorbeeld:\n"
    "    [keymap]\n"
    '    "form.submit" = "f2,ctrl+s"\n'
    "De namen staan in docs/toetsen.md. Start het programma daarna opnieuw."
)


def _settings_text(source: str) -> str:
    path = settings_file()
    there = "Het wordt gelezen." if source else "Het bestaat nog niet; u mag het zelf maken."
    return f"{short_path(path)}\n{there} Een vlag of een variabele ESIS_... gaat voor."


def short_path(path: Path) -> str:
    """A path with the user's home folder written as `~`."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
