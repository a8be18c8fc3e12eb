"""A: everything that can be done with the row or page in front, each with its key, or why it cannot be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Button

from screens.shared import keys
from screens.shared.dialogs import CLOSES, Box, Dialog
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

WAYS_OUT = ("back", "leave", "actions", "Annuleren")
"""Actions and buttons that only leave, or lead here."""
GONE = "De regel waar u op stond, is er niet meer: iemand anders wijzigde de lijst. Er is niets gedaan."
NOT_NOW = "Dat kan nu niet."
WIDEST = 32
"""Cells that a title gets at the most in the window."""
ANY_LIST = (keys.SORT.keys, keys.EXPORT.keys)
"""What can be done with any list; it comes last."""
OF_ONE = frozenset(key for meaning in (keys.CHANGE, keys.REMOVE) for key in meaning.each)
"""Keys that are about the row in front, on any screen with a list."""
OF_TABS = frozenset(key for meaning in keys.TABS for key in meaning.each)
"""Keys that go to a tab, which stands on the screen."""


@dataclass(frozen=True)
class Act:
    """Something that can be done; `why` says why not now."""

    title: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    """Those that do it now, the first one shown."""
    about: str = ""
    why: str = ""
    minor: bool = False
    """Whether it is what any list can do."""
    record: str = ""
    """What it is done with, where that is one row or the record of the page."""


def acts_of(screen: Screen[Any]) -> list[Act]:
    """Everything to be done on a screen now: what has the focus first, the actions without a key too, then buttons;
    what any list can do comes last.
    """
    doing, found = partial(screen.app.call_later, _do, screen, _on_its_row(screen)), dict[str, Act]()
    taken: set[str] = set()
    actions: set[str] = set()
    names: dict[tuple[DOMNode, str], str] = {}
    for node, binding in declared(screen):
        allowed = screen.app._check_action_state(binding.action, node)
        if allowed is False:
            continue
        own = () if binding.key in taken or binding.key.startswith(keys.WITHOUT) else (binding.key,)
        taken.add(binding.key)
        name = names.setdefault((node, binding.action), binding.id or "")  # keys that do the same are one line
        known = found.get(name)
        why = _why_not(screen, binding.action) or ("" if allowed else NOT_NOW)
        run = partial(doing, partial(screen.app.run_action, binding.action, node))
        title, about = _told_of(node, binding)
        found[name] = Act(
            title,
            run,
            (*(known.keys if known else ()), *own),
            about,
            why,
            binding.key in ANY_LIST,
            _record_of(screen, node, binding),
        )
        actions.add(binding.action)
    said = {act.title for act in found.values()} | set(WAYS_OUT)
    buttons = (replace(act, run=partial(doing, act.run)) for act in _buttons(screen, said, actions))
    return sorted([*found.values(), *buttons], key=lambda act: act.minor)


def _told_of(node: DOMNode, binding: Binding) -> tuple[str, str]:
    """What an action is called and does: on a list what that list says of changing, which may be to open."""
    title: str = getattr(node, "CHANGE", "")
    if binding.action != "change" or not title or title == binding.description:
        return binding.description, binding.tooltip
    own = (one for _, one in node._bindings if one.action == "change" and one.description == title and one.tooltip)
    return title, next((one.tooltip for one in own), "Hetzelfde als Enter op de regel.")


def _do(screen: Screen[Any], stands: Callable[[], bool], run: Callable[[], object]) -> object:
    """Do it, if what it would be done with is still there at that moment: the list is read again as the window closes.

    Returns what Textual is to wait for.
    """
    if stands():
        return run()
    screen.app.notify(GONE, severity="warning", markup=False)
    return None


def _on_its_row(screen: Screen[Any]) -> Callable[[], bool]:
    """Tells later whether the list in front is still on the row that it is on now."""
    listed = _in_front(screen)
    if listed is None or (row := listed.row) is None:
        return lambda: True
    known_by = listed.identity(row)
    return lambda: listed.row is not None and listed.identity(listed.row) == known_by


def _in_front(screen: Screen[Any]) -> RecordList | None:
    """The list whose row is meant."""
    return screen.focused if isinstance(screen.focused, RecordList) else _only_list(screen)


def _record_of(screen: Screen[Any], node: DOMNode, binding: Binding) -> str:
    """What an action is done with: the row in front or the record of the page; empty for what is done with neither."""
    of_row: Callable[[str], bool] = getattr(screen, "of_row", lambda _action: False)
    if of_row(binding.action):
        return _row_named(_in_front(screen))
    if node is not screen or binding.key in ANY_LIST:
        return ""
    return str(getattr(screen, "of_record", "")) or (_row_named(_in_front(screen)) if binding.key in OF_ONE else "")


def _row_named(listed: RecordList | None) -> str:
    if listed is None or listed.row is None:
        return ""
    return next((column.text(listed.row) for column in listed.columns if column.title), "")


def _only_list(screen: Screen[Any]) -> RecordList | None:
    lists = [one for one in screen.query(RecordList) if one.display and one.focusable]
    return lists[0] if len(lists) == 1 else None


def declared(screen: Screen[Any]) -> Iterator[tuple[DOMNode, Binding]]:
    """The bindings of what has the focus, of the only list on the screen, and of the screen, whether possible or not."""
    focused = screen.focused
    nodes: list[DOMNode] = list(focused.ancestors_with_self) if focused is not None else []
    nodes = nodes[: nodes.index(screen)] if screen in nodes else []
    for node in nodes:
        yield from ((node, binding) for binding in _with_their_keys(node))
    if (listed := _only_list(screen)) is not None and listed not in nodes:
        yield from ((listed, binding) for binding in _with_their_keys(listed))
    yield from ((screen, binding) for binding in _with_their_keys(screen))


def _with_their_keys(node: DOMNode) -> Iterator[Binding]:
    """The actions of a node with the keys that do them now: those of the settings file, where it gives any."""
    keymap = node.app._keymap
    given = {key for _, one in node._bindings for key in keymap.get(one.id or "", "").split(",")}
    seen: set[str] = set()
    for _, binding in node._bindings:
        name = binding.id or ""
        if not is_action(binding) or binding.key in OF_TABS:
            continue
        if name not in keymap:
            yield binding.with_key(f"{keys.WITHOUT}{name}") if binding.key in given else binding
        elif name not in seen:
            seen.add(name)
            yield from (binding.with_key(key) for key in keymap[name].split(","))


def is_action(binding: Binding) -> bool:
    """Whether it does something, rather than only move, leave or work everywhere."""
    return (
        bool(binding.tooltip and binding.id)
        and not str(binding.id).startswith("app.")
        and binding.key not in keys.MOVING
        and binding.action not in WAYS_OUT
        and (binding.show or binding.key != keys.OPEN.keys)
        and binding.id != "link.choose"  # a link says itself what it opens
    )


def _why_not(screen: Screen[Any], action: str) -> str:
    reason_for: Callable[[str], str] = getattr(screen, "reason_for", lambda _action: "")
    return reason_for(action.partition("(")[0])


def _buttons(screen: Screen[Any], said: set[str], actions: set[str]) -> Iterator[Act]:
    """The buttons that no action stands for."""
    for button in screen.query(Button):
        title = str(button.label).strip("[] ")
        if button.display and title not in said and button.id not in actions and not button.disabled:
            yield Act(title, button.press)


class Acts(RecordList):
    """The actions, to choose from; sorting and saving are among them, rather than done with them."""

    key_texts: Mapping[str, str] = {"choose": "Kiezen"}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what chooses."""
        return action != "save_csv" and super().check_action(action, parameters)


class ActionsMenu(Dialog[Act]):
    """The window: choose with Enter, or press the key of an action."""

    DEFAULT_CSS = """
    #acts { width: 92; }
    #acts Acts { max-height: 16; background: $surface; }
    #acts #act-about { width: 1fr; height: 2; margin: 1 0 0 2; color: $label; }
    .-narrow #acts #act-about { height: 3; }
    """
    BINDINGS = [CLOSES]

    HELP = (
        "Alles wat u met de regel of het scherm kunt doen. Kies met de pijltjes en Enter, of druk op de toets die ervoor "
        "staat. Wat nu niet kan, staat er gedempt, met de reden."
    )

    def __init__(self, title: str, acts: Sequence[Act]) -> None:
        super().__init__()
        self._title, self._acts = title, acts

    def compose(self) -> ComposeResult:
        """A line for each action, and the whole explanation of the one under the cursor."""
        with Box(self._title, id="acts"):
            listed = Acts(self._columns(), empty="Hier is niets te doen.")
            listed.styles.height = len(self._acts)
            listed.show(Rows(self._acts))
            yield listed
            yield Label(plain(_told(self._acts[0]) if self._acts else ""), id="act-about")

    def _columns(self) -> list[Column]:
        """Key, title, explanation; those of what cannot be done now dimmed."""
        keys = max((len(self._key(act)) for act in self._acts), default=0)
        titles = max((cell_len(act.title) for act in self._acts), default=0)

        def unless_dimmed(token: str) -> Callable[[Act], str]:
            return lambda act: "hint" if act.why else token

        return [
            *([self._key_column(keys, unless_dimmed("bold key"))] if keys else []),
            Column("", lambda act: act.title, min(titles, WIDEST), style=unless_dimmed("")),
            Column("", _told, style=unless_dimmed("hint")),
        ]

    def _key_column(self, width: int, style: Callable[[Act], str]) -> Column:
        return Column("", self._key, width, style=style, aloud=lambda act: keys.aloud(self._key(act)))

    def _key(self, act: Act) -> str:
        return self.app.get_key_display(Binding(act.keys[0], "")) if act.keys else ""

    @on(RecordList.Highlighted)
    def _explain(self, event: RecordList.Highlighted) -> None:
        self.query_one("#act-about", Label).update(plain(_told(event.row) if event.row else ""))

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        self._do(event.row)

    def on_key(self, event: Key) -> None:
        """The key of an action does it."""
        for act in self._acts:
            if {event.key, event.key.lower()} & set(act.keys) - {keys.OPEN.keys}:
                event.stop()
                self._do(act)
                return

    def _do(self, act: Act) -> None:
        if act.why:
            self.app.notify(act.why, severity="warning", markup=False)
        else:
            self.dismiss(act)


def _told(act: Act) -> str:
    return act.why or act.about


def about_what(screen: Screen[Any]) -> str:
    """What the actions are done with: the row with the focus, else the page."""
    listed = screen.focused
    if isinstance(listed, RecordList) and (named := _row_named(listed)):
        return named
    return (getattr(screen, "PATH", None) or ("dit scherm",))[-1]
