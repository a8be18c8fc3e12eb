"""The screen driver carries out lines in the words of the screens, as a user would, or says why it cannot."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from app.refusals import Refused
from app.training.pictures import settle
from app.training.scripts.document import parse_script
from app.training.scripts.errors import CannotDo, PlayFailed
from app.training.scripts.grammar import parse
from app.training.scripts.playing import Player
from models.board import Board
from screens.driving.screen_driver import ScreenDriver
from tests.screens.driving import SMALL, WIDE, Driver, driving

HEAD = "---\ntitle: Proef\nkind: demo\nrole: rovict\n---\n"


async def on_screen(program: Driver, *lines: str) -> ScreenDriver:
    """These lines on a program that is open already."""
    driver = ScreenDriver(program.app, program.pilot)
    script = parse_script(HEAD, Path("proef.draaiboek.md"))
    player = Player(script, driver, program.app.board)
    for number, line in enumerate(lines, 1):
        await player.do(script.steps[0], parse(line, number))
    return driver


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_words_of_the_screen_do_what_a_user_does(practice: Board, size: tuple[int, int]) -> None:
    async with driving(practice, size=size) as program:
        await on_screen(
            program,
            "open Beheer > Import-Export-Koppelingen > Koppelingen",
            'choose "Activeren" in "IEP LVS"',
            'fill "Uw naam" "R. de Vries"',
            'tick "Voor akkoord"',
            'fill "Verificatiecode" "99QQ009999999999999"',
            'fill "Verificatiecode" "99QQ001234567890abcd"',
            "press F2",
            'expect "Andere helft ontbreekt"',
            "check coupling iep-lvs active",
            'choose "Koppelingenlogboek"' if size == WIDE else "press l",
            'expect "Geactiveerd"',
            "open Beheer > Koppelingen > Koppelingenlogboek > IEP LVS",
            'expect "Geactiveerd"',
            "open Relaties",
            'expect no "Koppelingenlogboek van"',
            "go to IEP LVS",
            "sign in as schoolbeheerder",
            "open Vensters",
            'expect "Vensters"',
        )


IMPOSSIBLE = (
    (['expect no "Welkom"'], "staat nog op het scherm"),
    (['choose "Activeer"'], "'Activeer' staat niet op het scherm"),
    (["open Beheer > Koppelignen"], "Bedoelt u"),
    (["open Koppelingen", 'choose "Gebruikersvoorwaarden"'], "staat er meer dan eens"),
    (["open Koppelingen", 'choose "Activeren" in "Basispoort"'], "'Activeren' in 'Basispoort' staat niet"),
    (["open Koppelingen", 'choose "Activeren" in "IEP LVS"', 'fill "Uw naan" "x"'], "Bedoelt u 'Uw naam'?"),
    (["open Koppelingen", 'choose "Activeren" in "IEP LVS"', 'select "Uw naam" "x"'], "geen keuzelijst"),
    (["check coupling iep-lvs active"], "Dit klopt niet: De koppeling IEP LVS is actief."),
    (["go to Magister"], "geen programma"),
    (["press F9", "open Koppelingen"], "Er staat een vraag of venster open"),
)


async def test_what_cannot_be_done_is_told_with_its_line_and_the_screen(practice: Board) -> None:
    async with driving(practice) as program:
        for lines, part in IMPOSSIBLE:
            with pytest.raises(PlayFailed) as caught:
                await on_screen(program, *lines)
            assert part in caught.value.mistake.sentence
            assert caught.value.mistake.line == len(lines)
            assert "ESIS" in caught.value.shown
            assert caught.value.picture.startswith("<svg")
            await program.press("escape", "escape")


async def test_a_script_may_no_more_than_its_user(practice: Board) -> None:
    async with driving(practice, "leerkracht6") as program:
        driver = await on_screen(program, "open Koppelingen")
        assert "rol" in driver.shown()
        with pytest.raises(PlayFailed):
            await on_screen(program, 'choose "Activeren" in "IEP LVS"')


WORDS = [
    "Beheer",
    "Koppelingen",
    "Activeren",
    "IEP LVS",
    "Gereed",
    "Annuleren",
    "Uw naam",
    "Terug",
    "Zoeken",
    "Naam",
    "Nieuw",
    "Verwijderen",
    "Leerlingen",
    "[/] rood",
    "Openen",
    "School",
    "Aanmelden",
]
KEYS = ["F1", "F2", "F6", "F9", "escape", "tab", "enter", "space", "ctrl+p", "down", "up", "n", "delete"]


@pytest.mark.parametrize("seed", range(4))
async def test_any_lines_at_all_leave_the_program_whole(practice: Board, seed: int) -> None:
    dice = random.Random(seed)
    async with driving(practice) as program:
        driver = ScreenDriver(program.app, program.pilot)
        for _ in range(40):
            word, other = dice.choice(WORDS), dice.choice(WORDS)
            do = dice.choice(
                [
                    lambda word=word: driver.choose(word),
                    lambda word=word, other=other: driver.choose(word, other),
                    lambda word=word, other=other: driver.fill(word, other),
                    lambda word=word: driver.tick(word, True),
                    lambda word=word: driver.open(word),
                    lambda: driver.press(dice.choice(KEYS)),
                    lambda word=word, other=other: driver.select(word, other),
                    lambda word=word: driver.type(word),
                    lambda: driver.go_to(dice.choice(["ESIS", "Gynzy", "Basispoort"])),
                    lambda: driver.sign_in("beheerder", "oefenen"),
                ]
            )
            with suppress(CannotDo, Refused):
                await do()
            assert program.app._exception is None
            assert driver.shown()
        await settle(program.app, program.pilot)
