"""Whatever a school has goes out as it is and valid, and whatever a supplier brings is stored as it is, once, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app import clock
from app.couplings import lifecycle
from app.exchange import lengths
from app.exchange.edexml_rules import YEAR_GROUPS
from app.exchange.names import kept
from app.exchange.uwlr import Authorisation
from app.school.assessment.catalogue import supplied_by
from app.training.supplier_practice import Practice
from app.uwlr.journal import Outcome
from models.assessment import ActiveAssessment, Delivery, ReplacedResult, Result, UnmatchedResult
from models.base import database
from models.school import Group, Placement, Pupil
from tests.builders import YEAR, make_actor, make_board
from tests.uwlr.conftest import School
from tests.uwlr.messages import assessment, oso, part_of, result, sitting
from tests.uwlr.official import content, errors, found

CODE = "99QQ00rondje123456789"
PROFILES = ("", "LVS-set", "Smalle-set")
ANY = settings(deadline=None, suppress_health_check=list(HealthCheck))
LEGAL = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff")


def text(longest: int, least: int = 1) -> st.SearchStrategy[str]:
    """Text as a form takes it: in its normal form, nothing that XML cannot hold."""
    return st.text(LEGAL, min_size=least, max_size=longest).map(kept).filter(lambda one: len(one) >= least)


@dataclass(frozen=True)
class Child:
    """A pupil to be."""

    first_name: str
    prefix: str
    last_name: str
    initials: str
    born: date | None
    gender: int
    year_group: str
    eckid: str
    group: int | None
    instruction: int | None


CHILDREN = st.builds(
    Child,
    first_name=text(lengths.FIRST_NAME),
    prefix=text(lengths.PREFIX, 0),
    last_name=text(lengths.LAST_NAME),
    initials=text(lengths.INITIALS, 0),
    born=st.none() | st.dates(date(1990, 1, 1), date(2019, 1, 1)),
    gender=st.sampled_from((0, 1, 2, 9)),
    year_group=st.sampled_from(("", *YEAR_GROUPS)),
    eckid=st.booleans().map(str),
    group=st.none() | st.integers(0, 1),
    instruction=st.none() | st.integers(2, 3),
)
GROUPS = st.lists(text(lengths.GROUP_NAME), min_size=4, max_size=4, unique_by=lambda one: one.casefold())


def school_of(names: list[str], children: list[Child], years: str = "6,7") -> School:
    """A school with two basisgroepen, an instructiegroep that travels and one that does not, and these pupils."""
    actor = make_actor(make_board())
    kinds = ("basis", "basis", "instructie", "overig")
    groups = [
        Group.create(
            location=actor.location,
            key=f"G{place}",
            name=name,
            kind=kind,
            school_year=YEAR,
            year_groups=years if kind == "basis" else "",
            available_to_couplings=place != 3,
        )
        for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]
    for number, one in enumerate(children):
        pupil = Pupil.create(
            board=actor.board,
            location=actor.location,
            key=f"P{number}",
            eckid=f"https://ketenid.nl/pilot/{number}" if one.eckid == "True" else "",
            enrolled_from=date(2019, 8, 1),
            birth_date=one.born,
            **{
                name: getattr(one, name)
                for name in ("first_name", "prefix", "last_name", "initials", "gender", "year_group")
            },
        )
        for place in (one.group, one.instruction):
            if place is not None:
                Placement.create(pupil=pupil, group=groups[place], school_year=YEAR, kind=groups[place].kind)
    lifecycle.activate(actor, "iep-lvs", "A. de Vries", True, CODE)
    for item in supplied_by("iep-lvs"):
        ActiveAssessment.create(location=actor.location, assessment=item.id)
    known = Authorisation(CODE, "iep-lvs", "Bureau ICE")
    return School(Practice(actor.board, known, actor.location, YEAR))


def told_of(pupil: etree._Element) -> dict[str, Any]:
    """A pupil as it went out."""
    values = {name: (found(pupil, name) or [None])[0] for name in NAMES}
    read = {name: "" if one is None else str(one.text) for name, one in values.items()}
    keys = {name: [one.get("key") for one in found(pupil, name)] for name in ("groep", "samengestelde_groep")}
    return {"key": pupil.get("key"), "eckid": pupil.get("eckid", ""), **read, **keys}


NAMES = ("achternaam", "voorvoegsel", "voorletters-1", "roepnaam", "geboortedatum", "geslacht", "jaargroep")


def in_esis(pupil: Pupil) -> dict[str, Any]:
    """The same pupil in ESIS."""
    placed = list(Placement.select().where(Placement.pupil == pupil))
    travelling = [one.group for one in placed if one.group.kind == "basis" or one.group.available_to_couplings]
    return {
        "key": pupil.key,
        "eckid": pupil.eckid,
        "achternaam": pupil.last_name,
        "voorvoegsel": pupil.prefix,
        "voorletters-1": pupil.initials,
        "roepnaam": pupil.first_name,
        "geboortedatum": pupil.birth_date.isoformat() if pupil.birth_date else "",
        "geslacht": str(pupil.gender),
        "jaargroep": pupil.year_group,
        "groep": [one.key for one in travelling if one.kind == "basis"],
        "samengestelde_groep": [one.key for one in travelling if one.kind != "basis"],
    }


@settings(ANY, max_examples=12)
@given(names=GROUPS, children=st.lists(CHILDREN, max_size=4), years=st.sampled_from(("6", "6,7", "")))
def test_what_goes_out_is_what_there_is(
    sqlite: str, standards: Path, names: list[str], children: list[Child], years: str
) -> None:
    with database.atomic() as transaction:
        school = school_of(names, children, years)
        for profile in PROFILES:
            more = f"<gegevenssetid>{profile}</gegevenssetid>\n" if profile else ""
            answer = content(school.call(school.letter.but(more=more).pull).body.read())
            assert errors(standards, answer, profile) == []
            if not profile:
                rows = Pupil.select().where(Pupil.location == school.practice.location).order_by(Pupil.id)
                assert [told_of(one) for one in found(answer, "leerlingen/leerling")] == [in_esis(row) for row in rows]
        structure = content(school.call(school.letter.but(request="structuur_verzoek").pull).body.read())
        there = [(one.get("key"), found(one, "naam")[0].text) for one in found(structure, "groepen")[0]]
        travelling = Group.select().where(Group.location == school.practice.location, Group.available_to_couplings)
        assert sorted(there) == sorted((row.key, row.name) for row in travelling)
        assert errors(standards, structure) == []
        transaction.rollback()


ONE_CHILD = [Child("Anna", "", "Jansen", "A", date(2010, 1, 1), 2, "6", "True", 0, None)]
TESTS = f"{assessment('lezen-6')}\n{assessment('rekenen-6', parts=part_of(1, 'getallen'))}"
KEYS = st.text(LEGAL, min_size=1, max_size=256).filter(
    lambda one: one == " ".join(one.split(" ")) and one.strip() == one
)


@dataclass(frozen=True)
class Bringing:
    """A result to be brought; `level` empty for a plain score."""

    key: str
    test: str
    part: str
    score: int
    level: str
    reference: str
    day: date
    known: bool

    @property
    def written(self) -> str:
        """Its element."""
        value = oso(str(self.score), self.level, self.reference) if self.level else f"<score>{self.score}</score>"
        text = result("KEY", value, self.test, self.part, self.day.isoformat())
        return text.replace('"KEY"', quoteattr(self.key))

    @property
    def values(self) -> tuple[Any, ...]:
        """What is stored of it."""
        return self.key, self.test, self.part, self.score, self.level, self.reference, self.day


def _brought() -> st.SearchStrategy[Bringing]:
    whole = st.sampled_from((("lezen-6", ""), ("rekenen-6", ""), ("rekenen-6", "getallen")))
    levels = st.sampled_from((("", ""), ("I", ""), ("V", "<1F"), ("III", "1S")))
    return st.builds(
        lambda key, test, score, level, day, known: Bringing(key, *test, score, *level, day, known),
        KEYS,
        whole,
        st.integers(0, 100),
        levels,
        st.dates(date(2019, 8, 1), date(2020, 4, 14)),
        st.booleans(),
    )


@settings(ANY, max_examples=12)
@given(
    brought=st.lists(_brought(), min_size=1, max_size=6, unique_by=lambda one: one.key),
    bad=st.sampled_from(("<score>999</score>", "<osoresultaat/>", "<anderresultaat/>")),
    place=st.integers(0, 6),
)
def test_what_is_brought_is_stored_once_or_not_at_all(
    sqlite: str, standards: Path, brought: list[Bringing], bad: str, place: int
) -> None:
    with database.atomic() as transaction:
        school = school_of(["6a", "6b", "I", "O"], ONE_CHILD)
        mine = [one.written.replace("<1F", "&lt;1F") for one in brought if one.known]
        others = [one.written.replace("<1F", "&lt;1F") for one in brought if not one.known]

        def letter(results: list[str]) -> str:
            sittings = [sitting("P0", *results)] if results else []
            sittings += [sitting(escape("nie&mand"), *others)] if others else []
            return school.letter.but(sittings="\n".join(sittings), tests=TESTS).push

        wrong = letter([*mine[:place], result("slecht", bad), *mine[place:]])
        assert school.call(wrong).entry.outcome == Outcome.REFUSED
        assert counts() == (0, 0, 0, 0)
        right = letter(mine)
        assert errors(standards, content(right.encode())) == []
        for _ in range(2):
            answered = school.call(right)
            assert (answered.entry.outcome, answered.entry.remarks) == (Outcome.ACCEPTED, []), answered.entry.told
            assert counts() == (len(mine), len(others), 0, 1 if mine else 0)
        for model, wanted in ((Result, True), (UnmatchedResult, False)):
            rows = {
                (row.supplier_key, row.assessment, row.part, row.score, row.level, row.reference_level, row.date)
                for row in model.select()
            }
            assert rows == {one.values for one in brought if one.known is wanted}
        transaction.rollback()


def counts() -> tuple[int, int, int, int]:
    """Results, results without a pupil, earlier versions and deliveries."""
    return tuple(model.select().count() for model in (Result, UnmatchedResult, ReplacedResult, Delivery))  # type: ignore[return-value]


def test_what_is_not_of_this_calendar_is_read_as_nothing_received_before(school: School) -> None:
    for moment in (
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2020-04-14T24:00:00",
        "2019-08-01T00:00:00.1234567Z",
    ):
        more = f"<laatstontvangengegevens>{moment}</laatstontvangengegevens>\n"
        answered = school.call(school.letter.but(more=more, created=moment).pull)
        assert answered.entry.outcome == Outcome.ACCEPTED, answered.entry.told
        assert school.call(school.letter.but(created=moment).push).entry.outcome == Outcome.ACCEPTED
    assert clock.school_today(school.practice.board) == date(2020, 4, 14)


def test_a_character_that_xml_cannot_hold_does_not_stop_an_answer(school: School) -> None:
    Pupil.update(first_name="An\x01na\uffff").where(Pupil.key == school.pupil).execute()
    answer = content(school.call(school.letter.pull).body.read())
    (pupil,) = [one for one in found(answer, "leerlingen/leerling") if one.get("key") == school.pupil]
    assert found(pupil, "roepnaam")[0].text == "An\ufffdna\ufffd"


@pytest.mark.parametrize("version", ["", "2.0", "2.1", "2.2"])
@pytest.mark.parametrize("profile", PROFILES)
def test_each_profile_in_each_version_is_valid(kept: School, standards: Path, profile: str, version: str) -> None:
    more = f"<gegevenssetid>{profile}</gegevenssetid>\n" if profile else ""
    answer = content(kept.call(kept.letter.but(more=more, version=version).pull).body.read())
    assert errors(standards, answer, profile) == []
    people = [*found(answer, "leerlingen/leerling"), *found(answer, "leerkrachten/leerkracht")]
    assert {one.get("eckid") is not None for one in people} == {version == "2.2"}
    assert found(answer, "school/xsdversie")[0].text == (version or "2.0")
