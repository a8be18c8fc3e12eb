"""What is visible: within one cell, line or wrapped paragraph, in a named part; as a text, exactly, or as a pattern."""

from __future__ import annotations

import time

import pytest
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input, Label

from app.training.scripts.errors import CannotDo
from app.training.scripts.expecting import expected
from app.training.scripts.grammar import parse
from screens.driving.economy import economy
from screens.driving.screen_driver import ScreenDriver
from screens.driving.seeing import as_expected, sees
from screens.shared.block import Block
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import wrapped
from screens.shell.themes import tokens_of

LONG = "De koppeling brengt de resultaten elke nacht naar ESIS."


class Sample(App[None]):
    """Something of each kind."""

    CSS = """#frame { border: round red; width: 30; height: auto; } #frame Label { width: 100%; }
             #fold { height: 3; } #list { height: 5; } Horizontal { height: 1; } #columns { height: 5; }"""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return tokens_of(self.current_theme, {})

    async def keys_done(self) -> None:
        """What the driver waits for."""

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = "Kader"
            yield Label(LONG)
            yield Label("eerste\ntweede")
        with Horizontal():
            yield Label("IEP LVS ")
            yield Label("Actief")
        with Horizontal():
            yield Label("Gynzy ")
            yield Label("Gestopt")
        with Horizontal(id="columns"):
            with Vertical():
                yield Label("Kop", classes="heading")
                yield Label("onder een")
                yield Label("Kop twee", classes="heading")
                yield Label("onder twee")
            with Vertical():
                yield Label("ernaast")
                drawn = Block("Tekening")
                drawn.tell(lambda width: [*wrapped("Wat te doen: zet beide codes gelijk.", width)])
                yield drawn
        yield Input("geheim", password=True)
        listed = RecordList(
            [Column("Naam", str, 12), Column("Status", lambda row: row[::-1], 8)], empty="niets", id="list"
        )
        listed.show(Rows(["Yara Altena", "Jorn"]))
        yield listed
        with VerticalScroll(id="fold"):
            yield from (Label(f"regel {number}") for number in range(9))


SEEN = [
    ('"resultaten elke nacht"', True),  # wrapped in between
    ('"EERSTE"', True),
    ('"zet beide codes gelijk."', True),  # wrapped in a drawing
    ('"eerste tweede"', False),  # two lines
    ('"naar ESIS. eerste"', False),  # two texts
    ('"IEP LVS Actief"', False),  # side by side
    ('"geheim"', False),
    ('"•"', True),
    ('"Yara Altena"', True),
    ('"Yara Altena  anetlA"', False),  # two cells
    ('"Yara Altena Jorn"', False),  # two rows
    ('"Kader"', True),
    ('"regel 1"', True),
    ('"regel 5"', False),  # below the fold
    ('exact "Actief"', True),
    ('exact "actief"', False),
    ('exact "Actie"', False),
    (f'exact "{LONG}"', True),
    ("/^J.rn$/", True),
    ("/resultaten .* ESIS/", True),
    ('/"|^ $/', False),
    ('"Actief" in "IEP LVS"', True),
    ('"Gestopt" in "IEP LVS"', False),
    ('/Gest|Act/ in "Gynzy"', True),
    ('"nroJ" in "Jorn"', True),
    ('"nroJ" in "Yara"', False),
    ('"resultaten" in "Kader"', True),
    ('"Actief" in "Kader"', False),
    ('"onder een" in "Kop"', True),
    ('"onder twee" in "Kop"', False),
    ('"onder twee" in "Kop twee"', True),
    ('"ernaast" in "Kop"', False),
]


async def test_only_what_a_person_sees_is_there() -> None:
    with economy():
        async with Sample().run_test(size=(60, 30)) as pilot:
            await pilot.pause()
            wrong = [line for line, there in SEEN if sees(pilot.app, expected(parse(f"expect {line}"))) != there]
            assert wrong == []
            assert not as_expected(pilot.app, expected(parse('expect no "Actief" in "Nergens"'))), "nor is the part"
            assert as_expected(pilot.app, expected(parse('expect no "Gestopt" in "IEP LVS"')))
            with pytest.raises(CannotDo, match=r"'Kadre' staat niet op het scherm. Bedoelt u 'Kader'"):
                sees(pilot.app, expected(parse('expect "x" in "Kadre"')))


async def test_what_is_out_of_sight_is_seen_after_scrolling_and_what_is_not_there_is_told() -> None:
    with economy():
        async with Sample().run_test(size=(60, 30)) as pilot:
            driver = ScreenDriver(pilot.app, Pilot(pilot.app))  # type: ignore[arg-type]
            await driver.scroll_to("regel 7")
            assert sees(pilot.app, expected(parse('expect "regel 7"')))
            assert not sees(pilot.app, expected(parse('expect "regel 1"')))
            with pytest.raises(CannotDo, match="ook niet na bladeren"):
                await driver.scroll_to("regel 10")


def test_a_pattern_that_never_ends_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(CannotDo, match="kost te veel tijd"):
        expected(parse("expect /(a+)+$/")).found_in(["a" * 40 + "!"])
    assert time.monotonic() - began < 5
