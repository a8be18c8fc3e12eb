"""Mijnschoolinfo by keyboard: the sentences of sources.md#mijnschoolinfo, lists, forms, and ESIS's notes about it."""

from __future__ import annotations

from pathlib import Path

from app.exchange.email_list import HEADER
from app.partners.mijnschoolinfo import editing, layout, lists
from app.partners.mijnschoolinfo.editing import PupilForm
from models.board import Board
from models.partners.mijnschoolinfo import MsiGuardian, MsiSchool
from models.school import Guardian, Pupil
from tests.screens.driving import SMALL, Driver, driving
from tests.screens.partners.msi import CODE, complete, coupled, delivered, directie, go_to, night, school_of, sign_in


async def enter_code(driver: Driver, code: str) -> None:
    """Koppeling ESIS > Code invullen."""
    await go_to(driver, "esis")
    await driver.press("f7")
    await driver.type(code)
    await driver.press("f2")


async def found(driver: Driver, text: str) -> None:
    """Search in a list, and stand on the first line."""
    await driver.press("f3", "ctrl+u")
    await driver.type(text)
    await driver.press("enter")


async def test_the_seed_from_the_coupling_to_what_stays(practice: Board) -> None:
    complete(practice)
    async with driving(practice, size=SMALL) as driver:
        await driver.open("Koppeling activeren: Mijnschoolinfo")
        await driver.type("R. Victor")
        await driver.press("tab", "space", "tab")
        await driver.type(CODE)
        await driver.press("f2")
        assert "✓ De koppeling is geactiveerd." in driver.words
        await driver.open("Vannacht")
        assert "komt er niets: " in driver.words
        await sign_in(driver)
        await enter_code(driver, CODE)
        assert "✓ De koppeling met ESIS staat aan: ESIS is nu leidend" in driver.words
        assert CODE not in driver.text
        await driver.act("Code tonen")
        assert CODE in driver.text
        await driver.press("f10", "enter", "2", "down")
        assert "de eerste levering" in driver.words
        assert "toegevoegd groep 1" in driver.words
        night(practice, "2020-04-15T08:00")
        await go_to(driver, "school", tab=1)
        assert "1 van 294" in driver.text
        await driver.press("enter", "w", "ctrl+u")
        await driver.type("Zus van Elders")
        await driver.press("f2")
        assert "gewijzigd door verzorger, 15-4-2020" in driver.text
        changed = MsiGuardian.get(MsiGuardian.name == "Zus van Elders")
        Guardian.update(name="Anders").where(Guardian.id == changed.esis_id).execute()
        night(practice, "2020-04-16T08:00")
        await driver.press("escape", "f3")
        await driver.type("elders")
        assert "gewijzigd door verzorger" in driver.line("Zus van Elders")
        await driver.press("enter", "delete", "left", "enter")
        await go_to(driver, "school", tab=4)
        assert "hier verwijderd, 16-4-2020" in driver.line("Zus van Elders")
        await driver.press("t")
        assert "teruggezet" in driver.said[-1]
        assert "Hier is niemand verwijderd" in driver.text


async def test_a_group_of_ones_own_and_a_pupil_in_it_once_esis_leads(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await go_to(driver, "school")
        await driver.press("n")
        assert "nieuwe leerlingen inschrijven doet u in ESIS" in driver.said[-1]
        await driver.press("right")
        await driver.press("n")
        assert "nieuwe verzorgers toevoegen doet u in ESIS" in driver.said[-1]
        await go_to(driver, "school", tab=3)
        await driver.press("n")
        await driver.type("BSO")
        await driver.press("f2", "w", "space", "space", "f3")
        await driver.type("zandstra")
        await driver.press("enter", "space", "f2")
        assert "3 leerlingen" in driver.line("Leerlingen")
        assert "zelf aangemaakt, 15-4-2020" in driver.text
        await go_to(driver, "school")
        await driver.press("n")
        await driver.type("Instromer")
        await driver.press("tab", "tab")
        await driver.type("Nieuw")
        await driver.press("f2")
        assert lists.pupils(school_of(practice), "instromer")[0].belongs == ("BSO",)
        await go_to(driver, "school", tab=3)
        await driver.press("home", "delete")
        assert "komt uit ESIS" in driver.said[-1]
        await found(driver, "bso")
        await driver.press("delete", "left", "enter")
        assert "Groep BSO is verwijderd" in driver.said[-1]


async def test_the_layout_is_made_ordered_checked_and_confirmed(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await go_to(driver, "layout")
        assert "Er is nog geen klassenindeling" in driver.text
        await driver.press("n")
        await driver.type("1A")
        await driver.press("f2")
        await driver.act("Leerlingen")
        await driver.press("space", "space", "space", "f2")
        await driver.act("Leerkracht")
        await driver.press("down", "enter", "shift+down", "shift+down")
        assert "nog niet bewaard" in driver.text
        await driver.press("escape")
        assert "Wijzigingen weggooien?" in driver.text
        await driver.press("escape", "f2")
        (row,) = layout.classes(school_of(practice))
        first = lists.pupils(school_of(practice), limit=3, offset=0)
        assert [place.pupil_id for place in row.places] == [first[1].id, first[2].id, first[0].id]
        assert row.teacher
        editing.delete(school_of(practice), "pupil", first[0].id)
        MsiSchool.update(check_layout=True).execute()
        await driver.press("escape")
        assert "controleer deze indeling" in driver.words
        assert driver.line("1A").split()[-1] == "1"
        await driver.press("enter", "shift+up", "f2")
        assert "1; blijft staan tot u Del kiest" in driver.words
        (row,) = layout.classes(school_of(practice))
        assert [place.pupil_id for place in row.places] == [first[1].id, first[2].id, first[0].id]
        await driver.press("end", "delete", "f2")
        assert "blijft staan" not in driver.text
        (row,) = layout.classes(school_of(practice))
        assert [place.pupil_id for place in row.places] == [first[1].id, first[2].id]
        await driver.press("escape")
        await driver.press("f2")
        assert "controleer" not in driver.text
        await driver.press("delete", "left", "enter")
        assert layout.classes(school_of(practice)) == []


async def test_the_code_may_come_before_esis_knows_it_and_is_taken_away_again(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        assert "Vul de code van ESIS in" in driver.words
        await enter_code(driver, CODE)
        assert "De code is bewaard." in driver.words
        await driver.press("delete")
        assert "Koppeling verbreken?" in driver.text
        await driver.press("left", "enter")
        assert "nog niet ingevuld" in driver.line("Verificatiecode")


async def test_lines_that_may_be_of_somebody_else_and_likely_doubles_are_asked_about(
    practice: Board, tmp_path: Path
) -> None:
    school = school_of(practice)
    editing.add_pupil(school, PupilForm("Anna", "Aarts"))
    file = tmp_path / "adressen.csv"
    lines = (";Anna;;Aarts;2-2-2010;Ouder Aarts;aarts@voorbeeld.nl", ";Bas;;Bos;;;")
    file.write_text("\n".join((";".join(HEADER), *lines)), encoding="utf-8")
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await go_to(driver, "esis", tab=4)
        await driver.type(str(file))
        await driver.press("f2", "left", "enter")
        assert "Over 1 regel is eerst een keuze nodig" in driver.words
        await driver.press("f2")
        assert driver.said == ["Kies eerst wie er op regel 2 staat: Anna Aarts."]
        assert len(lists.pupils(school)) == 1
        await driver.press("enter")
        assert "dezelfde als Anna Aarts (zelfde naam)" in driver.words
        await driver.press("enter")
        assert "dezelfde als Anna Aarts" in driver.line("leerling")
        await driver.press("f2")
        assert "✓ 1 leerling, 1 verzorger toegevoegd." in driver.words
        await go_to(driver, "school")
        await driver.press("n")
        await driver.type("Bas")
        await driver.press("tab", "tab")
        await driver.type("Bos")
        await driver.press("f2")
        assert "Hier staat al Bas Bos" in driver.words
        await driver.press("left", "enter")
        assert driver.said[-1] == "Bas Bos is toegevoegd."


async def test_begin_with_a_file_and_by_hand_and_settle_a_doubt(practice: Board, tmp_path: Path) -> None:
    complete(practice)
    pupil = Pupil.select().where(Pupil.location == directie(practice).location, Pupil.prefix == "").get()
    for _ in range(2):
        form = PupilForm(pupil.first_name, pupil.last_name, birth_date=pupil.birth_date)
        editing.add_pupil(school_of(practice), form)
    file = tmp_path / "adressen.csv"
    file.write_text(f"{';'.join(HEADER)}\n;Bas;;Bos;2-2-2010;Ouder Bos;bos@voorbeeld.nl\n", encoding="utf-8")
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await go_to(driver, "esis", tab=4)
        await driver.type(str(file))
        await driver.press("f2", "left", "enter")
        assert "✓ 1 leerling, 1 verzorger toegevoegd." in driver.words
        await go_to(driver, "school")
        await found(driver, "bas bos")
        await driver.press("enter", "n")
        await driver.type("Opa Bos")
        await driver.press("tab")
        await driver.type("opa")
        await driver.press("f2")
        assert "× 'opa' is geen e-mailadres." in driver.words
        await driver.type("@voorbeeld.nl")
        await driver.press("f2")
        assert "opa@voorbeeld.nl" in driver.line("Opa Bos")
        coupled(practice)
        night(practice, "2020-04-15T08:00")
        await go_to(driver, "esis", tab=3)
        assert pupil.last_name in driver.text
        await driver.press("enter")
        assert driver.text.count("dezelfde als") == 2
        assert "komt met de volgende levering" in driver.words
        await driver.press("down", "down", "enter")
        assert "iemand anders" in driver.line(pupil.last_name)
        await driver.press("enter")
        assert "✓ iemand anders" in driver.words
        await driver.press("up", "enter")
        assert "dezelfde als" in driver.line(pupil.last_name)
        await driver.press("enter", "down", "enter")
        await driver.press("right", "down")
        assert "dus nieuwe gegevens invoeren doet u in ESIS" in driver.words
        night(practice, "2020-04-16T08:00")
        await driver.press("left", "left", "down", "enter")
        assert "toegevoegd" in driver.line(pupil.last_name)


async def test_who_changes_what_another_changed_meanwhile_is_told_and_keeps_what_was_typed(practice: Board) -> None:
    school = school_of(practice)
    guardian = editing.add_guardian(school, "Ouder Eerst", "eerst@voorbeeld.nl", "", ())
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await go_to(driver, "school", tab=1)
        await driver.press("enter", "w", "ctrl+u")
        await driver.type("Ouder Getypt")
        editing.change(school, "guardian", guardian.id, {"email": "nieuw@voorbeeld.nl"})
        await driver.press("f2")
        assert "De verzorger heeft dit intussen gewijzigd." in driver.words
        assert "E-mailadres is nu 'nieuw@voorbeeld.nl'." in driver.words
        assert "Ouder Getypt" in driver.text
        assert MsiGuardian.get_by_id(guardian.id).name == "Ouder Eerst"
        await driver.press("f2")
        assert MsiGuardian.get_by_id(guardian.id).name == "Ouder Getypt"


async def test_esis_says_where_a_change_is_made_and_when_who_is_new_comes(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, size=SMALL) as driver:
        await driver.open("Leerlingenadministratie")
        await driver.press("enter", "w")
        assert "Mijnschoolinfo neemt een wijziging van persoonsgegevens niet over: wijzigen kan daar." in driver.words
        await driver.press("escape", "3", "n")
        assert "Komt morgen in Mijnschoolinfo." in driver.words
        await driver.open("Medewerkers")
        await driver.press("enter")
        assert "Mijnschoolinfo neemt een wijziging" in driver.words
        await driver.press("escape")
        night(practice, "2020-04-15T17:00")
        await driver.press("n")
        assert "Komt overmorgen in Mijnschoolinfo (na 17:00 ingevoerd)." in driver.words


async def test_f3_goes_to_the_search_of_tonight_from_the_tabs_too(practice: Board) -> None:
    coupled(practice)
    async with driving(practice) as driver:
        await sign_in(driver)
        await go_to(driver, "esis")
        await driver.press("2", "f10", "f3")
        await driver.type("smeets")
        assert "van 540" in driver.words
        await driver.press("down")
        assert driver.app.focused is driver.app.screen.query_one("#msi-list")
