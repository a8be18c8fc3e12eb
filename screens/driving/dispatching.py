"""Who handles a message and what an attribute is worth, found once a class: Textual looks for both each time, for each widget.

Which methods handle a kind of message is written in the classes; so is whether an attribute is computed. Where handlers ask
for more than the kind of message (`@on` with a selector), Textual finds them. What it tells a log that is off is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from types import CodeType
from typing import Any
from unittest.mock import patch

from textual import _callback, message_pump
from textual.css.styles import RenderStyles
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive

_parent: Any = vars(MessagePump)["_parent"]
_find, _count, _value = MessagePump._get_dispatch_methods, _callback._count_parameters, Reactive.__get__
_handlers: dict[tuple[type, type, str], list[tuple[type, str]] | None] = {}
"""The classes that handle a kind of message in a class of widget, and as what; None where that depends on the message."""
_computed: dict[tuple[str, type], bool] = {}
_counts: dict[CodeType, int] = {}


class _NoLog:
    """Takes what is logged."""

    @property
    def event(self) -> _NoLog:
        return self

    def verbosity(self, _verbose: bool) -> _NoLog:
        return self

    def __call__(self, *_what: object) -> None: ...


@contextmanager
def dispatching() -> Iterator[None]:
    """Programs that run meanwhile hand on their messages so."""
    _handlers.clear()
    with (
        patch.object(MessagePump, "_get_dispatch_methods", _find_known),
        patch.object(message_pump, "log", _NoLog()),
        patch.object(_callback, "_count_parameters", _count_once),
        patch.object(Reactive, "__get__", _value_kept),
        patch.object(RenderStyles, "get_rule", _rule),
        patch.object(MessagePump, "_known_parent", None, create=True),
        patch.object(MessagePump, "_parent", property(attrgetter("_known_parent"), _set_parent)),
    ):
        yield


def _set_parent(pump: MessagePump, parent: MessagePump | None) -> None:
    """The parent itself too, which is asked for far more often than set; Textual follows a weak reference each time."""
    pump.__dict__["_known_parent"] = parent
    _parent.fset(pump, parent)


def _find_known(pump: MessagePump, name: str, message: Message) -> Iterable[tuple[type, Callable[..., Any]]]:
    key = (pump.__class__, message.__class__, name)
    if key not in _handlers:
        _handlers[key] = _named(*key)
    known = _handlers[key]
    return _find(pump, name, message) if known is None else _bound(pump, message, known)


def _named(kind: type, message: type, name: str) -> list[tuple[type, str]] | None:
    """The handlers that are found by their name; None if some are found otherwise."""
    found = []
    for cls in kind.__mro__:
        if not vars(cls).get("_decorated_handlers", {}).keys().isdisjoint(message.__mro__):
            return None
        as_what = next((one for one in (f"_{name}", name) if vars(cls).get(one)), None)
        if as_what is not None and not getattr(vars(cls)[as_what], "_textual_on", None):
            found.append((cls, as_what))
    return found


def _bound(
    pump: MessagePump, message: Message, known: list[tuple[type, str]]
) -> Iterator[tuple[type, Callable[..., Any]]]:
    for cls, as_what in known:
        if message._no_default_action:
            break
        yield cls, vars(cls)[as_what].__get__(pump, cls)


def _count_once(function: Callable[..., Any]) -> int:
    """How many parameters it has; a lambda is another function each time, with the same code."""
    code = getattr(function, "__code__", None)
    if code is None or vars(function):
        return _count(function)
    if code not in _counts:
        _counts[code] = _count(function)
    return _counts[code]


def _value_kept(attribute: Reactive[Any], node: Any, kind: type) -> Any:
    """What is stored, if there is something and nothing is to be computed; else as Textual does."""
    if node is not None and attribute.internal_name in node.__dict__:
        key = (attribute.compute_name, kind)
        if key not in _computed:
            _computed[key] = hasattr(kind, attribute.compute_name)
        if not _computed[key]:
            return node.__dict__[attribute.internal_name]
    return _value(attribute, node, kind)


def _rule(styles: RenderStyles, rule_name: str, default: object = None) -> object:
    """The rule of the widget itself before that of the sheets: as Textual's, without asking first whether there is one."""
    own: Any = styles._inline_styles._rules
    if rule_name in own:
        return own[rule_name]
    of_sheets: Any = styles._base_styles._rules
    return of_sheets.get(rule_name, default)
