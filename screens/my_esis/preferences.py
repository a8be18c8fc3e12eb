"""Mijn instellingen: the theme, applied at once and stored for this user, and where the settings and keys are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from app import accounts
from app.settings import settings_file
from models.board import User
from screens.shared import keys, own_name
from screens.shared.block import Block
from screens.shared.figures import growth_cell, level_legend
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import at_slashes, plain, wrapped
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
    _names: Sequence[str] = ()
    """The themes: ours, then those that come with Textual."""
    HELP = (
        "Kies met ↑ en ↓ een thema: het scherm krijgt meteen die kleuren. Enter of F2 bewaart uw keuze; gaat u weg "
        "zonder te bewaren, dan komt het oude thema terug. Het thema geldt alleen voor u. Onder de drie van ESIS staan die van "
        "Textual, waarmee dit programma is gemaakt.\n\n"
        "Met A wijzigt u ook de naam die op uw resultaten en certificaten staat.\n\n"
        "Toetsen kunt u veranderen in het instellingenbestand. Hoe elke actie daar heet, staat in docs/toetsen.md."
    )
    BINDINGS = [
        keys.DONE("keep", "Bewaren", id="preferences.keep", tooltip="Bewaart het thema waar u op staat."),
        keys.no_key(
            "own_name",
            own_name.TITLE,
            id="preferences.own-name",
            tooltip="Wijzigt de naam die op uw resultaten en certificaten staat.",
        ),
    ]

    def body(self) -> ComposeResult:
        """The themes; beside them a sample, the settings file and the keys."""
        yield Label(plain(self._override()), id="theme-override", classes="attention")
        with Horizontal(id="preferences"):
            yield ThemeList(
                [
                    Column(
                        "",
                        lambda name: "●" if name == self.kept else " ",
                        1,
                        style=lambda _name: "key",
                        aloud=lambda _name: "",  # the last column says it
                    ),
                    Column("", themes.title_of),
                    Column("", lambda name: "in gebruik" if name == self.kept else "", 10, style=lambda _name: "ok"),
                ],
                empty="",
                id="themes",
                title="Thema",
            )
            with Vertical(id="preferences-beside"):
                yield Block("Voorbeeld", id="theme-sample", opens=False)
                yield Block("Instellingenbestand", id="settings-file", opens=False)
                yield Block("Toetsen veranderen", id="settings-keys", opens=False)

    def on_mount(self) -> None:
        """The list starts at the current theme."""
        self.kept = self.app.theme
        others = sorted(name for name in self.app.available_themes if name not in themes.TITLES and "ansi" not in name)
        self._names = [*themes.TITLES, *others]
        self.query_one(RecordList).cursor = self._names.index(self.kept) if self.kept in self._names else 0
        self.query_one("#theme-override").display = bool(self._override())
        self.query_one("#theme-sample", Block).tell(lambda _width: [SAMPLE, LEVELS])
        source = self.esis.settings.source
        self.query_one("#settings-file", Block).tell(
            lambda width: wrapped(at_slashes(_settings_text(source), width), width)
        )
        self.query_one("#settings-keys", Block).tell(lambda width: wrapped(KEYS_TEXT, width))

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def show(self, _found: None) -> None:
        """Mark the theme in use."""
        self.query_one(RecordList).show(Rows(self._names))

    def on_screen_suspend(self) -> None:
        """A theme that was only previewed does not stay."""
        self.app.theme = self.kept

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A name only where one practises."""
        return (
            False if action == "own_name" and not self.esis.board.practice else super().check_action(action, parameters)
        )

    def action_own_name(self) -> None:
        """Change who sits at this board."""
        own_name.ask(self, self.esis.board)

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
        self.say(f"Thema '{themes.title_of(user.theme)}' is bewaard.")

    def _override(self) -> str:
        theme = self.esis.settings.theme
        if not theme:
            return ""
        return (
            f"In de instellingen van dit programma staat theme = '{theme}'. Dat gaat bij de start voor: uw keuze hier "
            "geldt daarna weer als die regel weg is."
        )


SAMPLE = Content("   ").join(
    Content(text).stylize(style)
    for text, style in (
        ("gewone tekst", "$ink"),
        ("uitleg", "$hint"),
        ("! let op", "bold $warn"),
        ("✓ gelukt", "bold $ok"),
        ("× fout", "bold $bad"),
    )
)
LEVELS = Content.assemble(level_legend(), "  ", growth_cell(9, 4), " ", growth_cell(-3, 4))
KEYS_TEXT = (
    "Zet in het instellingenbestand onder [keymap] de naam van de actie met de toetsen die u wilt, bijvoorbeeld:\n"
    "  [keymap]\n"
    '  "form.submit" = "f2,ctrl+s"\n'
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
