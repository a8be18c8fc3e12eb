"""`esis year-transition`: preview, run and undo, planned or at once."""

from __future__ import annotations

import pytest

from app import clock
from app.training.boards import reset_board
from tests.commands.conftest import Esis


@pytest.fixture(autouse=True)
def july(practice: str) -> None:
    """The end of the school year: two nights before it, not a hundred."""
    reset_board(now=clock.parse_moment("2020-07-30T09:00"))


def groups_of(esis: Esis) -> dict[str, str]:
    return {pupil["key"]: pupil["group"] for pupil in esis("pupil", "list", "--json").data}


def test_preview_tells_where_every_pupil_goes_and_changes_nothing(esis: Esis) -> None:
    before = groups_of(esis)
    said = esis("year-transition", "preview", "--json")
    assert said.status == 0
    lines = {line["key"]: line for line in said.data}
    assert set(before) <= set(lines)
    six = next(line for line in said.data if line["from_group"] == "6")
    assert (six["to_group"], six["what"], six["year_group"]) == ("7", "up", "7")
    eight = next(line for line in said.data if line["from_group"] == "8")
    assert (eight["to_group"], eight["what"], eight["reason"]) == ("", "vo", "Naar het voortgezet onderwijs")
    assert groups_of(esis) == before
    table = esis("year-transition", "preview")
    assert table.out.splitlines()[0].split() == ["NUMMER", "NAAM", "VAN", "NAAR"]
    assert len(table.out.splitlines()) == len(lines) + 1
    assert "2019-2020 naar 2020-2021" in table.err


def test_run_before_1_august_plans_it_and_moving_the_clock_carries_it_out(esis: Esis) -> None:
    meant = {line["key"]: line["to_group"] for line in esis("year-transition", "preview", "--json").data}
    planned = esis("year-transition", "run")
    assert (planned.status, "gepland voor za 1-8-2020 00:00" in planned.err) == (0, True)
    assert esis("year-transition", "run").status == 1
    assert esis("clock", "advance", "--to", "2020-08-01T08:00").status == 0
    runs = [run for run in esis("run", "list", "--json").data if run["slot"].startswith("2020-08-01")]
    assert [run["coupling"] for run in sorted(runs, key=lambda run: run["id"])][:2] == [
        "jaarovergang",
        "publish-iep-lvs",
    ]
    after = groups_of(esis)
    assert after == {key: meant[key] for key in after}
    assert {line["name"] for line in esis("group", "list", "--json").data} >= {"1", "5/6", "8"}


def test_run_after_1_august_ends_when_it_is_done_and_undo_takes_it_back(esis: Esis) -> None:
    assert esis("clock", "advance", "--to", "2020-08-03T09:00").status == 0
    before = groups_of(esis)
    ran = esis("year-transition", "run")
    assert (ran.status, "is uitgevoerd" in ran.err, "naar het VO" in ran.err) == (0, True, True)
    assert groups_of(esis) != before
    assert esis("year-transition", "undo").status == 0
    assert groups_of(esis) == before


def test_undo_withdraws_what_is_only_planned(esis: Esis) -> None:
    esis("year-transition", "run")
    said = esis("year-transition", "undo")
    assert (said.status, "ingetrokken" in said.err) == (0, True)
    again = esis("year-transition", "undo")
    assert (again.status, again.err) == (1, "Er is geen jaarovergang om terug te draaien.\n")


def test_undo_is_refused_once_a_partner_acted(esis: Esis) -> None:
    esis("year-transition", "run")
    esis("clock", "advance", "--to", "2020-08-01T08:00")
    said = esis("year-transition", "undo")
    assert said.status == 1
    assert "De uitwisseling ESIS naar Basispoort van za 1-8-2020 01:30" in said.err


def test_who_may_not_is_told_who_may(esis: Esis) -> None:
    for user, word in (("ib", "de jaarovergang uitvoeren"), ("zonderrol", "geen rol")):
        for command in ("preview", "run", "undo"):
            said = esis("--user", user, "year-transition", command)
            assert (said.status, word in said.err) == (1, True)


def test_run_again_after_a_command_that_was_killed_finishes_that_one_only(esis: Esis) -> None:
    from app.access import actor_for, find_user
    from app.school.transition import planning
    from app.school.transition.situations import Stage, situation
    from models.board import Board

    esis("clock", "advance", "--to", "2020-08-03T09:00")
    actor = actor_for(find_user(Board.get(), "rovict"))
    planning.confirm(actor)
    said = esis("year-transition", "run")
    assert (said.status, "naar 2020-2021 is uitgevoerd" in said.err) == (0, True)
    assert situation(actor).stage == Stage.NONE
