"""Toetsoverzichten by keyboard: group, period and subject, the chart, and the CSV file."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import platformdirs
import pytest

from app.school.assessment import counting, exclusions
from models.assessment import Result
from models.board import Board
from models.school import Pupil
from tests.golden import Golden
from tests.screens.assessments.results import delivered, group_six, typed_in
from tests.screens.driving import SMALL, WIDE, driving


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x36", "80x24"])
async def test_a_group_in_a_period_beside_the_one_before(
    practice: Board, size: tuple[int, int], golden: Golden
) -> None:
    actor = delivered(practice)
    typed_in(actor, "rekenen-6", date(2020, 1, 29), "50")
    first = next(row for row in exclusions.listed(actor, group_six(actor).id, "lezen-6"))
    exclusions.exclude(actor, [first.id], "Anders")
    async with driving(practice, "leerkracht6", size) as user:
        await user.open("Toetsoverzichten")
        assert "Periode: midden 2019-2020" in user.text
        assert "Weggelaten: 1 uitgesloten en 1 niet meegeteld" in user.words
        await user.press("end")
        assert "eind 2018-2019 (25 leerlingen)" in user.text
        golden.check(user.app, f"toetsoverzichten-{size[0]}x{size[1]}")
        await user.act("Periode kiezen")
        await user.press("down", "down", "enter")
        assert "Periode: eind 2018-2019" in user.text
        assert user.line("Lezen groep 5")
        await user.press("f", "down", "enter")
        assert "Vak: Lezen ▼" in user.text
        assert "Rekenen groep 5" not in user.text


async def test_all_groups_together_and_as_a_file(
    practice: Board, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    delivered(practice)
    monkeypatch.setattr(platformdirs, "user_downloads_dir", lambda: str(tmp_path))
    async with driving(practice, "ib", SMALL) as user:
        await user.go_to("toetsoverzichten")
        read_by: list[threading.Thread] = []
        judged = counting.judged
        monkeypatch.setattr(
            counting,
            "judged",
            lambda *where, **since: (read_by.append(threading.current_thread()), judged(*where, **since))[1],
        )
        await user.press("g", "home", "enter")
        assert "Groep: alle groepen ▼" in user.text
        assert read_by
        assert threading.main_thread() not in read_by
        await user.press("e")
        assert user.said[-1].startswith("Bewaard als")
        text = (tmp_path / "toetsoverzichten.csv").read_text(encoding="utf-8-sig")
        assert text.splitlines()[0] == "Toets;Aantal;Gemiddeld;Groei;Verdeling"
        assert (
            len(text.splitlines())
            == len({row.assessment for row in Result.select().where(Result.date > date(2019, 8, 1))}) + 1
        )


async def test_an_empty_board_says_what_is_missing(practice: Board) -> None:
    async with driving(practice, "ib") as user:
        await user.go_to("toetsoverzichten")
        assert "zijn er voor groep 3 geen resultaten" in user.words
        await user.press("f", "escape", "g", "escape", "full_stop")
        assert "Groep: 4 ▼" in user.text
    Pupil.delete().execute()
    async with driving(practice, "zonderrol") as user:
        await user.go_to("toetsoverzichten")
        assert "rol" in user.text
