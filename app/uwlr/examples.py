"""Clients for the web service in seven languages, filled in: the first message of a supplier without typing a line.

The templates are `fixtures/uwlr/*.txt`, those that bring a result `*-push.txt`; in each `__NAME__` stands for a value,
written as that language writes a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from xml.sax.saxutils import escape

from app.refusals import Refused

_PLACE = re.compile(r"__(XML_)?([A-Z]+(?:_[A-Z]+)*)__")


@dataclass(frozen=True)
class Values:
    """What a client needs; names as `esis webservice --practice` prints them. Files are for https only."""

    pupils: str
    autorisatiesleutel: str
    klantcode: str
    klantnaam: str
    brincode: str
    dependancecode: str
    schooljaar: str
    ca: str = ""
    client_cert: str = ""
    client_key: str = ""
    results: str = ""
    """Where results go; empty: the same address."""


_PLACES = {
    "PUPILS": "pupils",
    "RESULTS": "results",
    "KEY": "autorisatiesleutel",
    "CLIENT_CODE": "klantcode",
    "CLIENT_NAME": "klantnaam",
    "BRIN": "brincode",
    "LOCATION": "dependancecode",
    "YEAR": "schooljaar",
    "CA": "ca",
    "CERT": "client_cert",
    "CERT_KEY": "client_key",
}


def _between(mark: str, doubled: Mapping[str, str]) -> Callable[[str], str]:
    """A text between these marks, with what has a meaning in it written otherwise."""
    return lambda value: mark + "".join(doubled.get(letter, letter) for letter in value) + mark


_WRITTEN: dict[str, Callable[[str], str]] = {
    "curl": _between("'", {"'": "'\\''"}),
    "php": _between("'", {"'": "\\'", "\\": "\\\\"}),
    "node": json.dumps,
    "python": repr,
    "java": json.dumps,
    "csharp": json.dumps,
    "powershell": _between("'", {quote: quote * 2 for quote in "'\u2018\u2019\u201a\u201b"}),
}
LANGUAGES = tuple(_WRITTEN)
OF_PUSH = ("curl", "python")
"""Those in which there is a client that brings a result."""


def example(language: str, values: Values, push: bool = False) -> str:
    """The client in this language; `push`: one that brings a result, in a language of `OF_PUSH`.

    Raises `Refused` for a value that cannot stand on one line.
    """
    for name, value in vars(values).items():
        if not value.isprintable():
            raise Refused(
                f"De waarde van {name} heeft een teken dat niet kan: gebruik alleen leesbare tekens.", field=name
            )
    write = _WRITTEN[language]
    values = replace(values, results=values.results or values.pupils)

    def put(found: re.Match[str]) -> str:
        value = str(getattr(values, _PLACES[found[2]]))
        return write(escape(value) if found[1] else value)

    return _PLACE.sub(
        put, files("fixtures").joinpath("uwlr", f"{language}{'-push' * push}.txt").read_text(encoding="utf-8")
    )


def values_of(text: str) -> dict[str, str]:
    """The values in what `esis webservice --practice` prints. Raises `Refused` for another text."""
    try:
        told = json.loads(text)
    except ValueError:
        raise Refused("Dit is geen JSON. Geef wat esis webservice --practice afdrukt.") from None
    if not isinstance(told, dict) or not isinstance(told.get("pupils"), str):
        raise Refused("Hier staat geen adres (pupils) in. Geef wat esis webservice --practice afdrukt.")
    return {name: value for name in _PLACES.values() if isinstance(value := told.get(name), str)}
