"""A number and its noun: nobody reads "1 leerlingen"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app.counted import counted, plural

ROOT = Path(__file__).parents[1]
LIMITS = {
    "seconden",
    "minuten",
    "tekens",
    "cijfers",
    "regels",
    "voorwaarden",
    "niveaus",
    "punten",
    "sessies",
    "fouten",
    "pogingen",
}
"""What a limit is told in, which is never one; and what stands behind a number that is a size."""
PLURAL = re.compile(
    r" (?:[a-zë]+e )?([a-zë]+(?:ingen|aten|aten|oetsen|groepen|orzaken|chermen|laatjes|ints|ounts|pdrachten"
    r"|tappen|estanden|esturen|opgaven|afnames|esultaten|innamen))\b"
)


def _written(node: ast.JoinedStr) -> Iterator[str]:
    for value, text in zip(node.values, node.values[1:], strict=False):
        if isinstance(value, ast.FormattedValue) and isinstance(text, ast.Constant):
            found = PLURAL.match(str(text.value))
            if found:
                yield f"{ast.unparse(value)}{text.value}"


def test_every_count_with_a_noun_goes_by_the_one_helper() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {told}"
        for room in ("app", "screens")
        for path in sorted((ROOT / room).rglob("*.py"))
        if path != ROOT / "app" / "counted.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for told in _written(node)
    ]
    assert not found, "\n".join(found)
    assert (counted(1, "leerling", "leerlingen"), counted(0, "leerling", "leerlingen")) == (
        "1 leerling",
        "0 leerlingen",
    )


def _chooses_a_word(node: ast.AST) -> bool:
    """`"staat" if number == 1 else "staan"`."""
    match node:
        case ast.IfExp(
            test=ast.Compare(ops=[ast.Eq()], comparators=[ast.Constant(1)]),
            body=ast.Constant(str()),
            orelse=ast.Constant(str()),
        ):
            return True
    return False


def test_every_word_that_goes_with_a_number_is_chosen_by_the_other() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for room in ("app", "screens")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "== 1 " in (source := path.read_text(encoding="utf-8"))  # parsing the others takes nine tenths of the time
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.IfExp) and _chooses_a_word(node)
    ]
    assert not found, "\n".join(found)
    assert [plural(number, "staat", "staan") for number in (0, 1, 2)] == ["staan", "staat", "staan"]
