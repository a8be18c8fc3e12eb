"""`--plain`: the program as lines, in a process that is typed to through a pipe; nothing is drawn, and the end is an end."""

from __future__ import annotations

import asyncio
import os
import subprocess

from app.commands.plain import ENDED, Typed
from models.training import LessonProgress
from tests.commands.conftest import started

LESSON = """
vul Gebruiker = rovict
vul Wachtwoord = oefenen
Aanmelden
naar Beheer > Import-Export-Koppelingen > Koppelingen
3
vul Uw naam = R. de Vries
vul Verificatiecode = 99QQ001234567890abcd
vul Voor akkoord = ja
Gereed
toets F8
naar IEP LVS
schoolbeheerder
Aanmelden
Beheer
School
Resultaatkoppeling
Koppeling instellen
vul Leerlingadministratiesysteem = ESIS
hint
vul ESIS-verificatiecode = 99QQ001234567890abcd
Testbericht
naar ESIS
tijd morgen
zoek Afmelden
2
leerkracht6
Aanmelden
naar Mijn groep
"""
"""The lesson iep-lvs, from its story to its result; the input then ends."""


def test_a_whole_lesson_is_done_from_sign_in_to_result_through_pipes(practice: str) -> None:
    process = started(practice, "lesson", "start", "iep-lvs", "--plain", stdin=subprocess.PIPE)
    told, err = process.communicate(LESSON, timeout=240)
    assert process.returncode == 0, err
    assert "Klaar! Met 1 hint, 0 fouten." in told, told
    assert told.splitlines()[-2:] == [
        ENDED,
        "Les 'De koppeling tussen ESIS en IEP LVS activeren': 10 van 10 opdrachten, 1 hint, 0 fouten.",
    ]
    assert told.replace("\n", "").isprintable(), "no control codes"
    kept = LessonProgress.get()
    assert (kept.lesson, kept.step, kept.hints, kept.finished_at is not None) == ("iep-lvs", 10, 1, True)


async def test_lines_that_come_at_once_or_late_are_taken_one_by_one_up_to_the_end() -> None:
    taken, given = os.pipe()
    typed = Typed(taken)
    os.write(given, b"een\ntwee\r\n\xffdrie")
    assert await typed.line() == "een"
    assert await typed.line() == "twee"
    waiting = asyncio.create_task(typed.line())
    os.close(given)
    assert await waiting == "\N{REPLACEMENT CHARACTER}drie"
    assert await typed.line() is None
    assert await typed.line() is None, "whoever asks again hears the same"
    assert typed.ended
    os.close(taken)
