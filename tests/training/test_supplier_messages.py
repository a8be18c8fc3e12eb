"""A supplier's messages for a draaiboek: valid as they are, and wrong in what is given on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import access
from app.files.regular import Unreadable
from app.refusals import Refused
from app.training import situations, supplier_messages
from app.training.scripts import checks, sending
from app.training.scripts.document import parse_script
from app.training.scripts.errors import InvalidScript
from app.training.scripts.grammar import Command, parse
from app.uwlr import journal, telling
from models.assessment import Result
from models.board import Board

GIVEN = [
    ("send pull", "accepted", ""),
    ("send push", "accepted", ""),
    ('send pull with autorisatiesleutel "99QQ00eenandersleutel"', "refused", "SLEUTEL-01"),
    ('send pull with klantcode "<&>"', "refused", "KLANT-01"),
    ('send pull with brincode "99ZZ"', "refused", "SLEUTEL-02"),
    ('send pull with xsdversie "1.0"', "refused", "MSG-14"),
    ('send push with toetscode "rekenen-99"', "refused", "INHOUD-05"),
    ('send push with afnamedatum "gisteren"', "refused", "MSG-07"),
]


@pytest.fixture
def supplied(practice_db: str) -> Board:
    """A board with a supplier, on each database."""
    board: Board = Board.get()
    situations.bring_about(board, situations.find("supplier"))
    return board


def test_each_message_goes_as_it_says(supplied: Board) -> None:
    actor = access.actor_for(access.find_user(supplied, "rovict"))
    assert not checks.parse("message accepted").holds(actor)
    for line, outcome, rule in GIVEN:
        number = sending.send(supplied, parse(line), Path())
        row = journal.get(supplied.id, number)
        assert row is not None
        assert (row.outcome, row.rule) == (outcome, rule), (line, telling.told(row))
        assert supplier_messages.KEY not in "\n".join(telling.told(row))
        assert checks.parse(f"message {outcome}").holds(actor)
        assert not rule or checks.parse(f"message refused {rule}").holds(actor)
        assert not checks.parse("message refused MSG-01").holds(actor)
    assert [row.score for row in Result.select().where(Result.supplier == "iep-lvs", Result.score == 61)] == [61]


def test_the_same_is_written_down_each_time(supplied: Board) -> None:
    rows = [journal.get(supplied.id, sending.send(supplied, parse("send pull"), Path())) for _time in range(2)]
    first, second = [(row.at, row.ms, row.told, row.request, row.answer) for row in rows if row is not None]
    assert first == second


def test_a_file_is_sent_as_it_is(supplied: Board, tmp_path: Path) -> None:
    (tmp_path / "los.xml").write_bytes(b"<leerresultaten_verzoek")
    number = sending.send(supplied, parse('send file "los.xml"'), tmp_path)
    row = journal.get(supplied.id, number)
    assert row is not None
    assert (row.rule, bytes(row.request)) == ("XML-01", b"<leerresultaten_verzoek")
    with pytest.raises(Unreadable, match="bestaat niet"):
        sending.send(supplied, parse('send file "weg.xml"'), tmp_path)


def test_a_draaiboek_sends_nothing_from_outside_its_folder(supplied: Board, tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    (folder := tmp_path / "map").mkdir()
    (folder / "link.xml").symlink_to(tmp_path / "geheim.txt")
    for name in ("../geheim.txt", str(tmp_path / "geheim.txt"), "link.xml", "a\0b"):
        with pytest.raises(Refused, match="niet in de map van het draaiboek of daaronder"):
            sending.send(supplied, Command("send", 2, (name,), 1, ""), folder)


def test_a_field_that_is_not_there_is_said_before_anything_is_played() -> None:
    text = '---\ntitle: Mis\n---\n1. Stuur\n\n```esis\nsend pull with toetscode "x"\ncheck message accepted\n```\n'
    with pytest.raises(InvalidScript, match=r"Een bericht 'pull' heeft geen toetscode\. Kies uit: autorisatiesleutel"):
        parse_script(text, Path("mis.draaiboek.md"))
    with pytest.raises(Refused, match=r"'gelukt' kan hier niet\. Kies uit: accepted, refused, failed\."):
        checks.parse("message gelukt")


def test_the_indented_beginning_of_a_message_says_that_it_is_that() -> None:
    cut = "<a><b>1</b><c>2</c"
    assert telling.indented(cut) == cut
    assert telling.indented(cut, cut=True).splitlines() == [
        "<a>",
        "  <b>1</b>",
        "  <c>2</c>",
        "</a>",
        telling.REST.strip(),
    ]
    assert telling.indented("geen xml", cut=True) == "geen xml"
