"""The rules of who is who, and that they are symmetric (`docs/wie-is-wie.md`)."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.identity import Carer, Person, Sign, Signs, Verdict, compare, compare_carers, verdict

BORN, OTHER_DAY = date(2010, 2, 3), date(2011, 4, 5)
DOC = Path(__file__).resolve().parents[2] / "docs" / "wie-is-wie.md"

SIGNS = {sign.value: sign for sign in Sign}
OUTCOMES = {"D": Verdict.SAME, "T": Verdict.DOUBT, "A": Verdict.OTHER}
TABLE = {
    # number, ECK iD: per name (= ~ ≠ ·) the outcomes for birth date = ≠ ·
    "==": ("DDD", "DDD", "DDD", "DDD"),
    "=≠": ("TTT", "TTT", "TTT", "TTT"),
    "=·": ("DTD", "DTD", "DTT", "DTD"),
    "~=": ("TTT", "TTT", "TTT", "TTT"),
    "~≠": ("TAA", "TAA", "AAA", "AAA"),
    "~·": ("TAT", "TAT", "AAA", "TAT"),
    "≠=": ("TTT", "TTT", "TTT", "TTT"),
    "≠≠": ("TAA", "TAA", "AAA", "AAA"),
    "≠·": ("TAT", "TAT", "AAA", "AAA"),
    "·=": ("DTD", "TTT", "TTT", "TTT"),
    "·≠": ("TAA", "TAA", "AAA", "AAA"),
    "··": ("DAT", "TAT", "AAA", "AAA"),
}
ROWS = [
    (number + eckid + name + born, OUTCOMES[outcomes[place]])
    for (number, eckid), by_name in TABLE.items()
    for name, outcomes in zip("=~≠·", by_name, strict=True)
    for place, born in enumerate("=≠·")
]


def test_the_table_names_every_case_once() -> None:
    every = {"".join(case) for case in product("=~≠·", "=≠·", "=~≠·", "=≠·")}
    assert {signs for signs, _ in ROWS} == every
    assert len(ROWS) == len(every)


@pytest.mark.parametrize(("signs", "outcome"), ROWS, ids=[signs for signs, _ in ROWS])
def test_what_follows_from_the_signs(signs: str, outcome: Verdict) -> None:
    one, other = described(signs)
    assert str(compare(one, other)) == signs
    assert verdict(compare(one, other)) is outcome


def test_the_page_in_the_docs_has_this_table() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")
    ]
    assert {row[0] + row[1]: tuple(row[2:]) for row in cells} == TABLE


def described(signs: str) -> tuple[Person, Person]:
    """Two descriptions of which the four things say this."""
    number, eckid, name, born = signs
    first = Person("0042", "eck-1", "Anna", "van", "Berg", BORN)
    numbers = {"=": "0042", "~": "42", "≠": "77", "·": ""}
    names = {"=": ("ANNA", "Van", "Bérg"), "~": ("Anna", "", "Berg"), "≠": ("Bas", "", "Bos"), "·": ("", "", "")}
    second = Person(
        numbers[number],
        {"=": "eck-1", "≠": "eck-2", "·": ""}[eckid],
        *names[name],
        {"=": BORN, "≠": OTHER_DAY, "·": None}[born],
    )
    return first, second


def test_two_different_numbers_are_never_one_without_a_word() -> None:
    assert all(outcome is not Verdict.SAME for signs, outcome in ROWS if signs[0] in "≠~")


def test_a_former_number_still_means_the_pupil() -> None:
    renumbered = Person("2042", first_name="Anna", last_name="Berg", former=("1042",))
    assert str(compare(renumbered, Person("1042"))) == "=···"
    assert str(compare(Person("1042"), renumbered)) == "=···"


def test_a_prefix_written_with_the_last_name_is_the_same_name() -> None:
    assert (
        compare(Person("", "", "Anna", "van der", "Berg"), Person("", "", "Anna", "", "Van der Berg")).name
        is Sign.EQUAL
    )


def test_a_reason_says_what_agrees_first() -> None:
    one, other = described("≠·==")
    assert compare(one, other).reason == "zelfde naam, zelfde geboortedatum, ander nummer"


people = st.builds(
    Person,
    number=st.sampled_from(("", "1", "01", "2")),
    eckid=st.sampled_from(("", "a", "b")),
    first_name=st.sampled_from(("", "Anna", "ánna", "Bas")),
    prefix=st.sampled_from(("", "van")),
    last_name=st.sampled_from(("", "Berg", "van Berg")),
    birth_date=st.sampled_from((None, BORN, OTHER_DAY)),
    former=st.sampled_from(((), ("2",), ("3",))),
)


@given(people, people)
def test_it_is_the_same_from_either_side(one: Person, other: Person) -> None:
    assert compare(one, other) == compare(other, one)


@given(people)
def test_nobody_is_somebody_else_than_himself(person: Person) -> None:
    signs = compare(person, person)
    said = [sign for sign in signs if sign is not Sign.OPEN]
    assert set(said) <= {Sign.EQUAL}
    if person.numbers:
        assert verdict(signs) is Verdict.SAME


CARERS = [
    (Carer("Eva Aarts", "e@x.nl", frozenset({1})), Carer("eva aarts", "E@X.NL"), Verdict.SAME, True),
    (Carer("Eva Aarts", "e@x.nl"), Carer("Jan Aarts", "e@x.nl"), Verdict.SAME, False),
    (Carer("Eva Aarts", "e@x.nl", frozenset({1})), Carer("Eva Aarts", "f@x.nl", frozenset({1})), Verdict.DOUBT, False),
    (Carer("Eva Aarts", "", frozenset({1, 2})), Carer("Eva Aarts", "f@x.nl", frozenset({2})), Verdict.DOUBT, False),
    (Carer("Eva Aarts", "e@x.nl", frozenset({1})), Carer("Eva Aarts", "f@x.nl", frozenset({2})), Verdict.OTHER, False),
    (Carer("Eva Aarts", "", frozenset({1})), Carer("Eva Aarts", "", frozenset({2})), Verdict.OTHER, False),
    (Carer("Eva Aarts", "", frozenset({1})), Carer("Eva Aarts", "", frozenset({1})), Verdict.SAME, False),
    (Carer("Jan Aarts", "", frozenset({1})), Carer("Eva Aarts", "", frozenset({1})), Verdict.OTHER, False),
]


@pytest.mark.parametrize(("one", "other", "outcome", "sure"), CARERS)
def test_of_guardians_the_address_the_name_and_the_children_tell(
    one: Carer, other: Carer, outcome: Verdict, sure: bool
) -> None:
    for signs in (compare_carers(one, other), compare_carers(other, one)):
        assert (signs.verdict, signs.sure) == (outcome, sure)


def test_signs_are_written_as_the_table_has_them() -> None:
    assert str(Signs(Sign.EQUAL, Sign.OPEN, Sign.NEAR, Sign.DIFFERENT)) == "=·~≠"
