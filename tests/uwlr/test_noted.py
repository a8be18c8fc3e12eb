"""A message is parsed once, and what is wrong with a result is told as if it had been read again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from app.exchange import disk_backed_list
from app.exchange.uwlr_xml.noted import NotedResults
from app.refusals import Refused
from app.uwlr import pushing
from models.assessment import Result
from models.base import database
from tests.uwlr.conftest import School
from tests.uwlr.messages import PUPIL, assessment, norm, oso, part_of, result, sitting

TESTS = (
    assessment("lezen-6", norm(0, 100))
    + assessment("rekenen-6", norm(0, 60, "IV") + norm(61, 120, "I"), part_of(1, "getallen", norm(0, 100)))
    + assessment("onbekend-9")
)
AT = 13
"""Which of the results is otherwise."""


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "_PAGE", 4)
    monkeypatch.setattr(disk_backed_list, "CHUNK", 3)


def pushed(school: School, other: str = "", pupil: str = PUPIL) -> tuple[Any, list[tuple[object, ...]]]:
    """What is told of twenty results, of which one is otherwise, and what is stored; nothing of it stays."""
    each = [
        result(f"n{number}", f"<score>{40 + number}</score>", "rekenen-6" if number % 3 else "lezen-6")
        for number in range(20)
    ]
    each[AT] = other or each[AT]
    sittings = "".join(sitting(pupil if one == AT else PUPIL, text) for one, text in enumerate(each))
    with database.atomic() as transaction:
        entry = school.call(school.letter.but(sittings=sittings, tests=TESTS).push).entry
        columns = (Result.supplier_key, Result.pupil, Result.assessment, Result.part, Result.score, Result.level)
        rows = Result.select(*columns).where(Result.supplier_key.startswith("n")).tuples()
        stored = sorted(rows)
        transaction.rollback()
    return (entry.told, entry.finding and asdict(entry.finding)), stored


OTHERS = {
    "nothing": "",
    "outside the norm": result("n13", "<score>101</score>", "lezen-6"),
    "a part that did not come": result("n13", test="rekenen-6", part="verbanden"),
    "a test that ESIS does not know": result("n13", test="onbekend-9"),
    "more than the scale has": result("n13", oso("5000"), "rekenen-6"),
    "larger than any score": result("n13", f"<score>{2**31}</score>", "lezen-6"),
    "a key too long to keep": result("k" * 257, test="lezen-6"),
    "before the pupil was born": result("n13", test="lezen-6", date="1999-01-01"),
    "a level of its own": result("n13", oso("57.5", "III", "1F"), "rekenen-6"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
@pytest.mark.usefixtures("small_pages")
def test_what_is_noted_is_what_is_read(kept: School, monkeypatch: pytest.MonkeyPatch, other: str) -> None:
    noted = pushed(kept, other)
    monkeypatch.setattr(NotedResults, "add", lambda self, _sitting: self.end())
    assert noted == pushed(kept, other)
    assert len(noted[1]) in (0, 19, 20)  # whose pupil cannot have it waits


@pytest.mark.usefixtures("small_pages")
def test_without_room_for_the_notes_the_message_is_read_again(kept: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise Refused("Geen ruimte.")

    right = pushed(kept)
    monkeypatch.setattr(disk_backed_list.DiskBackedList, "_write", full)
    assert pushed(kept) == right
