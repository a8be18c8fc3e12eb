"""The program by numbers, names and words; each turn tells what is new."""

from __future__ import annotations

import pytest

from app import clock
from app.training.lessons import catalogue
from models.board import Board
from models.training import LessonProgress
from screens.plain.page import row_text
from screens.plain.words import HELP, WORDS
from screens.shared.records import RecordList
from tests.screens.plain.talking import talking

OTHER = "brin-verschilt"
pytestmark = pytest.mark.usefixtures("economical")


async def test_one_signs_in_by_words_and_hears_what_is_wrong(practice: Board) -> None:
    async with talking(practice, None) as told:
        assert "1. Veld Gebruiker, verplicht: leeg" in told.told
        assert "U staat op: Gebruiker" in told.told
        assert "1. Veld Gebruiker, verplicht: rovict" in await told.type("vul Gebruiker = rovict")
        assert "Wachtwoord, nu leeg" in await told.type("2")
        assert told.talk.secret
        answer = await told.type("verkeerd")
        assert "Wachtwoord, verplicht: ingevuld" in answer
        assert "verkeerd" not in answer
        assert "Gebruiker of wachtwoord klopt niet" in await told.type("aanm")
        assert "Startpagina" in await told.type("vul wachtw = oefenen", "Aanmelden")


async def test_a_long_list_is_told_in_parts_row_by_row_with_the_names_of_its_columns(practice: Board) -> None:
    async with talking(practice) as told:
        answer = await told.type("naar Leerlingenadministratie")
        assert "Leerlingen: 221 regels, hier 1 tot en met 10" in answer
        assert "Akkerman, Naomi, Leerlingnummer 1313, Geboren 2-9-2015, Groep 1" in answer
        assert "Nog 211 regels: typ `meer`." in answer
        more = await told.type("meer")
        assert "hier 11 tot en met 20" in more
        assert "Akkerman" not in more
        assert "1071" in await told.type(told.number("Leerlingnummer 1071"))
        assert "De rest staat er nog zoals verteld" in await told.type("terug")


async def test_a_name_that_means_more_is_asked_back_and_one_that_is_not_there_said(practice: Board) -> None:
    async with talking(practice) as told:
        answer = await told.type("naar Beheer > Koppelingen", "activeren")
        assert "Typ een nummer" in answer
        assert "Activeren (Gynzy resultatenkoppeling)" in answer
        assert "Koppeling activeren" in await told.type(told.number("Activeren (IEP LVS)"))
        assert "Dat kan niet: 'Onzin' staat niet op het scherm." in await told.type("Onzin")
        assert "Er is hier geen nummer 99" in await told.type("99")
        assert "Er is geen veld 'onzin'" in await told.type("vul onzin = x")


async def test_fields_are_asked_one_by_one_and_faults_are_lines(practice: Board) -> None:
    async with talking(practice) as told:
        assert "Uw naam, nu leeg" in await told.type("zoek Koppeling activeren IEP", "2", "vul")
        assert "Voor akkoord, nu niet aangekruist. Typ ja of nee." in await told.type("R. de Vries")
        assert "Verificatiecode, nu leeg" in await told.type("ja")
        answer = await told.type("99QQ00")
        assert "Veld Verificatiecode: 99QQ00" in answer
        assert "Veld Voor akkoord, verplicht: aangekruist" in answer
        assert "fout: " in await told.type("Gereed")
        answer = await told.type("terug")
        assert "Wijzigingen weggooien?" in answer
        assert "Venster: let op: Weggooien" in answer
        assert "venster let op: Weggooien" in await told.type("waar")


async def test_a_choice_tells_its_options_and_takes_a_number(practice: Board) -> None:
    async with talking(practice) as told:
        asked = await told.type("zoek Leerling inschrijven", "2", "vul Geslacht")
        assert "Typ een nummer of een naam:" in asked
        wanted = next(line for line in asked.splitlines() if line.startswith("2. ")).removeprefix("2. ")
        assert f": {wanted} (keuzelijst)" in await told.type("2")


async def test_one_goes_to_a_partner_and_hears_where_one_is(practice: Board) -> None:
    async with talking(practice) as told:
        assert await told.type("tijd") == "Schooltijd: di 14-4-2020 09:00"
        assert "Scherm: IEP LVS" in await told.type("naar IEP LVS")
        assert "IEP LVS" in await told.type("waar")
        assert "Venster: Help bij dit scherm" in await told.type("uitleg")
        assert "typ terug" in await told.type("tijd morgen")
        assert "De rest staat er nog" in await told.type("terug")
        assert "Er is geen les bezig." in await told.type("hint")
        assert await told.type("?") == "\n".join(HELP)
        assert await told.type("toets F99")


async def test_before_signing_in_one_hears_how_that_is_done_and_not_how_a_draaiboek_says_it(practice: Board) -> None:
    async with talking(practice, None) as told:
        for line in ("naar Beheer > Koppelingen", "naar Mijn groep"):
            answer = await told.type(line)
            assert "er is nog niemand aangemeld. Vul Gebruiker en Wachtwoord in" in answer
            assert "sign in" not in answer
        assert "Scherm: IEP LVS" in await told.type("naar IEP LVS")


async def test_why_the_school_time_does_not_move_is_told(practice: Board) -> None:
    async with talking(practice) as told:
        assert "'onzin' is geen moment." in await told.type("tijd onzin")
        assert "Dat kan niet: " in await told.type("tijd 9-9-1999 10:00")
        assert "Schooltijd: di 14-4-2020 17:00" in await told.type("tijd 17:00")
    async with talking(practice, None) as told:
        assert "Meld u eerst aan" in await told.type("tijd morgen")


async def test_a_word_that_is_no_key_is_not_typed_letter_by_letter(practice: Board) -> None:
    async with talking(practice) as told:
        answer = await told.type("toets nagel")
        assert "'nagel' is geen toets" in answer
        assert "Scherm:" not in answer
        assert "Venster:" not in answer
        assert "welke" in await told.type("toets")


async def test_the_signs_of_lessons_are_said_in_words_of_their_own(practice: Board) -> None:
    now = clock.wall_now()
    for lesson, more in (("iep-lvs", {"step": 2}), (OTHER, {"step": 9, "finished_at": now})):
        LessonProgress.create(
            board=practice, learner="rovict", lesson=lesson, started_at=now, seen_at=now, steps=9, **more
        )
    async with talking(practice) as told:
        await told.type("naar Oefeningen")
        listed = told.app.screen.query_one("#lessons", RecordList)
        rows = [row_text(listed, row) for row in listed.every_row(listed.row_count)]
        begun, done = (next(row for row in rows if catalogue.title(name) in row) for name in ("iep-lvs", OTHER))
        assert begun.startswith("begonnen, Les ")
        assert done.startswith("af, Les ")
        assert sum("Hoe ver nieuw" in row and row.split(", ")[0] not in ("af", "begonnen") for row in rows) > 9
        assert not any(word in row for row in rows for word in ("gepland", "andere helft", "gelukt"))


async def test_every_word_does_something_and_nothing_new_is_said_too(practice: Board) -> None:
    async with talking(practice) as told:
        assert {word.name for word in WORDS} | {"?"} == told.talk._verbs.keys()
        assert await told.type("op Mijn Menu", "op Mijn Menu") == "Er is niets veranderd."
        assert "Typ een nummer" in await told.type("")
        assert await told.type("stop") == "Het programma is gestopt."
        assert told.talk.over


async def test_a_key_that_is_a_sign_has_a_name_that_can_be_typed(practice: Board) -> None:
    async with talking(practice) as told:
        answer = await told.type("naar Beheer > Koppelingen")
        assert "fout: Mislukt" not in answer, "what signs mean is for who sees them"
        assert "uitroepteken, Waarom?" in await told.type("acties")
        assert "uitroepteken: Waarom?" in await told.type("terug", "uitleg")
        assert "Waarom komt het niet?" in await told.type("terug", "toets uitroepteken")


async def test_a_screen_of_esis_is_not_opened_from_a_partner_but_how_is_said(practice: Board) -> None:
    async with talking(practice) as told:
        answer = await told.type("naar IEP LVS", "naar Mijn groep")
        assert "typ eerst `naar ESIS`" in answer
        assert "naar ESIS" not in await told.type("naar Onzin")
        assert "Mijn ESIS > Mijn groep" in await told.type("naar ESIS", "naar Mijn groep")
