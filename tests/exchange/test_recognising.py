"""Matching many people: nobody matches two, ambiguity is a doubt, and order does not matter (`docs/wie-is-wie.md`)."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from app.exchange.identity import Carer, Person
from app.exchange.recognising import Found, Register, carer_candidates, claims, settle

BORN = date(2010, 2, 3)
ANNA = Person("1", "", "Anna", "", "Aarts", BORN)
BAS = Person("2", "", "Bas", "", "Aarts", BORN)


def taken(arriving: dict[str, Person], here: dict[str, Person]) -> dict[str, Found[str]]:
    """The match of each of these."""
    register = Register(here.items())
    return settle({who: register.candidates(person) for who, person in arriving.items()})


def unnumbered(person: Person) -> Person:
    return Person("", "", person.first_name, person.prefix, person.last_name, person.birth_date)


def test_a_number_says_more_than_a_name() -> None:
    found = taken({"new": ANNA}, {"named": unnumbered(ANNA), "numbered": Person("1", "", "Anna", "", "Aarts")})
    assert found["new"].same == "numbered"


def test_two_for_one_are_a_doubt_for_both_whoever_comes_first() -> None:
    here = {"own": unnumbered(ANNA)}
    found = taken({"one": ANNA, "two": Person("3", "", "Anna", "", "Aarts", BORN)}, here)
    assert {who: one.doubtful for who, one in found.items()} == {"one": ("own",), "two": ("own",)}


def test_one_for_two_is_a_doubt_about_both() -> None:
    assert taken({"new": ANNA}, {"a": unnumbered(ANNA), "b": unnumbered(ANNA)})["new"].doubtful == ("a", "b")


def test_who_is_taken_by_number_is_no_doubt_for_a_namesake() -> None:
    found = taken({"anna": ANNA, "namesake": Person("3", "", "Anna", "", "Aarts", BORN)}, {"anna here": ANNA})
    assert found["anna"].same == "anna here"
    assert found["namesake"].is_new


def test_twins_whose_numbers_were_swapped_are_a_doubt() -> None:
    swapped = {"a": Person("2", "", "Anna", "", "Aarts", BORN), "b": Person("1", "", "Bas", "", "Aarts", BORN)}
    found = taken(swapped, {"anna": ANNA, "bas": BAS})
    assert {who: set(one.doubtful) for who, one in found.items()} == {"a": {"anna", "bas"}, "b": {"anna", "bas"}}


def test_a_number_of_one_and_an_eckid_of_another_is_a_doubt() -> None:
    here = {"numbered": Person("1"), "eck": Person("9", "eck-1")}
    assert set(taken({"new": Person("1", "eck-1")}, here)["new"].doubtful) == {"numbered", "eck"}


def test_a_shared_address_means_the_one_of_that_name() -> None:
    here = {"mother": Carer("Eva Aarts", "gezin@x.nl"), "father": Carer("Jan Aarts", "gezin@x.nl")}
    arriving = {1: Carer("Jan Aarts", "gezin@x.nl"), 2: Carer("Eva Aarts", "gezin@x.nl")}
    found = settle({who: carer_candidates(carer, here.items()) for who, carer in arriving.items()})
    assert {who: one.same for who, one in found.items()} == {1: "father", 2: "mother"}


def test_an_address_under_another_name_means_its_only_holder() -> None:
    here = {"family": Carer("Familie Aarts", "gezin@x.nl")}
    alone = settle({1: carer_candidates(Carer("Eva Aarts", "gezin@x.nl"), here.items())})
    assert alone[1].same == "family"
    two = {1: Carer("Eva Aarts", "gezin@x.nl"), 2: Carer("Jan Aarts", "gezin@x.nl")}
    found = settle({who: carer_candidates(carer, here.items()) for who, carer in two.items()})
    assert {one.doubtful for one in found.values()} == {("family",)}


def test_of_two_descriptions_of_one_that_counts_which_says_most() -> None:
    register = Register([("anna", Person("", "", "Anna", "", "Aarts")), ("anna", unnumbered(ANNA))])
    assert register.find(unnumbered(ANNA)).same == "anna"
    assert [one.same for one in register.candidates(Person("", "", "Anna", "", "Aarts"))] == [False]


def test_guardians_are_found_by_address_or_name_and_resemble_without_a_common_child() -> None:
    register = Register(
        [("eva", Carer("Eva Aarts", "eva@x.nl", frozenset({1}))), ("jan", Carer("Jan Aarts", "jan@x.nl"))]
    )
    other = Carer("eva aarts", "nieuw@x.nl", frozenset({2}))
    assert register.resembling(other) == ["eva"]
    assert register.find(other).is_new
    assert register.find(Carer("Eva Aarts", "nieuw@x.nl", frozenset({1, 2}))).doubtful == ("eva",)
    assert register.find(Carer("J. Aarts", "JAN@x.nl")).same == "jan"


@given(st.data())
def test_who_claims_somebody_is_the_same_whoever_else_arrives(data: st.DataObject) -> None:
    here, new = (dict(enumerate(data.draw(crowds))) for _ in range(2))
    new = {who: one for who, one in new.items() if not one.eckid}
    numbers = [one.number for one in new.values() if one.number]
    assume(len(numbers) == len(set(numbers)))
    register = Register(here.items())
    together = settled(new, here)
    for who, one in new.items():
        for number, same in claims({who: register.candidates(one)}).items():
            assert together[number].same == same


people = st.builds(
    Person,
    number=st.sampled_from(("", "1", "2", "3")),
    eckid=st.sampled_from(("", "a")),
    first_name=st.sampled_from(("Anna", "Bas")),
    last_name=st.just("Aarts"),
    birth_date=st.sampled_from((None, BORN)),
)
crowds = st.lists(people, max_size=4)


@given(crowds, crowds, st.randoms())
def test_nobody_is_two_and_the_order_makes_no_difference(
    arriving: list[Person], here: list[Person], random: object
) -> None:
    there, new = dict(enumerate(here)), dict(enumerate(arriving))
    found = settled(new, there)
    same = [one.same for one in found.values() if one.same is not None]
    assert len(same) == len(set(same))
    shuffled = list(there.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = settled(dict(reversed(new.items())), dict(shuffled))
    assert {who: (one.same, set(one.doubtful)) for who, one in again.items()} == {
        who: (one.same, set(one.doubtful)) for who, one in found.items()
    }


@given(crowds, crowds)
def test_it_is_the_same_seen_from_the_other_side(arriving: list[Person], here: list[Person]) -> None:
    new, there = dict(enumerate(arriving)), dict(enumerate(here))
    one, other = settled(new, there), settled(there, new)
    assert {(who, found.same) for who, found in one.items() if found.same is not None} == {
        (found.same, who) for who, found in other.items() if found.same is not None
    }


def settled(arriving: dict[int, Person], here: dict[int, Person]) -> dict[int, Found[int]]:
    register = Register(here.items())
    return settle({who: register.candidates(person) for who, person in arriving.items()})


@given(
    st.builds(Person, number=st.sampled_from(("", "1", "01", "2")), eckid=st.sampled_from(("", "a", "b"))),
    crowds,
)
def test_by_a_number_alone_it_is_who_comparing_says(one: Person, here: list[Person]) -> None:
    register = Register(enumerate(here))
    assert register.find(one) == settle({0: register.candidates(one)})[0]
