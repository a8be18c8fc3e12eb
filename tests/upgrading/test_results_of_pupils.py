"""Results of 0.4.0, keyed by leerlingnummer, become the pupil's: doubles are merged, and nothing is lost."""

from __future__ import annotations

import json
from typing import Any

from app import history
from app.school.assessment import waiting
from models.assessment import ExcludedResult, ReplacedResult, Result, UnmatchedResult
from models.history import Change
from models.schema import connect, open_database
from models.school import Pupil
from tests.upgrading.structure import rows


class Old:
    """A database of 0.4.0 in which results are written by its own columns."""

    def __init__(self, url: str) -> None:
        self.db = connect(url)
        self.pupil, self.location = rows(self.db, "SELECT id, location_id FROM pupil ORDER BY id")[0]

    def insert(self, table: str, **values: Any) -> int:
        """A row; its id."""
        columns, marks = ", ".join(values), ", ".join([self.db.param] * len(values))
        made = self.db.execute_sql(
            f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING id", tuple(values.values())
        )
        return int(made.fetchone()[0])

    def result(self, supplier: str, key: str, score: int, at: str = "2020-02-10 08:00:00", **values: Any) -> int:
        """A result of the first pupil."""
        usual = {"assessment": "lezen-6", "part": "", "date": "2020-02-03", "level": "", "reference_level": ""} | values
        return self.insert(
            "result",
            location_id=self.location,
            pupil_id=self.pupil,
            supplier=supplier,
            supplier_key=key,
            score=score,
            received_at=at,
            **usual,
        )

    def exclude(self, result: int) -> None:
        """That it counts nowhere."""
        self.insert(
            "excluded_result",
            result_id=result,
            pupil_id=self.pupil,
            reason="Anders",
            excluded_by="ib",
            excluded_at="2020-02-11 08:00:00",
        )


def test_keys_name_the_pupil_and_doubles_become_one(old: str) -> None:
    before = Old(old)
    before.result("hand", "hand:lezen-6::1:2020-02-03", 57)
    typed = before.result("hand", "hand:lezen-6::2:2020-02-03", 61, "2020-02-12 08:00:00")
    # What is a key of somebody else still is what this one gets.
    other = before.result("scol", f"{before.pupil}:2020-02-03:", 50, date="2020-02-04", assessment="scol")
    scol = before.result("scol", "x:2020-02-03:samen", 70, assessment="scol", part="samenwerken")
    day = before.result("scol", "x:2020-02-03:", 71, assessment="scol")
    year = "2019-2020"
    advice = before.result("eindtoets", f"1:{year}:", 80, level="havo", date="2020-07-31", assessment="eindtoets-8")
    wrong = before.result("eindtoets", f"2:{year}:", 90, "2020-02-20 08:00:00", level="vwo", assessment="eindtoets-8")
    before.exclude(wrong)
    august = before.result("eindtoets", "2:x:lezen", 3, date="2020-08-01", part="lezen", assessment="eindtoets-8")
    before.db.close()
    open_database(old)
    pupil = before.pupil
    mine = Result.select().where(Result.pupil == pupil, Result.supplier.in_(["hand", "scol", "eindtoets"]))
    assert {row.id: row.supplier_key for row in mine} == {
        typed: f"hand:lezen-6::{pupil}:2020-02-03",
        other: f"{pupil}:2020-02-04:",
        scol: f"{pupil}:2020-02-03:samenwerken",
        day: f"{pupil}:2020-02-03:",
        advice: f"{pupil}:{year}:",
        august: f"{pupil}:2020-2021:lezen",
    }
    earlier = {(row.result_id, row.score, row.level, row.pupil_id) for row in ReplacedResult.select()}
    assert {(typed, 57, "", pupil), (advice, 90, "vwo", pupil)} <= earlier
    assert not ExcludedResult.select().where(ExcludedResult.pupil == pupil).exists()


def test_of_two_files_under_two_numbers_the_later_one_is_the_whole(old: str) -> None:
    before, usual = Old(old), {"assessment": "eindtoets-8", "date": "2020-04-20"}
    before.result("eindtoets", "1:2019-2020:", 70, **usual)
    before.result("eindtoets", "1:2019-2020:lezen", 2, part="lezen", **usual)
    later = before.result("eindtoets", "2:2019-2020:", 90, "2020-05-20 08:00:00", **usual)
    before.db.close()
    open_database(old)
    mine = Result.select().where(Result.pupil == before.pupil, Result.supplier == "eindtoets")
    assert [(row.id, row.score) for row in mine] == [(later, 90)]


def test_what_was_matched_and_is_not_there_any_more_is_on_the_list(old: str) -> None:
    before = Old(old)
    for key, state in (("gone", "matched"), ("here", "matched"), ("away", "dismissed")):
        before.insert(
            "unmatched_result",
            location_id=before.location,
            supplier="iep-lvs",
            supplier_key=key,
            pupil_key="9",
            pupil_eckid="",
            assessment="lezen-6",
            part="",
            date="2020-02-03",
            level="",
            score=1,
            reference_level="",
            reason="",
            state=state,
            received_at="2020-02-10 08:00:00",
        )
    before.result("iep-lvs", "here", 61)
    before.db.close()
    open_database(old)
    listed = UnmatchedResult.select().where(UnmatchedResult.pupil_key == "9", waiting.on_list())
    assert [row.supplier_key for row in listed] == ["gone"]
    assert UnmatchedResult.get(UnmatchedResult.supplier_key == "here").score == 61


def test_who_a_result_left_is_told_of_what_went_before(old: str) -> None:
    before = Old(old)
    board, other = rows(before.db, "SELECT board_id, id FROM pupil ORDER BY id")[1]
    states = [json.dumps({"id": 1, "pupil_id": pupil}) for pupil in (before.pupil, other)]
    user = '"user"'
    made = before.insert(
        "change",
        board_id=board,
        at="2020-02-10 08:00:00",
        **{user: "u"},
        source="webservice",
        kind="result",
        record_id=1,
        pupil_id=other,
        action="changed",
        before=states[0],
        after=states[1],
    )
    before.db.close()
    open_database(old)
    assert made in [change.id for change in history.changes_about(before.pupil)]
    assert Change.select().where(Change.from_pupil_id.is_null(False)).count() == 1
    assert Pupil.get_by_id(other)
