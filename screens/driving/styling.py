"""Caches which styles apply to a widget, as programs opened one after another ask for the same ones again and again.

Textual goes through all rules for a widget whenever something about it changes. What matches depends on the widget's
position (its type, id and classes, and those of its ancestors) and on its state and theirs (`:focus`, `:hover`). Here
the rules possible at a position are cached, with Textual's result for each state that these rules refer to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from unittest.mock import patch

from textual import dom
from textual.css import query
from textual.css.match import _check_selectors
from textual.css.model import CombinatorType, RuleSet, SelectorSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

_apply, _replace_rules = Stylesheet.apply, Stylesheet.replace_rules
_FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
"""What Textual notes of a widget while it looks for its rules."""


@dataclass
class Found:
    """What came of one state: the rules, what Textual noted of the widget, and what a new widget has of the rules."""

    rules: RulesMap | None
    flags: list[bool]
    new: dict[str, Any] | None = None


@dataclass
class Place:
    """What may match a widget at one place: which states matter there, of which widget on the way, and what came of each."""

    asked: list[tuple[int, str]]
    found: dict[tuple[bool, ...], Found] = field(default_factory=dict)


_known: dict[tuple[RuleSet, ...], dict[frozenset[str], tuple[RuleSet, ...]]] = {}
"""Which rules name what a widget is called, for each set of style sheets."""
_places: dict[tuple[Any, ...], Place] = {}
_made: dict[DOMNode, RulesMap] = {}
"""What Textual has just made for a widget."""


@contextmanager
def styling() -> Iterator[None]:
    """Programs that run meanwhile find the styles of their widgets so."""
    with (
        patch.object(Stylesheet, "apply", _apply_known),
        patch.object(Stylesheet, "replace_rules", staticmethod(_replace_and_note)),
        patch.object(query, "match", _match),
        patch.object(dom, "match", _match),
    ):
        yield


def _apply_known(sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:  # noqa: ARG001  # Textual's own
    path: list[Any] = node.css_path_nodes
    rules = _relevant(sheet, node)
    key = (rules, *((one._css_type_names, one._id, frozenset(one._classes)) for one in path))
    place = _places.get(key) or _places.setdefault(key, Place(sorted(_asked(rules, path))))
    state = tuple(_state(path, place.asked))
    has: dict[str, Any] = node.styles.base._rules  # type: ignore[assignment]
    is_new, found = not has, place.found.get(state)
    if found is None:
        _apply(sheet, node, animate=animate)
        flags = [getattr(node, name) for name in _FLAGS]
        place.found[state] = Found(_made.pop(node, None), flags, dict(has) if is_new else None)
        return
    for name, flag in zip(_FLAGS, found.flags, strict=True):
        setattr(node, name, flag)
    if found.rules is not None:
        if is_new and found.new is not None:
            has.update(found.new)
            node.styles.base._updates += 1
            node.refresh(layout=True)
            node.notify_style_update()
        elif has == found.new:
            _keep(node, animate)
        else:
            _replace_changed(node, found.rules, animate)
            if is_new:
                found.new = dict(has)
    sheet._process_component_classes(node)


def _state(path: list[Any], asked: list[tuple[int, str]]) -> Iterator[bool]:
    """Which of these states hold; whether something around it is disabled is found once for the whole path."""
    first_disabled: int | None = None
    for where, name in asked:
        if name not in ("disabled", "enabled") or not isinstance(path[where], Widget):
            yield path[where]._PSEUDO_CLASSES[name](path[where])
            continue
        if first_disabled is None:
            disabled = (place for place, node in enumerate(path) if isinstance(node, Widget) and node.disabled)
            first_disabled = next(disabled, len(path))
        yield (where >= first_disabled) is (name == "disabled")


def _relevant(sheet: Stylesheet, node: DOMNode) -> tuple[RuleSet, ...]:
    """The rules that name this widget's type, id or a class of it, in the order in which Textual looks at them."""
    rules = sheet.rules
    of: object
    known: dict[frozenset[str], tuple[RuleSet, ...]]
    of, known = sheet.__dict__.get("_relevant", (None, {}))
    if of is not rules:
        known = _known.setdefault(tuple(rules), {})
        sheet.__dict__["_relevant"] = (rules, known)
    names = frozenset(node._selector_names)
    if names not in known:
        by_name = sheet.rules_map
        limit = {rule for name in by_name.keys() & names for rule in by_name[name]}
        known[names] = tuple(rule for rule in reversed(rules) if rule in limit)
    return known[names]


def _asked(rules: tuple[RuleSet, ...], path: list[DOMNode]) -> set[tuple[int, str]]:
    """The states, each of a widget on the path, that rules ask for which match at this place in some state but not in each."""
    return {
        (where, name)
        for rule in rules
        for one in (rule.selector_set if rule.pseudo_classes else ())
        if _check_selectors([replace(selector, pseudo_classes=set()) for selector in one.selectors], path)
        for selector in one.selectors
        for where, node in enumerate(path)
        if selector._check(node)
        for name in selector.pseudo_classes & node._PSEUDO_CLASSES.keys()
    }


def _replace_changed(node: DOMNode, styles: RulesMap, animate: bool) -> None:
    """As Textual does, which sets each rule to what it is already, or finds out that it is when it would be animated."""
    old: dict[str, Any] = node.styles.base._rules  # type: ignore[assignment]
    new: dict[str, Any] = styles  # type: ignore[assignment]
    if old == new:
        _keep(node, animate)
    elif animate and ("transitions" in new or node.app.animator._animations or node.app.animator._scheduled):
        _replace_rules(node, styles, animate=animate)
    else:
        for name in [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]:
            setattr(node.styles.base, name, new.get(name))
        node.notify_style_update()


def _keep(node: DOMNode, animate: bool) -> None:
    if not animate:
        node.notify_style_update()


def _replace_and_note(node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
    _made[node] = rules
    _replace_changed(node, rules, animate)


def _match(selector_sets: Iterable[SelectorSet], node: DOMNode) -> bool:
    """Whether one of them is about this widget: Textual goes through its ancestors too for what names the widget alone."""
    return any(
        all(selector.check(node) for selector in one.selectors)
        if _is_of_one_widget(one)
        else _check_selectors(one.selectors, node.css_path_nodes)
        for one in selector_sets
    )


def _is_of_one_widget(one: SelectorSet) -> bool:
    first, *others = [selector.combinator for selector in one.selectors]
    return first is CombinatorType.DESCENDENT and all(other is CombinatorType.SAME for other in others)
