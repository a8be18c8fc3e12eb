"""Replacing the people of a file: nothing of them stays, but everything else in the file does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from app.exchange import edexml
from app.exchange.anonymising import Anonymiser, Names
from app.exchange.edexml_records import EdexFile, EdexPupil
from app.exchange.names import folded
from app.exchange.real_pupils import RealPupils
from tests.school.files.edex import composite, edex, group, pupil, teacher

TODAY = date(2020, 4, 14)
KEY = b"k" * 32
NAMES = Names(
    ("Yara", "Noor", "Fien"), ("Bas", "Sem", "Jur"), ("Altena", "Vos", "Maas", "Smeets"), ("van", "de", "ter", "in 't")
)


def read(*records: str, key: bytes = KEY, groups: str = "", staff: str = "", brin: str = "12AB") -> EdexFile:
    source = edex(*records, groups=groups, staff=staff, brin=brin)
    return edexml.read(source, Anonymiser(key, NAMES, "99QQ01", TODAY))


def people(*records: str) -> Sequence[EdexPupil]:
    return list(read(*records).pupils)


def test_nothing_of_anybody_is_left_and_the_same_file_gives_the_same_people() -> None:
    record = pupil(
        "90125",
        "Fatouma",
        "Zevenbergen",
        "77123",
        ("88123",),
        prefix="opden",
        given="Fatouma Jozefien",
        initials="F.J.",
        born="2010-02-03",
        eckid="https://x/echt",
        start="2014-02-11",
        end="2020-05-19",
    )
    groups = group("77123", "Juf Geertruida") + composite("88123", "Plusklas Geertruida")
    staff = teacher("44123", "Geertruida", "Zandvoort", '<groep key="77123"/>', "geertruida@echteschool.nl")
    file = read(record, groups=groups, staff=staff)
    assert file.problems == []
    told = f"{file.school}{list(file.pupils)}{file.groups}{list(file.teachers)}".lower()
    for trace in (
        "90125",
        "fatouma",
        "zevenbergen",
        "opden",
        "jozefien",
        "2010, 2, 3",
        "echt",
        "2014, 2, 11",
        "2020, 5, 19",
        "77123",
        "88123",
        "geertruida",
        "44123",
        "zandvoort",
        "12ab",
    ):
        assert trace not in told
    assert (file.school and file.school.brin, file.school and file.school.location) == ("99QQ", "01")
    again, other = (read(record, groups=groups, staff=staff, key=key) for key in (KEY, b"other"))
    assert list(again.pupils) == list(file.pupils)
    assert list(other.pupils) != list(file.pupils)


def test_who_belongs_together_still_does() -> None:
    twins = [pupil("1", name, "Zwart", born="2012-05-06") for name in ("Evi", "Isa")]
    one, two, namesake, sibling = people(
        *twins, pupil("3", "EVI", "Zwárt", born="2011-05-06"), pupil("4", "Joy", "Zwart", prefix="van")
    )
    assert (one.last_name, one.birth_date) == (two.last_name, two.birth_date)
    assert one.first_name != two.first_name
    assert (namesake.first_name, namesake.last_name) == (one.first_name, one.last_name)
    assert namesake.birth_date != one.birth_date
    assert (sibling.last_name, bool(sibling.prefix)) == (one.last_name, True)
    apart, within = people(pupil("1", last="Zwart", prefix="van"), pupil("2", last="van Zwart"))
    assert f"{apart.prefix} {apart.last_name}" == within.last_name


def test_what_is_missing_stays_missing_and_groups_stay_groups() -> None:
    groups = (
        group("G5", "Groep 5/6", "5")
        + group("G6", "Groep 5/6", "6")
        + group("G7", "Klas van Ans", "7")
        + composite("P", "8b")
    )
    file = read(pupil("1", "", "Zwart", "G5", born="", given="Evi"), pupil("2", "Evi", "", "G7", ("P",)), groups=groups)
    bare, first_only = file.pupils
    assert (bare.first_name, bare.birth_date, bare.eckid, bare.initials, bare.prefix, bare.group_keys) == (
        "",
        None,
        "",
        "",
        "",
        (file.groups[0].key,),
    )
    assert (first_only.last_name, first_only.group_keys, first_only.composite_keys) == (
        "",
        (file.groups[2].key,),
        (file.groups[3].key,),
    )
    assert [one.name for one in file.groups[:2]] == ["Groep 5/6", "Groep 5/6"]
    assert file.groups[2].name.startswith("Groep ")
    assert (file.groups[3].name, [one.year_group for one in file.groups]) == ("8b", ["5", "6", "7", ""])


def test_dates_stay_among_those_that_mean_the_same() -> None:
    days = [date(2010, 10, 1), date(2011, 9, 30), date(2019, 10, 2), date(2020, 4, 14)]
    for day, one in zip(days, people(*(pupil(str(n), born=str(day)) for n, day in enumerate(days))), strict=True):
        new = one.birth_date
        assert new is not None
        assert new != day
        assert (new.year + (new.month > 9)) == (day.year + (day.month > 9))
        assert new <= TODAY
    gone, goes = people(pupil("1", start="2020-04-01", end="2020-04-02"), pupil("2", end="2020-04-20"))
    assert gone.enrolled_from
    assert gone.unsubscribed_on
    assert goes.unsubscribed_on
    assert gone.enrolled_from <= gone.unsubscribed_on <= TODAY < goes.unsubscribed_on <= date(2020, 4, 30)


def test_as_many_different_names_numbers_and_days_as_there_were() -> None:
    made = people(*(pupil(str(n), f"Naam{chr(97 + n // 26)}{chr(97 + n % 26)}", f"Ver{n}") for n in range(1, 300)))
    for of in ("key", "first_name", "last_name", "birth_date"):
        assert len({getattr(one, of) for one in made}) == 299
    assert all(len(one.key) == 7 for one in made)


def test_a_number_keeps_its_zeros_and_what_is_no_number_becomes_another_code() -> None:
    zeros, none, code, long = (one.key for one in people(*map(pupil, ("0031", "31", "A-31", "1" * 30))))
    assert zeros == f"00{none}"
    assert code != "A-31"
    assert long != "1" * 30


def test_a_name_of_the_list_becomes_another_one() -> None:
    (one,) = people(pupil("1", "yara", "Altena"))
    assert folded(one.first_name) != "yara"
    assert one.last_name != "Altena"


@pytest.mark.parametrize(("brin", "real"), [("12AB", True), ("", True), ("99ZZ", False), ("99zz00", False)])
def test_people_of_a_school_that_is_not_for_practice_are_asked_about(brin: str, real: bool) -> None:
    source = edex(pupil("1"), brin=brin)
    if real:
        with pytest.raises(RealPupils, match="school 12AB" if brin else "niet wordt genoemd"):
            edexml.read_of_practice(source)
    else:
        assert len(edexml.read_of_practice(source).pupils) == 1
    assert edexml.read_of_practice(edex(brin=brin)).school is not None  # nobody in it: nothing to ask


def test_of_a_real_file_with_errors_those_are_told_and_nobody_is_kept() -> None:
    file = edexml.read_of_practice(edex(pupil("1", group="weg"), brin="12AB"))
    assert ("staat niet bij de groepen" in str(file.problems[0]), len(file.pupils)) == (True, 0)
