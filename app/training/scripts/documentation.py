"""Generates the tables of docs/draaiboeken.md from the code: fields, starting states, words, checks, and mistakes.

`uv run python -m app.training.scripts.documentation` regenerates them between their marks; a test fails while they are
out of date.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.partners.registry import partners
from app.training import situations
from app.training.scripts import checks, document, grammar, head, meanings
from app.training.scripts.errors import InvalidScript
from app.training.tables import filled
from app.training.tables import table as _table

FILE = Path(__file__).resolve().parents[3] / "docs" / "draaiboeken.md"
WRONG = """\
---
title: Een draaiboek met fouten
starr: 14-4-2020 09:00
---

## 1. Activeer de koppeling

```esis
chose "Activeren" in "IEP LVS"
fill "Uw naam"
check coupling iep-lvs actief
shot Mijn plaatje
```

## 3. Klaar
"""
PLACES = {
    "KEY": "het leerlingnummer, van een medewerker de sleutel",
    "GROUP": "de naam van een groep, met _ voor een spatie",
    "TARGET": "het scherm dat het herstelt, zoals `esis coupling why --json` het noemt",
    "NAME": "een naam, met _ voor een spatie",
    "NUMBER": "een getal",
    "ASSESSMENT": "het id van een toets, zoals rekenen-6",
    "USER": "een gebruiker van ESIS",
    "MOMENT": "een moment zonder spatie, zoals 2020-04-15T08:00",
    "CODE": "een verificatiecode",
    "RULE": "een regel van [uwlr.md](uwlr.md), zoals `MSG-07`",
    "DAY": "een dag, zoals 14-4-2020",
}
"""Placeholders that accept any word."""


def written(text: str) -> str:
    """The page with up-to-date tables. Raises `KeyError` for an unknown table."""
    return filled(text, TABLES)


def _fields() -> str:
    return _table(("veld", "wat het zegt"), ((f"`{name}`", says) for name, says in head.FIELDS.items()))


def _situations() -> str:
    def told(row: situations.Situation) -> str:
        choices = "; ".join(f"`{name}`: {says}" for name, says in row.parameters.items())
        return f"{row.title}{f' ({choices})' if choices else ''}"

    return _table(
        ("beginstand", "wat er dan is"), ((f"`{row.name}`", told(row)) for row in situations.all_situations())
    )


def _words() -> str:
    forms = (form for forms in grammar.FORMS.values() for form in forms)
    return _table(("regel", "wat hij doet"), ((f"`{form.written}`", form.does) for form in forms))


def _meanings() -> str:
    return _table(("betekenis", "wat het zegt"), ((f"`{name}`", says) for name, says in meanings.MEANINGS.items()))


def _checks() -> str:
    rows = []
    for kind in checks.kinds():
        places = [part for part in kind.written.split() if part.isupper()]
        rows.append((f"`check {kind.written}`", kind.says.format(*places)))
    return _table(("controle", "wat er dan zo is"), rows)


def _places() -> str:
    used = {part for kind in checks.kinds() for part in kind.written.split() if part.isupper()}
    known = {place: ", ".join(f"`{word}`" for word in words) for place, words in checks.known_words().items()}
    *others, last = (partner.id for partner in partners())
    known |= PLACES | {"SYSTEM": f"{', '.join(others)} of {last}"}
    return _table(("plaats", "wat er kan staan"), ((place, known[place]) for place in sorted(used)))


def _mistakes() -> str:
    """A draaiboek with mistakes, and the resulting messages."""
    try:
        document.parse_script(WRONG, Path("fout.draaiboek.md"))
    except InvalidScript as wrong:
        return f"````markdown\n{WRONG}````\n\n`esis play fout.draaiboek.md` zegt dan:\n\n```text\n{wrong.sentence}\n```"
    raise AssertionError("the example of mistakes has none")


TABLES: dict[str, Callable[[], str]] = {
    "velden": _fields,
    "beginstanden": _situations,
    "woorden": _words,
    "betekenissen": _meanings,
    "controles": _checks,
    "plaatsen": _places,
    "fouten": _mistakes,
}


def main() -> None:
    """Regenerate the tables and report it."""
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{FILE.parent.name}/{FILE.name} is bijgewerkt.")


if __name__ == "__main__":
    main()
