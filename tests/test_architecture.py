"""`docs/architecture.md` says what the imports say: the rooms are those of the import contract, and the ways can be walked."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
STEPS = [
    tuple(pair)
    for line in re.findall(r"^    (\S+(?: -> \S+)+)$", PAGE, re.MULTILINE)
    for pair in zip(line.split(" -> "), line.split(" -> ")[1:], strict=False)
]
NAMED = sorted(set(re.findall(r"`((?:app|screens|models|fixtures|plugin|tests|docs)/[\w/.-]+)`", PAGE)))


def test_the_rooms_are_those_of_the_import_contract_in_that_order() -> None:
    told = [re.split(r"\s{2,}", line)[0] for line in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert told == next(contract["layers"] for contract in contracts if contract["type"] == "layers")


@pytest.mark.parametrize(("begin", "end"), sorted(set(STEPS)))
def test_each_step_of_a_way_is_an_import(begin: str, end: str) -> None:
    tree = ast.parse((ROOT / f"{begin.replace('.', '/')}.py").read_text("utf-8"))
    found = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for name in (node.module, *(f"{node.module}.{one.name}" for one in node.names))
    }
    assert end in found


def test_every_file_it_names_is_there() -> None:
    assert [name for name in NAMED if not (ROOT / name).exists()] == []
