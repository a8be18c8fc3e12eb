"""The look of Mijnschoolinfo's lists, in which hostile names are plain text."""

from __future__ import annotations

from datetime import date

import pytest

from app.partners.mijnschoolinfo import editing, layout, lists
from app.partners.mijnschoolinfo.editing import By
from app.partners.mijnschoolinfo.lines import Action, Kind
from app.school.people import enrolment
from app.school.people.pupil_form import PupilForm as EsisPupilForm
from models.board import Board
from models.partners.mijnschoolinfo import MsiGuardian, MsiLine, MsiPupil
from models.school import Group
from screens.partners.mijnschoolinfo.delivery_preview import in_groups
from tests.golden import Golden
from tests.screens.driving import SMALL, WIDE, driving
from tests.screens.partners.msi import delivered, directie, go_to, school_of, sign_in
from tests.screens.test_hostile_text import HOSTILE, harmless

SIZES = pytest.mark.parametrize("size", [WIDE, SMALL])


@SIZES
async def test_the_lists_and_tonight_look_as_they_did(practice: Board, golden: Golden, size: tuple[int, int]) -> None:
    delivered(practice)
    school, actor = school_of(practice), directie(practice)
    first, second, *_ = lists.pupils(school)
    editing.change(school, "pupil", first.id, {"first_name": "Noa"}, By.GUARDIAN)
    editing.change(school, "pupil", second.id, {"first_name": "Sen"}, By.ADMINISTRATOR)
    editing.add_group(school, "BSO", [first.id, second.id])
    group = Group.get(Group.location == actor.location, Group.name == "1")
    enrolment.enrol(actor, EsisPupilForm("Nieuw", "Zonneveld", birth_date=date(2015, 2, 2)), group, date(2020, 4, 15))
    name = f"{size[0]}x{size[1]}"
    async with driving(practice, size=size) as driver:
        await sign_in(driver)
        await go_to(driver, "school")
        assert driver.text.index("Akkerman, Noa") < driver.text.index("Altena, Sen"), "as they are sorted"
        golden.check(driver.app, f"mijnschoolinfo-leerlingen-{name}")
        await go_to(driver, "esis", tab=1)
        assert "toegevoegd leerling Nieuw Zonneveld" in driver.words
        golden.check(driver.app, f"mijnschoolinfo-vannacht-{name}")


def test_what_happens_tonight_is_by_what_it_is_and_then_by_name() -> None:
    lines = [
        MsiLine(action=Action.ADDED, kind=Kind.PUPIL, name="Sen Altena"),
        MsiLine(action=Action.ADDED, kind=Kind.GROUP, name="10"),
        MsiLine(action=Action.ADDED, kind=Kind.PUPIL, name="Élise Bos"),
        MsiLine(action=Action.ADDED, kind=Kind.GROUP, name="2"),
        MsiLine(action=Action.REMOVED, kind=Kind.PUPIL, name="Zus"),
    ]
    assert [line.name for line in in_groups(lines)] == ["Zus", "2", "10", "Élise Bos", "Sen Altena"]


async def test_hostile_names_are_text_on_every_screen(practice: Board) -> None:
    delivered(practice)
    school = school_of(practice)
    for number, row in enumerate(MsiPupil.select()):
        one = HOSTILE[number % len(HOSTILE)]
        MsiPupil.update(first_name=one[:64], last_name=one[:200]).where(MsiPupil.id == row.id).execute()
    MsiGuardian.update(name=HOSTILE[0]).execute()
    editing.add_group(school, HOSTILE[1], [row.id for row in lists.pupils(school, limit=5)])
    layout.arrange(school, HOSTILE[0], [row.id for row in lists.pupils(school, limit=9)])
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        for entry, tabs in (("school", range(5)), ("layout", range(1)), ("esis", range(1, 4))):
            for tab in tabs:
                await go_to(driver, entry, tab)
                harmless(driver)
                await driver.press("end", "enter")
                harmless(driver)
                await driver.press("delete")
                harmless(driver)
                if entry == "layout":  # somebody was taken out of the class
                    await driver.press("f2")
                await driver.press("escape", "f1")
                assert "Help bij dit scherm" in driver.text
                await driver.press("escape")
