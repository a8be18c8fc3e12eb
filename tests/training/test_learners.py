"""Names of who sits at a board: in one form, from a list, kept at a reset, gone with the board or when forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.refusals import Refused
from app.signing.sign_in import sign_in
from app.training import boards, classes, learners, resetting, sheet
from models.board import Board
from tests.builders import make_board


def listed(tmp_path: Path, text: str, name: str = "namen.txt") -> list[str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return learners.read_names(path, classes.MOST)


def test_a_name_is_kept_in_one_form(db: str) -> None:
    board = make_board()
    assert learners.name(board, " Zoe\u0308\u00a0van\u200b  Dam ") == "Zoë van Dam"
    assert learners.of(board) == "Zoë van Dam"
    assert learners.name(board, "  ") == ""
    assert learners.of(board) == ""


@pytest.mark.parametrize("wrong", ["a" * 101, "Anna\x07"])
def test_what_is_no_name_is_refused(sqlite: str, wrong: str) -> None:
    board = make_board()
    with pytest.raises(Refused, match="De naam"):
        learners.name(board, wrong)
    assert learners.of(board) == ""


def test_a_real_board_has_no_learners(sqlite: str) -> None:
    board = make_board()
    board.practice = False
    with pytest.raises(Refused, match="geen oefenbestuur"):
        learners.name(board, "Anna")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna de Vries\n\n  Zoë Çelik \n", ["Anna de Vries", "Zoë Çelik"]),
        ("Vries, Anna de\nÇelik, Zoë\n", ["Vries, Anna de", "Çelik, Zoë"]),
        ("\ufeffNaam\nAnna\n", ["Anna"]),
        ("nr;Naam;groep\n1;Anna;6\n2;;7\n3;Bo;8\n", ["Anna", "Bo"]),
        ("Voornaam,Tussenvoegsel,Achternaam\nAnna,de,Vries\nBo,,Smit\n", ["Anna de Vries", "Bo Smit"]),
        ("Achternaam\tRoepnaam\nVries\tAnna\n", ["Anna Vries"]),
    ],
)
def test_a_list_is_one_name_a_line_or_has_columns(tmp_path: Path, text: str, names: list[str]) -> None:
    assert listed(tmp_path, text) == names


def test_a_list_with_a_fault_says_where(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"namen\.txt, regel 2: De naam telt 101 tekens"):
        listed(tmp_path, f"Anna\n{'b' * 101}\n")
    with pytest.raises(Refused, match="staan geen namen"):
        listed(tmp_path, "Naam\n\n")
    with pytest.raises(Refused, match="100 namen; er kunnen er 99"):
        listed(tmp_path, "Anna\n" * 100)


def test_a_class_is_made_for_learners_and_its_lists_and_sheet_name_them(sqlite: str) -> None:
    made = classes.create(2, sitting=["Zoë <Çelik>"])
    assert [one.learner for one in made] == ["Zoë <Çelik>", ""]
    assert [row.learner for row in classes.overview(only_class=True)] == ["Zoë <Çelik>", ""]
    assert "<h2>Zoë &lt;Çelik&gt;</h2>" in sheet.as_html(made)
    assert "## Klas 01: Zoë" in sheet.as_markdown(made)
    assert sheet.as_csv(made).splitlines()[1].endswith(";Zoë <Çelik>")
    board = classes.find("Klas 01")

    resetting.reset_to(board.name, resetting.situation_point("begin"))
    assert learners.of(board) == "Zoë <Çelik>", "the same person goes on"

    assert learners.forget(classes.class_boards()) == 1
    assert learners.of(board) == ""
    boards.remove_board(board)
    assert learners.of(board) == ""


def test_who_signs_in_first_on_a_board_of_a_class_is_asked_once(sqlite: str) -> None:
    one, named = classes.create(2, sitting=["", "Anna"])
    board, other = classes.find(one.name), classes.find(named.name)
    assert learners.asks(board)
    assert not learners.asks(other)
    sign_in(board, "rovict", one.password)
    assert not learners.asks(Board.get_by_id(board.id))
    assert not learners.asks(make_board())
