"""Lessons of a cause, from the story to the result, by typed lines alone."""

from __future__ import annotations

import pytest

from app.training.lessons import catalogue
from models.board import Board
from tests.screens.plain.talking import talking_of

pytestmark = pytest.mark.usefixtures("economical")
LESSONS = {
    "brin-verschilt": """
        terug
        naar Mijn groep
        toets g
        Groep 6
        naar Beheer > Import-Export-Koppelingen > Koppelingen
        IEP LVS, Startdatum
        Waarom komt het niet
        naar IEP LVS
        schoolbeheerder
        Aanmelden
        naar Details
        vul BRIN6 = 99QQ00
        Opslaan
        naar ESIS
        terug
        tijd morgen
        naar Mijn groep
        toets g
        Groep 6
    """,
    "toets-staat-uit": """
        terug
        naar Startpagina
        naar Beheer > Import-Export-Koppelingen > Koppelingen
        IEP LVS, Startdatum
        Waarom komt het niet
        terug
        naar Beheer > Toetsen > Toetsen activeren
        vul Zoeken = Rekenen groep 6
        Rekenen groep 6
        tijd morgen
        naar Mijn groep
        toets g
        Groep 6
    """,
}


@pytest.mark.parametrize("name", LESSONS)
async def test_a_lesson_is_done_by_typed_lines(practice: Board, practice_sqlite: str, name: str) -> None:
    script = catalogue.find(name)
    async with talking_of(practice, practice_sqlite, script) as told:
        assert f"Les: {script.title}" in told.told
        heard = list(told.told)
        for line in map(str.strip, LESSONS[name].strip().splitlines()):
            heard += [f"> {line}", await told.type(line)]
        assert any("Klaar!" in part for part in heard), "\n".join(heard)
        assert told.app.guest.course.finished  # type: ignore[union-attr]
