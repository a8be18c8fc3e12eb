"""Questions over a screen: yes or no, a word to type, one from a list. Each returns a value, or None for Esc."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from app.exchange.names import is_typed
from app.refusals import Refused
from screens.shared import keys
from screens.shared.answers import Answers
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.key_bar import KeyBar
from screens.shared.label import ErrorLine, Label
from screens.shared.reads_beside import ReadsBeside
from screens.shared.sizes import HEIGHTS, WIDTHS, set_sizes
from screens.shared.text import paragraphs, plain

Answer = TypeVar("Answer")


def other_button(dialog: str) -> list[BindingType]:
    """The arrow keys between a dialog's buttons; `dialog` is its name in the keymap."""
    return [
        key("app.focus_next", "Andere knop", id=f"{dialog}.other", show=False, tooltip="Gaat naar de andere knop.")
        for key in (keys.LEFT, keys.RIGHT, keys.UP, keys.DOWN)
    ]


class Box(Vertical):
    """What a dialog or a drawer shows, with its title in the border; red if what is asked about is destructive."""

    def __init__(self, title: str, *, danger: bool = False, classes: str = "dialog", id: str | None = None) -> None:
        super().__init__(id=id, classes=f"{classes} -danger" if danger else classes)
        self.border_title = plain(f"! {title}" if danger else title)


class Dialog(ModalScreen[Answer], ReadsBeside[Answer]):
    """A box in the middle, with the keys that work in it at the bottom; Esc returns None."""

    SCOPED_CSS = False
    HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS = WIDTHS, HEIGHTS
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $bg 86%; }
    .dialog, .drawer { border: heavy $focus; background: $surface; border-title-color: $on-focus;
                       border-title-background: $focus; border-title-style: bold; border-subtitle-color: $key; }
    .dialog { width: 66; max-width: 96%; height: auto; max-height: 90%; padding: 1 2; }
    .dialog.-danger { border: heavy $danger; border-title-color: $on-danger; border-title-background: $danger; }
    .dialog-wide { width: 116; height: 85%; padding: 0 2; }
    .dialog-title { text-style: bold; width: 1fr; margin: 0 0 1 0; color: $ink; }
    .dialog-text { width: 1fr; margin: 0 0 1 0; }
    .dialog-hint { width: 1fr; margin: 0 0 1 0; color: $hint; }
    .dialog .buttons { align-horizontal: right; }
    .dialog-wide .buttons { align-horizontal: left; }
    .dialog Button { margin: 0 0 0 2; }
    .dialog OptionList { height: auto; max-height: 16; background: $surface; border: none; }
    .dialog OptionList, .dialog OptionList:focus { background-tint: transparent; }
    .dialog TextLine { height: 3; padding: 0 1; border: round $edge; background: transparent; }
    .dialog TextLine:focus { border: heavy $focus; background: transparent; }
    .-low .dialog { padding: 0 2; }
    .-low .dialog TextLine, .dialog.-low TextLine { height: 1; border: none; background: $field;
                                                              border-left: vkey $edge; border-right: vkey $edge; }
    .-low .dialog TextLine:focus, .dialog.-low TextLine:focus {
        border: none; border-left: outer $focus; border-right: outer $focus; background: $here; }
    """
    BINDINGS = [
        keys.BACK("cancel", "Annuleren", id="dialog.cancel", tooltip="Sluit zonder iets te doen."),
        keys.FIND("app.find", id="app.find", tooltip="Zoekt een scherm of actie op een deel van de naam."),
        keys.HELP("app.explain", "Help", id="app.help", tooltip="Legt dit venster uit en noemt de toetsen."),
    ]
    look = ""
    """The classes of the partner whose program it was opened from, so that it has its colours."""

    def on_compose(self) -> None:
        """Know the size, and whose program it lies over, before anything is mounted."""
        set_sizes(self)
        below = next((one for one in reversed(self.app.screen_stack) if one is not self), None)
        self.look = getattr(below, "look", "")
        self.add_class("-dialog", *self.look.split())

    def on_mount(self) -> None:
        """The keys that work here, where they stand on every screen.

        Textual calls each class's handlers itself, so a subclass with its own does not call `super`.
        """
        self.mount(KeyBar())

    def action_cancel(self) -> None:
        """No answer."""
        self.dismiss(None)


class Drawer(Dialog[Answer]):
    """A box at the right as high as the screen, and as wide where that is narrow."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Drawer { align: right top; background: $bg 70%; }
    .drawer { width: 62; height: 1fr; padding: 0 2; }
    .-narrow .drawer { width: 100%; }
    """
    BINDINGS = [keys.BACK("cancel", "Sluiten", id="dialog.cancel", tooltip="Sluit dit venster.")]


class Confirm(Dialog[bool]):
    """A question with two buttons; the safe one has the focus."""

    BINDINGS = other_button("confirm")

    def __init__(
        self,
        title: str,
        question: str,
        yes: str,
        no: str = "Annuleren",
        *,
        danger: bool = False,
        gentler: str = "",
    ) -> None:
        """`danger`: yes destroys something; `gentler`: what one may want instead."""
        super().__init__()
        self._title, self._question, self._yes, self._no = title, question, yes, no
        self._danger, self._gentler = danger, gentler

    def compose(self) -> ComposeResult:
        """Title, question, buttons."""
        with Box(self._yes, danger=self._danger):
            yield Label(plain(self._title), classes="dialog-title")
            yield Label(paragraphs(self._question), classes="dialog-text")
            if self._gentler:
                yield Label(plain(self._gentler), classes="dialog-hint")
            with Buttons():
                yield push_button(self._no, id="no")
                yield push_button(self._yes, id="yes", variant="error" if self._danger else "primary")

    def on_mount(self) -> None:
        """Focus the safe answer first."""
        self.query_one("#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


class Typing(Dialog[Answer]):
    """A box with a text line. Return the outcome from `answer`."""

    BINDINGS = [keys.DONE("submit", "Gereed", id="typing.submit", tooltip="Bevestigt wat u typte.")]
    VARIANT: Literal["primary", "error"] = "primary"
    no = "Annuleren"
    """What leaving it is called."""

    def __init__(self, title: str, question: str, asked: str, yes: str, *, gentler: str = "") -> None:
        """`gentler`: what one may want instead."""
        super().__init__()
        self._title, self._question, self._asked, self._yes = title, question, asked, yes
        self._gentler = gentler
        self.key_texts = {"submit": yes}

    def compose(self) -> ComposeResult:
        """Title, question, the line, buttons."""
        with Box(self._yes, danger=self.VARIANT == "error"):
            yield Label(plain(self._title), classes="dialog-title")
            yield Label(paragraphs(self._question), classes="dialog-text")
            if self._gentler:
                yield Label(plain(self._gentler), classes="dialog-hint")
            yield Label(plain(self._asked), classes="dialog-text")
            yield TextLine(id="word")
            yield ErrorLine(id="word-error")
            with Buttons():
                yield push_button(self.no, id="no")
                yield push_button(self._yes, id="yes", variant=self.VARIANT, disabled=not self.may_go_on(""))

    def on_mount(self) -> None:
        """Focus the line at once."""
        self.query_one("#word").focus()

    def may_go_on(self, typed: str) -> bool:  # noqa: ARG002
        """Whether the button goes on with this; F2 and Enter do in any case, or say what is wrong."""
        return True

    @on(Input.Changed, "#word")
    def _typed(self, event: Input.Changed) -> None:
        self.query_one("#yes").disabled = not self.may_go_on(event.value.strip())

    @abstractmethod
    def answer(self, typed: str) -> Answer:
        """What the typed text means. Raises `Refused`."""

    def action_submit(self) -> None:
        """Go on, or say what is wrong."""
        try:
            answer = self.answer(self.query_one("#word", Input).value.strip())
        except Refused as refusal:
            self.query_one(ErrorLine).tell(refusal.sentence)
        else:
            self.dismiss(answer)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_submit()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.action_submit()
        else:
            self.dismiss(None)


class ConfirmByTyping(Typing[bool]):
    """For what cannot be undone: type the name to go on."""

    VARIANT = "error"

    def __init__(self, title: str, question: str, word: str, yes: str, *, gentler: str = "") -> None:
        super().__init__(title, question, f"Typ ter bevestiging: {word}", yes, gentler=gentler)
        self._word = word

    def may_go_on(self, typed: str) -> bool:
        """Once the word is right."""
        return is_typed(typed, self._word)

    def answer(self, typed: str) -> bool:
        """Yes, if the word is right."""
        if not self.may_go_on(typed):
            raise Refused(f"U typte '{typed}'; typ '{self._word}'.")
        return True


class Choose(Dialog[str]):
    """One from a list, with optional text above it to read before choosing."""

    def __init__(self, title: str, options: list[tuple[str, str]], text: str = "", *, now: str | None = None) -> None:
        """`now`: the key of the current choice."""
        super().__init__()
        self._title, self._options, self._text, self._now = title, options, text, now

    def compose(self) -> ComposeResult:
        """Title, text and options."""
        with Box(self._title):
            if self._text:
                yield Label(paragraphs(self._text), classes="dialog-text")
            yield Answers(*[Option(plain(text), id=key) for key, text in self._options], now=self._now)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


CLOSES = keys.BACK("cancel", "Sluiten", id="dialog.cancel", tooltip="Sluit dit venster.")
"""For windows in which nothing is asked."""


class Reading(Dialog[None]):
    """A text to read, scrolled with the arrow keys."""

    BINDINGS = [CLOSES]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Title and text."""
        with Box(self._title, classes="dialog dialog-wide"), VerticalScroll(id="reading"):
            yield Label(paragraphs(self._text))

    def on_mount(self) -> None:
        """So that the arrow keys scroll."""
        self.query_one("#reading").focus()


def unless_changed(
    changed: bool | Sequence[str],
    ask: Callable[[Confirm, Callable[[bool | None], None]], object],
    leave: Callable[[], None],
) -> None:
    """Leave at once, or after a question if a form was changed."""
    if not changed:
        leave()
        return
    where = f" bij {' en '.join(changed)}" if isinstance(changed, Sequence) else ""
    question = Confirm(
        "Wijzigingen weggooien?",
        f"U heeft iets ingevuld{where} dat nog niet is opgeslagen.",
        "Weggooien",
        "Verder invullen",
        danger=True,
    )
    ask(question, lambda answer: leave() if answer else None)
