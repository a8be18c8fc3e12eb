"""What several keys come to in one word of a draaiboek: the menu, the palette, F6, F9 and signing in."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Checkbox, Input, OptionList, TextArea
from textual.widgets._select import SelectOverlay

from app.targets import MenuTab, PartnerPage, SchoolTime, Target
from screens.driving import wording
from screens.partners.sign_in import PartnerSignIn
from screens.shared.actions_menu import ActionsMenu
from screens.shared.base import BaseScreen
from screens.shared.forms import Form
from screens.shared.link import Link
from screens.shared.list_actions import ListActions
from screens.shared.records import RecordList
from screens.shared.tabs import Tabs
from screens.shell.programs import ESIS, partner_programs
from screens.start.sign_in import SignIn

if TYPE_CHECKING:
    from screens.shell.entry import Entry
    from screens.shell.esis import EsisApp

TELLING = (
    Button.Pressed,
    Link.Chosen,
    RecordList.Chosen,
    Tabs.Opened,
    OptionList.OptionSelected,
    SelectOverlay.UpdateSelection,
    Checkbox.Changed,
    ListActions.Marked,
    Input.Changed,
    TextArea.Changed,
    Input.Submitted,
    Form.Submitted,
)
"""The messages that say what was done."""
ADVANCES = {"to-morning": "until morning", "to-cut-off": "until 17:00"}
"""The buttons of the school time."""
START = "Startpagina"
SILENT = frozenset(("stop", "help_quit", "copy_text", "bell", "suspend_process", "record", "record_more"))
"""Actions of the program itself, which are no part of a draaiboek."""


class Tag(StrEnum):
    """What a recorded line belongs to."""

    NAMED = "named"
    """What says itself what was done."""
    KEY = "key"
    ENTER = "enter"
    """Enter in a field, which may only have moved on."""
    MOVE = "move"
    """Keys that go where the next one is for."""
    FILL = "fill"
    MENU = "menu"
    PALETTE = "palette"
    PROGRAMS = "programs"
    TIME = "time"
    SIGN_IN = "sign-in"


def is_silent(action: str) -> bool:
    """Whether it is about the program, or the recording."""
    return action in SILENT


def signs_in(screen: Any) -> bool:
    """Whether somebody signs in here."""
    return isinstance(screen, SignIn | PartnerSignIn)


def depends(node: DOMNode, action: str, screen: Screen[Any]) -> bool:
    """Whether what a key does depends on where the cursor or the focus is."""
    if isinstance(screen, BaseScreen) and (action == "actions" or screen.of_row(action)):
        return True
    return not isinstance(node, Screen | Form) and node is not screen.app


def chooses_by_key(before: Screen[Any], now: Screen[Any]) -> bool:
    """Whether a key was pressed in the window of actions, which it closed."""
    return isinstance(before, ActionsMenu) and now is not before


def title_of(program: str) -> str:
    """How `go to` calls a program; empty for what it cannot go to."""
    return "ESIS" if program == ESIS else next((row.title for row in partner_programs() if row.id == program), "")


def words_of(app: EsisApp, entry: Entry) -> list[str] | None:
    """The lines that do what an entry of the palette does; None if only choosing it there does."""
    run: Any = entry.run
    if run == app.sign_out:
        return ["sign out"]
    if isinstance(run, partial) and run.func == app.switch_mode:
        return [f"go to {title_of(run.args[0])}"]
    if isinstance(run, partial) and run.func == app.go:
        return _going(app, run.args[0])
    program = next((row for row in partner_programs() if row.id == app.current_mode), None)
    page = next((one for one in reversed(app.screen_stack) if not isinstance(one, ModalScreen)), None)
    if program is not None and page is not None and entry.title in dict(program.pages(page)) and not entry.is_found:
        return [f"open {entry.title}"]
    return None


def _going(app: EsisApp, target: Target) -> list[str] | None:
    match target:
        case SchoolTime(to="morning"):
            return ["advance until morning"]
        case SchoolTime(to="cut-off"):
            return ["advance until 17:00"]
        case PartnerPage(partner=partner, page=""):
            return [f"go to {title_of(partner)}"]
        case MenuTab():
            return None
    path = wording.for_place(target)
    if path is None:
        return None
    first = [] if app.current_mode == ESIS else ["go to ESIS"]
    return [*first, f"open {path}"]
