"""Gebruikersvoorwaarden: a coupling's terms, to read or save as a file."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button

from app.couplings.catalogue import CouplingType
from screens.couplings.page import CouplingsPage
from screens.shared import keys
from screens.shared.controls import push_button
from screens.shared.files import free_name, save_text
from screens.shared.label import Label
from screens.shared.text import paragraphs, plain


class TermsScreen(CouplingsPage):
    """The terms of one coupling."""

    BELOW = ("Gebruikersvoorwaarden",)
    HELP = "De gebruikersvoorwaarden van deze koppeling: een oefentekst. Downloaden bewaart de tekst als bestand en zegt waar."
    BINDINGS = [
        keys.DONE(
            "download",
            "Downloaden",
            id="terms.download",
            tooltip="Bewaart de voorwaarden als tekstbestand en zegt waar.",
        ),
    ]

    SCOPED_CSS = False
    CSS = """
    TermsScreen #terms-text { height: 1fr; border: round $line; border-title-color: $ink; border-title-style: bold;
                              padding: 0 1; }
    TermsScreen #terms-text:focus { border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus; }
    TermsScreen #terms-text Label { width: 1fr; max-width: 80; }
    """

    def __init__(self, kind: CouplingType) -> None:
        super().__init__()
        self.kind = kind

    def body(self) -> ComposeResult:
        """The text and the button."""
        with VerticalScroll(id="terms-text") as text:
            text.border_title = plain(f"Gebruikersvoorwaarden van {self.kind.row}")
            yield Label(paragraphs(_as_read(self.kind.terms)))
        yield push_button("downloaden", id="download", variant="primary")

    def on_mount(self) -> None:
        """Let the arrow keys scroll and Tab go to the button."""
        self.query_one("#terms-text").focus()

    @on(Button.Pressed, "#download")
    def _pressed(self) -> None:
        self.action_download()

    def action_download(self) -> None:
        """Save the text in the downloads folder and say where."""
        kind = self.kind
        self.perform(
            lambda: save_text(free_name(f"gebruikersvoorwaarden-{kind.type}.md"), kind.terms, shared=True), self._saved
        )

    def _saved(self, path: Path) -> None:
        self.say(f"Bewaard als {path}")


def _as_read(markdown: str) -> str:
    """The text without heading marks, each paragraph on one line for the screen to wrap."""
    blocks = (
        block.lstrip("# ") if block.startswith("#") else block.replace("\n", " ") for block in markdown.split("\n\n")
    )
    return "\n\n".join(blocks)
