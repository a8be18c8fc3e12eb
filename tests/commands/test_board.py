"""`esis reset --to`, `esis fault` of the newer kinds, `esis board` and `esis trainer`, exactly as typed."""

from __future__ import annotations

from pathlib import Path

from models.board import Board
from models.coupling import Coupling
from models.training import LessonProgress
from tests.commands.conftest import Esis
from tests.commands.test_seed import done


def names(esis: Esis) -> list[str]:
    return [row["name"] for row in esis("board", "list", "--json").data]


def test_reset_to_a_named_starting_state(esis: Esis) -> None:
    said = esis("reset", "--to", "after-first-night")
    assert (said.status, said.out) == (0, "")
    assert "after-first-night" in said.err
    assert done(esis, "clock", "show") == "2020-04-15T08:00:00+02:00\n"
    assert esis("coupling", "list", "--json").data[0]["state"] == "active"
    assert len(esis("result", "list", "--json").data) > 1000
    said = esis("reset", "--to", "morgen")
    assert (said.status, "Er zijn: begin, iep-coupled" in said.err) == (1, True)
    assert esis("reset", "--to", "begin", "--clock", "real").status == 2
    assert esis("coupling", "list", "--json").data[0]["state"] == "active"  # both were refused before anything was done
    done(esis, "reset", "--to", "begin")
    assert done(esis, "clock", "show") == "2020-04-14T09:00:00+02:00\n"


def test_disturbances_that_remember(esis: Esis) -> None:
    done(esis, "reset", "--to", "after-first-night")
    trainer = ("--user", "trainer", "fault")
    assert "staat aan" in esis(*trainer, "on", "iep-lvs", "wrong-code").err
    done(esis, *trainer, "on", "iep-lvs", "unmatched")
    assert "vannacht" in esis(*trainer, "on", "iep-lvs", "again").err
    assert [row["kind"] for row in esis("fault", "list", "--json").data] == ["wrong-code", "unmatched"]
    done(esis, "clock", "advance", "--until", "morning")
    assert "code verschilt" in esis("run", "list", "--json").data[0]["error"]
    done(esis, *trainer, "off", "iep-lvs", "wrong-code")
    done(esis, "partner", "iep-lvs", "sit", "rekenen-6", "--group", "6")
    done(esis, "clock", "advance", "--until", "morning")
    counts = esis("run", "list", "--json").data[0]["counts"]
    assert counts["unmatched"] > 0
    assert counts["unchanged"] > 1000
    said = esis(*trainer, "on", "basispoort", "again")
    assert (said.status, "kan niet bij Basispoort" in said.err) == (1, True)


def test_a_class_is_made_moved_put_back_and_removed(esis: Esis, tmp_path: Path) -> None:
    sheet = tmp_path / "klas.html"
    said = esis(
        "board", "create", "--count", "2", "--sheet", str(sheet), "--address", "https://school.voorbeeld", "--json"
    )
    assert said.status == 0, said.err
    first, second = said.data
    assert (first["name"], second["command"]) == ("Klas 01", 'esis --board "Klas 02"')
    assert "rovict" in first["users"]
    assert "trainer" not in first["users"], "the sheet is for learners"
    text = sheet.read_text(encoding="utf-8")
    assert first["password"] in text
    assert first["password"] not in said.err
    assert "https://school.voorbeeld" in text
    assert names(esis) == ["Klas 01", "Klas 02", "Oefenbestuur"]

    done(esis, "board", "advance", "--all", "--until", "morning")
    done(esis, "board", "advance", "Klas 02", "--to", "2020-04-20T08:00")
    said = esis("board", "advance", "--all", "--to", "2020-04-19T08:00")
    assert (said.status, "Klas 01: het is nu" in said.err, "Klas 02: De schooltijd gaat alleen" in said.err) == (
        1,
        True,
        True,
    )
    done(esis, "board", "reset", "Klas 01", "--to", "iep-coupled")
    board = Board.get(Board.name == "Klas 01")
    LessonProgress.create(
        board=board, learner="ib", lesson="iep-lvs", started_at=board.now, seen_at=board.now, steps=17, step=3
    )
    assert [row["now"] for row in esis("board", "list", "--json").data] == [
        "2020-04-14T09:00:00+02:00",
        "2020-04-20T08:00:00+02:00",
        "2020-04-14T09:00:00+02:00",
    ]
    assert esis("board", "list", "--json").data[0]["lesson"] == "iep-lvs"
    assert [row.board.name for row in Coupling.select()] == ["Klas 01"]
    shown = done(esis, "board", "list").splitlines()[1]
    assert "iep-lvs" in shown
    assert "di 14-4-2020 09:00" in shown
    assert "+02:00" not in shown

    said = esis("board", "remove", "--all")
    assert (said.status, "--yes" in said.err) == (1, True)
    done(esis, "board", "remove", "Klas 02", "--yes")
    done(esis, "board", "reset", "--all")
    assert Coupling.select().count() == 0
    done(esis, "board", "remove", "--all", "--yes")
    assert names(esis) == ["Oefenbestuur"]


def test_what_is_typed_wrong_is_said_and_does_nothing(esis: Esis, tmp_path: Path) -> None:
    for words, status, told in (
        (("create", "--count", "0"), 1, "1 tot 99"),
        (("create", "--count", "1", "--sheet", str(tmp_path / "klas.pdf")), 1, ".html, .md of .csv"),
        (("create", "--count", "veel"), 2, "geen getal"),
        (("reset",), 2, "NAAM of --all"),
        (("reset", "Klas 01", "--all"), 2, "NAAM of --all"),
        (("reset", "Klas 01"), 1, "bestaat niet"),
        (("reset", "--all"), 1, "esis board create"),
        (("advance", "--all"), 2, "--until morning"),
        (("remove", "Oefenbestuur", "--yes"), 1, "blijft"),
    ):
        said = esis("board", *words)
        assert (said.status, told in said.err) == (status, True), said
    assert names(esis) == ["Oefenbestuur"]


def test_the_trainers_program_needs_a_terminal(esis: Esis) -> None:
    said = esis("trainer")
    assert (said.status, "terminal" in said.err) == (1, True)
