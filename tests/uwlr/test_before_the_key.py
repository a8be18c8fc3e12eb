"""What is refused before a key is looked at is in the school's logbook too; and a large message needs a key first."""

from __future__ import annotations

import pytest

from app.couplings import logbook
from app.couplings.logbook import LogKind
from app.exchange.uwlr import Authorisation
from app.training.supplier_practice import SUPPLIER
from app.uwlr import handling
from app.uwlr.handling import Manner
from tests.uwlr.conftest import School
from tests.uwlr.messages import PUPIL, RESULT, TEST, Letter, result, sitting

WRONG_KEY = "99QQ00eenheelanderecode"


def line(school: School) -> str:
    found = logbook.newest_of(school.practice.location, SUPPLIER.coupling, LogKind.REFUSED)
    return found.message if found else ""


def by(school: School, key: str) -> Letter:
    said = school.practice.authorisation
    return Letter(Authorisation(key, said.client_code, said.client_name))


def test_a_refusal_of_the_form_is_in_the_logbook_without_what_is_personal(school: School) -> None:
    school.call(school.letter.but(sittings=sitting("p" * 300, result("r1"))).push)
    assert "MSG-07" in line(school)
    assert "ppp" not in line(school)


def test_so_are_another_year_when_strict_and_another_school_key(school: School) -> None:
    school.call(school.letter.but(year="2018-2019").pull, manner=Manner(strict=True))
    assert "2018-2019" in line(school)
    key = "<schoolkey>De Linde</schoolkey>"
    named = "<brincode>99QQ</brincode>\n<dependancecode>00</dependancecode>"
    school.call(school.letter.pull.replace(named, key))
    assert "schoolkey" in line(school)


def test_nobody_floods_a_logbook(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "MOST_A_DAY", 2)
    wrong = school.letter.but(version="9.9").pull
    for _ in range(4):
        school.call(wrong)
    day = school.practice.board.now.replace(hour=0, minute=0)
    assert logbook.count_of(school.practice.location, SUPPLIER.coupling, LogKind.REFUSED, day) == 2


@pytest.fixture
def every_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "LARGE", 0)


@pytest.mark.usefixtures("every_is_large")
@pytest.mark.parametrize("tail", ["</toetsafnames", "<nergens/>"])
def test_of_a_large_message_without_a_key_only_the_beginning_is_read(
    school: School, monkeypatch: pytest.MonkeyPatch, tail: str
) -> None:
    def read(*_: object) -> None:
        raise AssertionError("it is read whole")

    text = by(school, WRONG_KEY).push.replace("</toetsafname>", f"</toetsafname>{tail}", 1)
    with monkeypatch.context() as patch:
        patch.setattr(handling, "understood", read)
        told = school.written(school.call(text))
    assert (told["rule"], told["fault"]) == ("SLEUTEL-01", "Client.AutorisatieOngeldig")
    assert "ESIS kent deze code niet" in line(school)


@pytest.mark.usefixtures("every_is_large")
@pytest.mark.parametrize("tests_first", [False, True])
def test_with_a_key_it_is_checked_and_stored_as_any(school: School, tests_first: bool) -> None:
    text = school.letter.push
    if tests_first:
        toetsen = text[text.index("<toetsen>") : text.index("</toetsen>") + len("</toetsen>")]
        text = text.replace(toetsen, "").replace("<toetsafnames>", f"{toetsen}<toetsafnames>")
    told = school.written(school.call(text))
    assert told["outcome"] == "accepted", told["told"]
    cut = school.written(school.call(school.letter.push[:-40]))
    assert cut["fault"] == "Client.OngeldigBericht"
    assert school.written(school.call(school.letter.pull))["outcome"] == "accepted"


@pytest.mark.usefixtures("every_is_large")
def test_the_form_of_the_beginning_comes_before_the_key(school: School) -> None:
    told = school.written(school.call(by(school, WRONG_KEY).but(version="9.9", sittings=RESULT, tests=TEST).push))
    assert told["rule"] == "MSG-14"
    assert [one["rule"] for one in told["later"]] == ["SLEUTEL-01"]
    assert PUPIL not in str(told)
