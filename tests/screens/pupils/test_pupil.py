"""A pupil's page and its forms by keyboard: change, move, unsubscribe, enrol again, guardians, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.access import actor_for, find_user
from app.school.people import enrolment
from app.school.people.pupil_form import PupilForm
from models.assessment import Result
from models.board import Board
from models.history import Change
from models.school import Guardian, Placement, Pupil, PupilGuardian
from screens.pupils.page import PupilPage
from tests.golden import Golden
from tests.screens.driving import SMALL, Driver, driving


async def open_pupil(user: Driver, key: str = "1101") -> None:
    await user.go_to("leerlingenadministratie")
    await user.press("f3")
    await user.type(key)
    await user.press("enter")


def group_of(pupil: Pupil) -> str:
    return str(Placement.get(Placement.pupil == pupil, Placement.kind == "basis").group.name)


async def test_a_pupil_is_changed_moved_unsubscribed_and_enrolled_again(practice: Board) -> None:
    async with driving(practice, "administratie", size=SMALL) as user:
        await open_pupil(user)
        before = Change.select().count()
        await user.press("w", "f2")
        assert (user.said[-1], Change.select().count()) == ("Er is niets gewijzigd.", before)
        assert "zijn gewijzigd" not in user.text
        await user.press("w", "tab")
        await user.press("backspace", "backspace")
        await user.type("van [b]")
        await user.press("f2")
        assert Pupil.get(Pupil.key == "1101").prefix == "van [b]"
        assert user.line("Jan [b] van [b] Boer")
        assert "✓ De gegevens zijn gewijzigd." in user.text

        await user.press("v", "enter")
        await user.type("7")
        await user.press("enter", "f2")
        assert group_of(Pupil.get(Pupil.key == "1101")) == "7"
        assert "zit nu in groep 7" in user.text

        await user.press("delete", "tab", "enter")
        await user.type("verhuizing")
        await user.press("enter", "f2")
        pupil = Pupil.get(Pupil.key == "1101")
        assert (pupil.unsubscribed_on, pupil.unsubscribe_reason) == (date(2020, 4, 14), "Verhuizing")
        assert "■ Uitgeschreven per 14-4-2020" in user.words
        assert "niet meer in" in user.text

        await user.act("Opnieuw inschrijven")
        assert "Opnieuw inschrijven?" in user.text
        await user.press("left", "enter")
        assert Pupil.get(Pupil.key == "1101").unsubscribed_on is None
        assert "is opnieuw ingeschreven" in user.text


async def test_unsubscribing_without_a_reason_is_refused_beside_the_field(practice: Board) -> None:
    async with driving(practice) as user:
        await open_pupil(user)
        await user.press("delete", "f2")
        assert "Reden van uitschrijving is verplicht" in user.text
        await user.type("eigen reden")
        await user.press("f2")
        assert Pupil.get(Pupil.key == "1101").unsubscribe_reason == "eigen reden"


async def test_a_pupil_who_left_is_not_moved_and_the_page_says_why(practice: Board) -> None:
    Pupil.update(unsubscribed_on=date(2020, 4, 1), unsubscribe_reason="Anders").where(Pupil.key == "1101").execute()
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f", "end", "enter", "f3")
        await user.type("1101")
        await user.press("enter", "v")
        assert isinstance(user.app.screen, PupilPage)
        assert "Schrijf hem of haar eerst opnieuw in" in user.said[-1]


@pytest.mark.parametrize(("name", "key"), [("ib", "f7"), ("ib", "delete"), ("leerkracht6", "v"), ("leerkracht6", "w")])
async def test_who_may_not_edit_is_told_why(practice: Board, name: str, key: str) -> None:
    async with driving(practice, name) as user:
        await open_pupil(user)
        assert user.app.screen.query_one("#way-change").has_class("-blocked")
        assert "laat dit niet toe: leerlingen in- en uitschrijven" in user.words
        await user.press(key)
        assert isinstance(user.app.screen, PupilPage)
        assert "Dat kan met: Directie" in user.said[-1]


async def test_hostile_names_stand_there_as_they_are(practice: Board) -> None:
    pupil = Pupil.get(Pupil.key == "1101")
    pupil.first_name, pupil.last_name = "[@click=app.quit]x[/]", "Boer[/"
    pupil.unsubscribe_reason = "[red]"
    pupil.save()
    guardian = Guardian.create(board=practice, name="[/] O'Neill\\", email="[b]@example.invalid")
    PupilGuardian.create(pupil=pupil, guardian=guardian, relation="[i]")
    async with driving(practice) as user:
        await open_pupil(user)
        assert user.line("[@click=app.quit]x[/] de Boer[/")
        await user.press("3")
        assert user.line("[/] O'Neill\\")
        for key in ("f7", "v", "f4"):
            await user.press(key)
            assert user.line("[@click=app.quit]x[/] de Boer[/")
            await user.press("escape")


async def test_a_pupil_gone_from_view_leaves_only_the_reason(practice: Board) -> None:
    async with driving(practice, "leerkracht6") as user:
        await open_pupil(user)
        Placement.delete().where(Placement.pupil == Pupil.get(Pupil.key == "1101")).execute()
        user.app.screen.refresh_data()
        await user.settle()
        assert "zit dit schooljaar niet in een van uw groepen" in user.text
        assert "Geboortedatum" not in user.text


@pytest.mark.parametrize(("chosen", "linked"), [((), True), (("down",), False)])
async def test_a_guardian_who_may_be_the_same_is_asked(practice: Board, chosen: tuple[str, ...], linked: bool) -> None:
    async with driving(practice, "administratie") as user:
        await open_pupil(user)
        pupil = Pupil.get(Pupil.key == "1101")
        other = Pupil.get(Pupil.location == pupil.location, Pupil.id != pupil.id)
        known = Guardian.create(board=practice, name="Oma Zee", email="oma@zee.nl")
        PupilGuardian.create(pupil=other, guardian=known)
        await user.press("3", "n")
        await user.type("Opa Zee")
        await user.press("tab", "tab")
        await user.type("OMA@zee.nl")
        await user.press("f2")
        assert "Is dit dezelfde verzorger?" in user.text
        assert "Er is al Oma Zee <oma@zee.nl>" in user.words
        await user.press(*chosen, "enter")
        assert "is opgeslagen" in user.said[-1]
    carers = PupilGuardian.select().where(PupilGuardian.pupil == pupil, PupilGuardian.guardian == known)
    assert (carers.exists(), Guardian.select().where(Guardian.name == "Opa Zee").exists()) == (linked, not linked)


async def test_guardians_are_added_changed_and_taken_away(practice: Board, golden: Golden) -> None:
    async with driving(practice, "administratie", size=SMALL) as user:
        await open_pupil(user)
        await user.press("3", "n")
        await user.type("Oma [b] Boer")
        await user.press("tab", "tab")
        await user.type("oma")
        await user.press("f2")
        assert "E-mailadres 'oma' bevat geen @" in user.words
        await user.type("@voorbeeld.nl")
        await user.press("f2")
        assert user.line("Oma [b] Boer")
        guardian = Guardian.get(Guardian.name == "Oma [b] Boer")
        assert (guardian.email, guardian.pupils.count()) == ("oma@voorbeeld.nl", 1)
        await user.press("home", "down", "delete")
        assert "is dan geen verzorger meer" in user.words
        await user.press("left", "enter")
        assert not Guardian.select().where(Guardian.id == guardian.id).exists()
        await user.press("7")
        assert "Verzorger Oma [b] Boer weggehaald" in user.words
        golden.check(user.app, "leerling-wijzigingen-80x24")
        await user.press("6")
        assert "niet bekend" not in user.line("Basispoort")


async def test_the_second_of_two_who_change_a_pupil_sees_both_and_chooses(practice: Board) -> None:
    pupil = Pupil.get(Pupil.key == "1101")
    colleague = actor_for(find_user(practice, "appbeheer"))
    async with driving(practice, "administratie") as user:
        await open_pupil(user)
        await user.press("w")
        await user.type(" mijn")
        enrolment.change(colleague, pupil, replace(PupilForm.of(pupil), first_name="Hun", gender=2))
        await user.press("f2")
        assert "Intussen gewijzigd" in user.text
        assert user.line("nu in ESIS     Meisje")
        assert user.line("uw invoer      Jongen")
        assert "Hun" in user.line("nu in ESIS")
        assert "Jan [b] mijn" in user.line("uw invoer")
        await user.press("enter")
        assert Pupil.get(Pupil.key == "1101").first_name == "Hun"
        await user.press("f2", "down", "down", "enter")
        assert Pupil.get(Pupil.key == "1101").first_name == "Jan [b] mijn"


async def test_the_page_has_few_stops_and_arrows_open_tabs(practice: Board) -> None:
    async with driving(practice) as user:
        await open_pupil(user)
        await user.press("right", "right")
        assert user.line("moeder"), "the tab of the guardians, two to the right"
        stops = [widget.id for widget in user.app.screen.focus_chain if widget.id not in (None, "pupil-guardians")]
        assert [stop for stop in stops if str(stop).startswith(("way-", "tab-"))] == ["way-change", "tab-guardians"]
        await user.press("tab")
        assert user.app.screen.focused is user.app.screen.query_one("#pupil-guardians")


async def test_a_result_is_opened_from_its_list(practice: Board) -> None:
    pupil = Pupil.get(Pupil.key == "1101")
    Result.create(
        location=pupil.location,
        pupil=pupil,
        supplier="hand",
        supplier_key="x",
        received_at=datetime(2020, 2, 5, tzinfo=UTC),
        assessment="lezen-6",
        date=date(2020, 2, 5),
        score=46,
        level="V",
        reference_level="1F",
    )
    async with driving(practice, size=SMALL) as user:
        await open_pupil(user)
        await user.press("5", "enter")
        assert user.line("Referentieniveau  1F")
        assert user.line("Telt              telt mee")


async def test_deleting_asks_to_type_the_roepnaam(practice: Board) -> None:
    async with driving(practice, "administratie") as user:
        await open_pupil(user)
        await user.act("Verwijderen")
        assert "Typ ter bevestiging: Jan [b]" in user.text
        await user.type("jan [b]")
        await user.press("f2")
        assert not Pupil.select().where(Pupil.key == "1101").exists()
        assert "Jan [b] de Boer is verwijderd." in user.said


async def test_what_was_done_is_said_no_longer_than_it_is_true(practice: Board) -> None:
    async with driving(practice) as user:
        await open_pupil(user)

        async def change() -> None:
            await user.press("w", "tab")
            await user.type("x")
            await user.press("f2")
            assert "✓ De gegevens zijn gewijzigd." in user.text

        await change()
        await user.press("ctrl+p", "escape")
        assert "✓ De gegevens" in user.text, "a window over the page is no leaving"
        await user.press("f6", "enter", "f6", "enter")
        assert "✓ De gegevens" not in user.text
        await change()
        Board.update(now=datetime(2020, 4, 15, 8, tzinfo=UTC)).where(Board.id == practice.id).execute()
        await user.data_changed()
        assert "✓ De gegevens" not in user.text
