"""The rules of a statement of xAPI 1.0.3 (Part Two: Experience API Data), as a store must hold them (2.2, LRS Requirements).

Written from the specification; what it merely recommends and ours does anyway (an id, a display, a time zone) is asked too.
Anything that the specification does not allow in a place is refused there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import RFC_4122, UUID

Rule = Callable[[Any, str], None]
_DURATION = re.compile(
    r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?|P\d+W"
)  # 4.6; at most 0.01 s
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}(Z|(?!-00:?00)[+-]\d\d:\d\d)")  # 4.5
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")  # RFC 5646, the plain forms
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Broken(AssertionError):
    """A rule that a statement does not keep, with the place in it."""


def check(statement: Any) -> None:
    """Raise `Broken` for the first rule that a statement does not keep."""
    _object(
        statement,
        "statement",
        {"id": _uuid, "actor": _agent, "verb": _verb, "object": _activity, "timestamp": _timestamp},
        {"result": _result, "context": _context},
    )
    _no_null(statement, "statement")


def _need(holds: bool, place: str, rule: str) -> None:
    if not holds:
        raise Broken(f"{place}: {rule}")


def _object(value: Any, place: str, needed: dict[str, Rule], allowed: dict[str, Rule]) -> None:
    _need(isinstance(value, dict), place, "an object")
    _need(bool(value), place, "no empty object")
    _need(needed.keys() <= value.keys(), place, f"has {sorted(needed.keys() - value.keys())}")
    known = {**needed, **allowed}
    for key, inside in value.items():
        _need(key in known, f"{place}.{key}", "is allowed by the specification")
        known[key](inside, f"{place}.{key}")


def _no_null(value: Any, place: str) -> None:
    _need(value is not None, place, "no null")
    for key, inside in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        _no_null(inside, f"{place}.{key}")


def _text(value: Any, place: str) -> None:
    _need(isinstance(value, str) and bool(value), place, "a text that is not empty")


def _is(meant: Any) -> Rule:
    return lambda value, place: _need(type(value) is type(meant) and value == meant, place, f"is {meant}")


def _truth(value: Any, place: str) -> None:
    _need(isinstance(value, bool), place, "true or false")


def _uuid(value: Any, place: str) -> None:
    _text(value, place)
    _need(bool(_UUID.fullmatch(value)), place, "a UUID in the standard form, in lower case")
    _need(UUID(value).variant == RFC_4122, place, "a UUID of variant 2")


def _iri(value: Any, place: str) -> None:
    _text(value, place)
    parts = urlsplit(value)
    _need(bool(re.fullmatch("[a-z][a-z0-9+.-]*", parts.scheme)), place, "an IRI with a scheme")
    _need(parts.scheme == "tag" or bool(parts.netloc), place, "an absolute IRI")
    _need(not re.search(r'[\s<>"{}|\\^`\x00-\x1f]', value), place, "no character that an IRI cannot hold")
    _need(not re.search(r"%(?![0-9A-Fa-f]{2})", value), place, "escapes of two digits")


def _irl(value: Any, place: str) -> None:
    _iri(value, place)
    _need(urlsplit(value).scheme in ("http", "https"), place, "a location")


def _language(value: Any, place: str) -> None:
    _text(value, place)
    _need(bool(_LANGUAGE.fullmatch(value)), place, "a language tag")


def _language_map(value: Any, place: str) -> None:
    _need(isinstance(value, dict) and bool(value), place, "a language map")
    for tag, text in value.items():
        _language(tag, f"{place} key")
        _text(text, f"{place}.{tag}")


def _account(value: Any, place: str) -> None:
    _object(value, place, {"homePage": _irl, "name": _text}, {})
    _need("@" not in value["name"], place, "no e-mail address")


def _agent(value: Any, place: str) -> None:
    _object(value, place, {"objectType": _is("Agent"), "account": _account}, {"name": _text})


def _verb(value: Any, place: str) -> None:
    _object(value, place, {"id": _iri, "display": _language_map}, {})
    _need(value["id"].startswith("http://adlnet.gov/expapi/verbs/"), place, "a verb of ADL")
    _need(not value["id"].endswith("/voided"), place, "voids nothing")


def _definition(value: Any, place: str) -> None:
    allowed = {"description": _language_map, "moreInfo": _irl, "extensions": _extensions}
    _object(value, place, {"name": _language_map, "type": _iri}, allowed)


def _activity(value: Any, place: str) -> None:
    _object(value, place, {"objectType": _is("Activity"), "id": _iri}, {"definition": _definition})


def _activities(value: Any, place: str) -> None:
    _need(isinstance(value, list) and bool(value), place, "a list of activities")
    for number, one in enumerate(value):
        _activity(one, f"{place}[{number}]")


def _extensions(value: Any, place: str) -> None:
    _need(isinstance(value, dict) and bool(value), place, "a map that is not empty")
    for key in value:
        _iri(key, f"{place} key")


def _number(value: Any, place: str) -> None:
    _need(isinstance(value, int | float) and not isinstance(value, bool), place, "a number")


def _score(value: Any, place: str) -> None:
    _object(value, place, {"scaled": _number, "raw": _number, "min": _number, "max": _number}, {})
    _need(-1 <= value["scaled"] <= 1, place, "scaled is between -1 and 1")
    _need(value["min"] < value["max"], place, "min is less than max")
    _need(value["min"] <= value["raw"] <= value["max"], place, "raw is between min and max")


def _duration(value: Any, place: str) -> None:
    _text(value, place)
    _need(bool(_DURATION.fullmatch(value)), place, "a duration of ISO 8601")


def _result(value: Any, place: str) -> None:
    allowed = {"score": _score, "success": _truth, "completion": _truth, "response": _text}
    _object(value, place, {}, {**allowed, "duration": _duration, "extensions": _extensions})


def _kinds(value: Any, place: str) -> None:
    kinds = ("parent", "grouping", "category", "other")
    _object(value, place, {}, dict.fromkeys(kinds, _activities))


def _context(value: Any, place: str) -> None:
    needed = {"registration": _uuid, "platform": _text, "language": _language}
    _object(value, place, needed, {"contextActivities": _kinds, "revision": _text, "extensions": _extensions})


def _timestamp(value: Any, place: str) -> None:
    _text(value, place)
    _need(bool(_TIMESTAMP.fullmatch(value)), place, "a timestamp with milliseconds and an offset")
    datetime.fromisoformat(value)
