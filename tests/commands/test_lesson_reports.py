"""`esis lesson stuck`, `export`, `certificate`, `results` and `handout`, exactly as typed; and names of learners."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.access import actor_for, find_user
from app.training import classes
from app.training.boards import NAME
from app.training.lessons import own
from models.board import Board
from tests.commands.conftest import Esis
from tests.training.reports import xapi_rules
from tests.training.reports.logs import at, smooth, store


def text_of(path: Path) -> list[str]:
    """The text of each sheet."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]


def practised(esis: Esis, tmp_path: Path) -> None:
    """Two learners with a name who did a lesson; the second was stuck at step 2."""
    names = tmp_path / "namen.txt"
    names.write_text("Zoë Çelik\nĐorđe\n", encoding="utf-8")
    said = esis("board", "create", "--names", str(names), "--json")
    assert said.status == 0, said.err
    assert [row["learner"] for row in said.data] == ["Zoë Çelik", "Đorđe"]
    for number, board in enumerate(classes.class_boards()):
        trouble = [(1.5, "remark", 2, "coupling iep-lvs paused")] if number else []
        rows = [*smooth(steps=1), (1, "given", 2, ""), *trouble, (3, "done", 2, "")]
        store(board, *rows, finished_at=at(3), step=2, steps=2, seconds=180, mistakes=number)


def test_where_people_get_stuck_as_a_table_json_and_csv(esis: Esis, tmp_path: Path) -> None:
    assert "nog geen oefening" in esis("lesson", "stuck").err
    practised(esis, tmp_path)
    store(Board.get(Board.name == NAME), (0, "given", 1, ""), (1, "left", 1, ""), lesson="rondleiding")
    first, *others = esis("lesson", "stuck", "--class", "--json").data
    assert (first["lesson"], first["step"], first["stuck"], first["share_stuck"]) == ("iep-lvs", 2, 1, 0.5)
    assert [row["step"] for row in others] == [1]
    assert [row["lesson"] for row in esis("lesson", "stuck", "--lesson", "rondleiding", "--json").data] == [
        "rondleiding"
    ]
    assert len(esis("--board", "Klas 01", "lesson", "stuck", "--json").data) == 2
    assert "50 %" in esis("lesson", "stuck", "--lesson", "iep-lvs").out
    path = tmp_path / "vast.csv"
    assert esis("lesson", "stuck", "--csv", str(path)).status == 0
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 4
    assert esis("lesson", "stuck", "--board", "Klas 9").status == 1


def test_statements_are_lines_of_json_that_keep_the_rules(esis: Esis, tmp_path: Path) -> None:
    practised(esis, tmp_path)
    path = tmp_path / "x.jsonl"
    said = esis("lesson", "export", "--xapi", str(path), "--home", "https://leren.voorbeeld.nl")
    assert (said.status, "statements staan in" in said.err) == (0, True)
    before = path.read_text(encoding="utf-8")
    found = [json.loads(line) for line in before.splitlines()]
    each = len(["initialized", *2 * ["attempted", "completed", "progressed"], "completed", "terminated"])
    assert len(found) == 2 * each + len(["experienced"])
    for statement in found:
        xapi_rules.check(statement)
    assert "Zoë" not in before
    assert esis("lesson", "export", "--xapi", str(path)).status == 1, "it is there already"
    esis("lesson", "export", "--xapi", str(path), "--yes", "--home", "https://leren.voorbeeld.nl")
    assert path.read_text(encoding="utf-8") == before
    assert esis("lesson", "export", "--xapi", str(path), "--yes", "--home", "leren").status == 1
    assert esis("lesson", "export", "--xapi", "-", "--home", "https://leren.voorbeeld.nl").out == before


def test_certificates_and_the_results_sheet(esis: Esis, tmp_path: Path) -> None:
    one, all_of_them, sheet = (tmp_path / name for name in ("een.pdf", "alle.pdf", "blad.pdf"))
    assert "nog niemand" in esis("lesson", "certificate", "--pdf", str(one)).err
    practised(esis, tmp_path)
    assert esis("lesson", "certificate", "--board", "Klas 02", "--lesson", "iep-lvs", "--pdf", str(one)).status == 0
    (text,) = text_of(one)
    assert all(part in text for part in ("Certificaat", "Đorđe", "IEP LVS activeren", "voltooid op 1-9-2026", "1 fout"))
    assert esis("lesson", "certificate", "--pdf", str(all_of_them)).status == 0
    assert ["Đorđe" in text for text in text_of(all_of_them)] == [True, False]
    assert esis("lesson", "results", "--pdf", str(sheet)).status == 0
    (text,) = text_of(sheet)
    assert "2 cursisten" in text
    assert all(part in text for part in ("Zoë Çelik", "Đorđe", "✓ klaar"))
    before = one.read_bytes()
    esis("lesson", "certificate", "--board", "Klas 02", "--lesson", "iep-lvs", "--pdf", str(one), "--yes")
    assert one.read_bytes() == before, "the same content gives the same bytes"


@pytest.mark.parametrize("answers", [False, True])
def test_hand_outs_are_one_sheet_a_lesson(esis: Esis, tmp_path: Path, answers: bool) -> None:
    path = tmp_path / "hand-out.pdf"
    more = ["--answers"] if answers else []
    said = esis("lesson", "handout", "iep-lvs", "toets-staat-uit", "--no-pictures", "--pdf", str(path), *more)
    assert said.status == 0, said.err
    first, second = text_of(path)
    assert "17. Bekijk de resultaten als leerkracht" in first
    assert ("99QQ001234567890abcd" in first) == answers
    assert "Van een toets komen geen resultaten" in second
    assert "iep-lvz" in esis("lesson", "handout", "iep-lvz", "--pdf", str(path), "--yes").err


def test_a_lesson_of_ones_own_has_a_hand_out_by_its_name(esis: Esis, tmp_path: Path) -> None:
    text = "---\ntitle: Van ons\n---\n\n1. Doe iets van ons\n\n```esis\ncheck coupling iep-lvs active\n```\n"
    own.add(actor_for(find_user(Board.get(), "trainer")), "van-ons", text, frozenset())
    path = tmp_path / "hand-out.pdf"
    assert esis("lesson", "handout", "Van-ons", "--no-pictures", "--pdf", str(path)).status == 0
    assert "Doe iets van ons" in text_of(path)[0]


def test_names_are_given_and_forgotten(esis: Esis, tmp_path: Path) -> None:
    assert esis("board", "create").status == 2
    practised(esis, tmp_path)
    names = tmp_path / "namen.txt"
    assert "2 namen en maar 1" in esis("board", "create", "--names", str(names), "--count", "1", "--name", "B").err
    assert "zit Bo de Wit" in esis("board", "name", "Klas 01", " Bo  de Wit ").err
    assert [row["learner"] for row in esis("board", "list", "--json").data] == ["Bo de Wit", "Đorđe", ""]
    assert "2 namen zijn vergeten" in esis("board", "forget", "--all").err
    assert "0 namen" in esis("board", "forget", "Klas 01").err
    assert esis("board", "name", "Klas 9", "Bo").status == 1
