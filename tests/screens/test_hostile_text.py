"""Names and messages that look like markup, formats or terminal codes are shown as text, on every screen."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from peewee import Model

from app.access import actor_for, find_user
from app.clock import PRACTICE_START
from app.couplings import logbook
from app.couplings.logbook import LogKind
from app.targets import CouplingPage, Unmatched
from fixtures import menu
from models.assessment import Result, UnmatchedResult
from models.board import Board, Location, School, User
from models.coupling import Coupling
from models.partners.iep_lvs import IepPupil, IepSchool
from models.partners.users import PartnerUser
from models.school import Group, Guardian, Message, Pupil, StaffMember
from tests.screens.couplings.walking import CODE, activated
from tests.screens.driving import SMALL, WIDE, Driver, driving

HOSTILE = (
    "Jan [/] de Boer",
    "[@click=app.quit]x[/]",
    "{x} {0} %s $(id)",
    "\x1b[31mrood\x1b[0m\x07",
    "W" * 200,
    "א\u202eמרכז שם",
    "👩‍👩‍👧 é̂̂̂ 𝕏",
    "[bold red]",
    "regel\nbreuk\ttab",
    "\\[/] [[x]]",
)
PAGES = [item.id for item in menu.items() if item.built]
ROWS: dict[type[Model], dict[str, int]] = {
    Pupil: {"first_name": 64, "last_name": 200},
    Location: {"name": 100},
    Guardian: {"name": 100},
    StaffMember: {"last_name": 100},
    Message: {"title": 80, "text": 200},
    IepPupil: {"first_name": 64, "last_name": 100},
}
"""Which columns hold text of users, files or partners, and how much of it."""


def put(board: Board, text: str) -> None:
    """All of them in turn wherever there are rows, and this one where there is a single place."""
    location = actor_for(find_user(board, "rovict")).location
    for model, fields in ROWS.items():
        for number, one in enumerate(HOSTILE):
            these = model.id % len(HOSTILE) == number
            model.update({name: one[:length] for name, length in fields.items()}).where(these).execute()
    Pupil.update(sort_name=Pupil.key).execute()
    for group in Group.select():
        one = HOSTILE[group.id % len(HOSTILE)]
        Group.update(name=f"{one[:16]}{group.id}").where(Group.id == group.id).execute()
    School.update(name=text[:100]).execute()
    IepSchool.update(name=text[:100]).execute()
    Coupling.update(consent_name=text, activated_by=text[:50], terms_version=text[:20]).execute()
    pupil = Pupil.get(Pupil.location == location)
    for number, one in enumerate((*HOSTILE, text)):
        logbook.write(
            board=board,
            location=location,
            coupling="iep-lvs",
            at=PRACTICE_START,
            kind=LogKind.REFUSED,
            message=one,
            source="scherm",
            user=one[:50],
        )
        UnmatchedResult.create(
            location=location,
            supplier="iep-lvs",
            supplier_key=f"k{number}",
            pupil_key=one,
            assessment="lezen-6",
            part="",
            date=date(2020, 2, 3),
            level="II",
            score=60,
            reference_level="1F",
            reason=one,
            received_at=PRACTICE_START,
        )
        Result.create(
            location=location,
            pupil=pupil,
            supplier="iep-lvs",
            supplier_key=f"r{number}",
            assessment="lezen-6",
            part="",
            date=date(2020, 2, 3),
            level=one[:10],
            score=60,
            reference_level="",
            received_at=PRACTICE_START,
        )


def harmless(program: Driver) -> None:
    """Nothing on the screen is a terminal code."""
    for line in program.text.splitlines():
        codes = [one for one in line if unicodedata.category(one) in ("Cc", "Cf")]
        assert not codes, (program.app.screen, line)


async def test_every_item_of_the_menu_shows_it_as_text(practice: Board) -> None:
    """Where there is least room; with more: below."""
    activated(practice)
    put(practice, (HOSTILE[3] + HOSTILE[6] + HOSTILE[1] + HOSTILE[4])[:200])
    async with driving(practice, size=SMALL) as program:
        for page in PAGES:
            await program.go_to(page)
            harmless(program)
            for key in ("enter", "escape"):
                await program.press(key)
                harmless(program)


@pytest.mark.parametrize("number", [0, 3, 4])
async def test_every_place_where_there_is_only_one_shows_it_as_text(practice: Board, number: int) -> None:
    activated(practice)
    text = HOSTILE[number]
    put(practice, text)
    async with driving(practice, size=SMALL if number == 4 else WIDE) as program:
        harmless(program)
        await program.open("Koppelingenlogboek: IEP LVS")
        harmless(program)
        await program.press("enter")
        if len(text) < 60:
            assert shown_as(text) in program.words
        await program.press("escape")
        program.app.go(CouplingPage("iep-lvs"))
        await program.settle()
        harmless(program)
        program.app.go(Unmatched())
        await program.settle()
        harmless(program)
        await program.press("enter", "escape", "delete")
        harmless(program)
        await program.press("escape")
        await program.open("Vestiging kiezen")
        harmless(program)


def shown_as(text: str) -> str:
    """The text as a screen shows it: what cannot be printed is a space."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


async def test_the_partner_shows_it_as_text_too(practice: Board) -> None:
    text = "".join(HOSTILE[:3])
    put(practice, text)
    async with driving(practice) as program:
        await program.press("f6", "enter")
        harmless(program)
        await program.type("schoolbeheerder")
        await program.press("tab")
        await program.type("oefenen")
        await program.press("f2")
        harmless(program)
        assert shown_as(text) in program.words
        for _ in range(3):
            await program.press("f10", "right", "enter", "enter")
            harmless(program)
    assert PartnerUser.select().count() > 0


async def test_pasted_terminal_codes_become_spaces(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Koppeling activeren: IEP LVS")
        program.app.copy_to_clipboard("Jan\x1b[31m\x07 de Boer")
        await program.press("ctrl+v")
        assert "Jan [31m  de Boer" in program.line("Uw naam")
        harmless(program)


async def test_typed_markup_stays_what_was_typed(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Koppeling activeren: IEP LVS")
        await program.type("[@click=app.quit]Jan [/]")
        await program.press("tab", "space", "tab")
        await program.type("[/]")
        await program.press("f2")
        assert "× Op plaats 1 staat het teken [." in program.words
        await program.press("backspace", "backspace", "backspace")
        await program.type(CODE)
        await program.press("f2")
        assert "[@click=app.quit]Jan [/]" in program.text


async def test_a_user_name_and_a_refusal_with_markup(practice: Board) -> None:
    User.update(name="[/]{x}").where(User.name == "ib").execute()
    async with driving(practice, None) as program:
        assert "[/]{x}" in program.text
        await program.type("[/]{x}")
        await program.press("tab")
        await program.type("oefenen")
        await program.press("f2")
        assert "Welkom, [/]{x}." in program.text
        assert "[/]{x}" in program.text.splitlines()[0]
