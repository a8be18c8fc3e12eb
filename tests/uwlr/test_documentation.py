"""docs/uwlr.md: the tables match the code, and what it shows is what the program gives and takes."""

from __future__ import annotations

import json
import re
from io import BytesIO

from app.exchange.uwlr_xml.namespaces import RESULTS
from app.exchange.uwlr_xml.rules import RULES
from app.exchange.uwlr_xml.types import COMPARED_WITH, REFERENCE_SCORES
from app.training import supplier_practice
from app.uwlr import addresses, documentation, handling
from app.uwlr.handling import Call, Manner
from app.uwlr.journal import Outcome
from models.assessment import Result
from models.board import Board

TEXT = documentation.FILE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    command = "uv run python -m app.uwlr.documentation"
    assert documentation.written(TEXT) == TEXT, f"run: {command}"
    assert command in TEXT.splitlines()[0]
    assert set(re.findall(r"<!-- tabel: (\w+) -->", TEXT)) == set(documentation.TABLES)
    assert all(f"| `{rule}` |" in TEXT for rule in RULES)


def test_the_message_and_the_values_of_the_page_are_right(practice_sqlite: str) -> None:
    board = Board.get()
    made = supplier_practice.set_up(board).as_json() | {"board": supplier_practice.BOARD}
    shown = json.loads(TEXT.split("```json\n")[1].split("```")[0])
    assert {name: shown[name] for name in made} == made
    assert shown["pupils"].endswith(addresses.OF_PUPILS)
    assert shown["results_wsdl"].endswith(f"{addresses.OF_RESULTS}?wsdl")
    body = TEXT.split("```xml\n")[1].split("```")[0].encode()
    call = Call(board.id, BytesIO(body), len(body), action='"HaalLeerlinggegevens"')
    answer = handling.answer(call, Manner(strict=True))
    assert answer.entry.outcome is Outcome.ACCEPTED
    pupils = re.search(r"Er komen (\d+) leerlingen terug", TEXT)
    assert pupils is not None
    assert f"Gegeven: {pupils[1]} leerlingen" in answer.entry.told


def test_the_results_of_the_page_are_stored_with_their_levels(practice_sqlite: str) -> None:
    board = Board.get()
    supplier_practice.set_up(board)
    body = TEXT.split("```xml\n")[2].split("```")[0].encode()
    call = Call(board.id, BytesIO(body), len(body), action='"BrengLeerresultaten"', service=RESULTS)
    answer = handling.answer(call, Manner(strict=True))
    assert (answer.entry.outcome, answer.entry.told) == (Outcome.ACCEPTED, "Resultaten: 1 ontvangen: 1 nieuw.")
    row = Result.get(Result.supplier_key == "resultaat-1")
    assert (row.score, row.level, row.reference_level) == (61, "III", "1F")
    for terms in (REFERENCE_SCORES, COMPARED_WITH):
        assert ", ".join(f"`{one}`" for one in terms) in TEXT
