"""A school number in the various forms people write it in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.access import find_location
from app.exchange import edexml
from app.exchange.brin import school_and_location
from app.partners.accounts import check_brin6
from app.refusals import Refused
from app.school.board.directory import RelatedSchoolForm
from app.school.board.organisation import BRIN
from tests.builders import make_board
from tests.school.files.edex import edex

BRIN6 = RelatedSchoolForm.specs()["brin6"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("99QQ00", "99QQ00"),
        ("99qq00", "99QQ00"),
        (" 99qq 00 ", "99QQ00"),
        ("99QQ-00", "99QQ00"),
        ("99QQ.01", "99QQ01"),
        ("99 QQ 00", "99QQ00"),
        ("99QQ\u201300", "99QQ00"),
        ("99QQ", "99QQ00"),
        ("99 qq", "99QQ00"),
        ("99QQ\xa000", "99QQ00"),
        ("", ""),
        ("99Q00", ""),
        ("QQ9900", ""),
        ("99QQ0", ""),
        ("99QQ000", ""),
        ("\u0669\u0669QQ00", ""),
        ("99QQ00A", ""),
    ],
)
def test_the_number_that_is_meant(written: str, meant: str) -> None:
    assert school_and_location(written) == meant


def test_every_entrance_understands_it(sqlite: str) -> None:
    board = make_board(locations=("00", "01"))
    assert find_location(board, "99qq-01").brin6 == "99QQ01"
    assert find_location(board, "99qq").brin6 == "99QQ00"
    assert BRIN.checked("99 qq") == "99QQ"
    assert BRIN6.checked("99qq.01") == "99QQ01"
    assert check_brin6("99qq 01") == "99QQ01"


@pytest.mark.parametrize("check", [BRIN.checked, BRIN6.checked, check_brin6])
def test_what_is_none_is_refused_as_it_was_typed(check: Callable[[str], str]) -> None:
    with pytest.raises(Refused, match="'99q'"):
        check("99q")


@pytest.mark.parametrize(
    ("brin", "number", "found"),
    [
        ("99qq", "01", ("99QQ", "01")),
        ("99QQ01", "", ("99QQ", "01")),
        ("99 QQ-01", "01", ("99QQ", "01")),
        ("99QQ", "", ("99QQ", "00")),
    ],
)
def test_a_file_may_have_it_in_another_form(brin: str, number: str, found: tuple[str, str]) -> None:
    source = edex(brin=brin, number=number)
    file = edexml.read(source)
    assert file.school is not None
    assert ((file.school.brin, file.school.location), list(file.problems)) == (found, [])


def test_two_location_numbers_are_an_error() -> None:
    (problem,) = edexml.read(edex(brin="99QQ01", number="00")).problems
    assert "brincode 99QQ01 en dependancecode 00 spreken elkaar tegen" in problem.sentence
