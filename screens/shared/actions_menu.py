"""A: everything that can be done with the row or page in front, each with its key, or why it cannot be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.dom import DOMNode
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Button, OptionList
from textual.widgets.option_list import Option

from screens.shared import keys
from screens.shared.dialogs import CLOSES, Dialog
from screens.shared.label import Label
from screens.shared.records import RecordList
from screens.shared.text import fitted, plain

WAYS_OUT = ("back", "leave", "actions", "Annuleren")
"""Actions and buttons that only leave, or lead here."""
NOT_NOW = "Dat kan nu niet."
WIDTH = 56
"""Cells of a line in the window."""
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


def acts_of(screen: Screen[Any]) -> list[Act]:
    """Everything to be done on a screen now: what has the focus first, the actions without a key too, then buttons."""
    found: dict[str, Act] = {}
    taken: set[str] = set()
    actions: set[str] = set()
    for node, binding in declared(screen):
        allowed = screen.app._check_action_state(binding.action, node)
        if allowed is False:
            continue
        own = () if binding.key in taken or binding.key.startswith(keys.WITHOUT) else (binding.key,)
        taken.add(binding.key)
        known = found.get(binding.id or "")
        why = _why_not(screen, binding.action) or ("" if allowed else NOT_NOW)
        run = partial(screen.app.call_later, screen.app.run_action, binding.action, node)
        found[binding.id or ""] = Act(
            binding.description, run, (*(known.keys if known else ()), *own), binding.tooltip, why
        )
        actions.add(binding.action)
    said = {act.title for act in found.values()} | set(WAYS_OUT)
    return [*found.values(), *_buttons(screen, said, actions)]


def declared(screen: Screen[Any]) -> Iterator[tuple[DOMNode, Binding]]:
    """The bindings of what has the focus, of the only list on the screen, and of the screen, whether possible or not."""
    focused = screen.focused
    nodes: list[DOMNode] = list(focused.ancestors_with_self) if focused is not None else [screen]
    nodes = nodes[: nodes.index(screen) + 1] if screen in nodes else [screen]
    lists = [one for one in screen.query(RecordList) if one.display and one.focusable]
    if len(lists) == 1 and lists[0] not in nodes:
        nodes.insert(-1, lists[0])
    for node in nodes:
        yield from ((node, binding) for binding in _with_their_keys(node))


def _with_their_keys(node: DOMNode) -> Iterator[Binding]:
    """The actions of a node with the keys that do them now: those of the settings file, where it gives any."""
    keymap = node.app._keymap
    given = {key for _, one in node._bindings for key in keymap.get(one.id or "", "").split(",")}
    seen: set[str] = set()
    for _, binding in node._bindings:
        name = binding.id or ""
        if not is_action(binding):
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
        and binding.key not in OF_TABS
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
        title = str(button.label).strip("[] ").partition(" (")[0]
        if button.display and title not in said and button.id not in actions and not button.disabled:
            yield Act(title, button.press)


class ActionsMenu(Dialog[Act]):
    """The window: choose with Enter, or press the key of an action."""

    BINDINGS = [CLOSES]

    HELP = (
        "Alles wat u met de regel of het scherm kunt doen. Kies met de pijltjes en Enter, of druk op de toets die ervoor "
        "staat. Wat nu niet kan, staat er gedempt, met de reden."
    )

    def __init__(self, title: str, acts: Sequence[Act]) -> None:
        super().__init__()
        self._title, self._acts = title, acts

    def compose(self) -> ComposeResult:
        """A line for each action."""
        shown = [self._key(act) for act in self._acts]
        width = max((len(key) for key in shown), default=0)
        with Vertical(classes="dialog"):
            yield Label(plain(self._title), classes="dialog-title")
            yield OptionList(
                *(Option(_line(act, f"{key:<{width}}")) for act, key in zip(self._acts, shown, strict=True)),
                compact=True,
            )

    def _key(self, act: Act) -> str:
        return self.app.get_key_display(Binding(act.keys[0], "")) if act.keys else ""

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._do(self._acts[event.option_index])

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


def _line(act: Act, key: str) -> Content:
    name = f"{key}  {act.title}"
    more = plain(fitted(act.why or act.about, max(0, WIDTH - len(name) - 2)).rstrip()).stylize("$hint")
    told = Content.assemble(plain(key).stylize("bold $key"), plain(f"  {act.title}  "), more)
    return told.stylize("dim") if act.why else told


def about_what(screen: Screen[Any]) -> str:
    """What the actions are done with: the row with the focus, else the page."""
    listed = screen.focused
    if isinstance(listed, RecordList) and listed.row is not None:
        named = next((column.text(listed.row) for column in listed.columns if column.title), "")
        if named:
            return named
    return (getattr(screen, "PATH", None) or ("dit scherm",))[-1]
