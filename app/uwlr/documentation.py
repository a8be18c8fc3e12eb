"""Generates the tables of docs/uwlr.md from the code: the rules, what is forgiven, the operations and the addresses.

`uv run python -m app.uwlr.documentation` regenerates them between their marks; a test fails while they are out of date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from app.exchange.uwlr_xml.namespaces import PUPILS, RESULTS
from app.exchange.uwlr_xml.operations import OPERATIONS
from app.exchange.uwlr_xml.rules import RULES
from app.exchange.uwlr_xml.versions import VERSIONS
from app.uwlr import addresses

FILE = Path(__file__).resolve().parents[2] / "docs" / "uwlr.md"
_PART = re.compile(r"(<!-- tabel: (\w+)[^>]*-->\n).*?(<!-- einde tabel -->)", re.DOTALL)


def written(text: str) -> str:
    """The page with up-to-date tables. Raises `KeyError` for an unknown table."""
    return _PART.sub(lambda part: f"{part[1]}\n{TABLES[part[2]]()}\n\n{part[3]}", text)


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(titles), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _rules() -> str:
    rows = ((f"`{rule.id}`", str(rule.stage), f"`{rule.code}`", rule.asks) for rule in RULES.values())
    return _table(("regel", "stap", "fout", "wat er gevraagd wordt"), rows)


def _forgiven() -> str:
    rows = ((f"`{rule.id}`", rule.asks) for rule in RULES.values() if rule.lenient)
    return _table(("regel", "wat er eigenlijk gevraagd wordt"), rows)


def _operations() -> str:
    rows = (
        (
            f"`{one.name}`",
            "leerlinggegevens" if one.space == PUPILS else "leerresultaten",
            f"`{one.request}`",
            f"`{one.answer}`",
            f"`{one.action}`",
        )
        for one in OPERATIONS
    )
    return _table(("bewerking", "dienst", "verzoek", "antwoord", "SOAPAction"), rows)


def _addresses() -> str:
    what = {"": "alle bewerkingen", PUPILS: "leerlingen ophalen", RESULTS: "resultaten brengen"}
    return _table(("pad", "waarvoor"), ((f"`{path}`", what[space]) for path, space in addresses.PATHS.items()))


def _versions() -> str:
    rows = (
        (f"`{one.number}`", "ja" if one.eckid else "nee", f"{one.key_length} tekens", one.key)
        for one in VERSIONS.values()
    )
    return _table(("xsdversie", "ECK iD", "een sleutel is hoogstens", "een leerling is bekend aan"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "regels": _rules,
    "vergeven": _forgiven,
    "bewerkingen": _operations,
    "adressen": _addresses,
    "versies": _versions,
}


def main() -> None:
    """Regenerate the tables and report it."""
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{FILE.parent.name}/{FILE.name} is bijgewerkt.")


if __name__ == "__main__":
    main()
