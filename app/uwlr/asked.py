"""The fields of a request to the control API: a JSON object or a query, of which every name and value is checked."""

from __future__ import annotations

import json
import math
from typing import Any

from aiohttp import web

from app.exchange.names import can_be_kept
from app.exchange.uwlr_xml.operations import OPERATIONS
from app.uwlr.journal import Outcome

LARGEST = 2**31 - 1
"""The largest number that can be stored."""
_KINDS = {str: "een tekst", int: "een geheel getal", float: "een getal"}
_CHOICES = {"outcome": [str(one) for one in Outcome], "operation": [one.name for one in OPERATIONS]}


class Wrong(Exception):
    """The request is not as it should be; the sentence says what is."""


async def body_of(request: web.Request, **fields: Any) -> dict[str, Any]:
    """The fields of a JSON object, with these names and defaults, which tell their type; an empty body has none.

    Raises `Wrong` for no JSON, another name, one that comes twice, or a value of another type.
    """
    text = await request.read()
    if not text.strip():
        return dict(fields)
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Wrong("De inhoud is geen JSON.") from None
    if not isinstance(found, dict):
        raise Wrong("De inhoud is geen JSON-object, zoals {}.")
    _check_names(found, fields)
    for name, value in found.items():
        kind = type(fields[name])
        right = isinstance(value, kind) or (kind is float and isinstance(value, int))
        if not right or isinstance(value, bool) or (kind is not str and not abs(value) <= LARGEST):
            raise Wrong(f'"{name}" is {_KINDS[kind]}.')
        if kind is str and not can_be_kept(value):
            raise Wrong(f'In "{name}" staat een teken dat daar niet kan.')
    return {**fields, **found}


def query_of(request: web.Request, **fields: Any) -> dict[str, Any]:
    """The same of the query. Raises `Wrong`, also for an operation or outcome that does not exist."""
    names = list(request.query)
    _check_names(request.query, fields)
    found = dict(fields)
    for name in names:
        kind, text = type(fields[name]), request.query[name]
        if len(request.query.getall(name)) > 1:
            raise Wrong(f'"{name}" staat er twee keer.')
        if text and name in _CHOICES and text not in _CHOICES[name]:
            raise Wrong(f'"{name}" kan niet {text[:40]!r} zijn; kies uit {", ".join(_CHOICES[name])}.')
        try:
            found[name] = kind(text)
        except ValueError:
            raise Wrong(f'"{name}" is {_KINDS[kind]}.') from None
        if kind is not str and not (math.isfinite(found[name]) and abs(found[name]) <= LARGEST):
            raise Wrong(f'"{name}" is {_KINDS[kind]}.')
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _check_names(found: Any, fields: dict[str, Any]) -> None:
    unknown = [name for name in found if name not in fields]
    if unknown:
        raise Wrong(f'"{unknown[0][:40]}" is hier geen veld; er zijn: {", ".join(fields)}.')
