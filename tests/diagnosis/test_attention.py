"""Berichten overzicht, and why a dashboard is still empty: one sentence for each state, each with its remedy."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.access import Actor
from app.clock import AMSTERDAM, parse_moment
from app.couplings import lifecycle
from app.couplings.catalogue import transfers
from app.diagnosis import attention
from app.diagnosis.attention import Notice
from app.diagnosis.findings import findings
from app.partners.iep_lvs import connection
from app.permissions import Role
from app.school.assessment import assessments
from app.targets import MenuItem
from app.training import disturbances
from models.board import Board, User
from models.partners.iep_lvs import IepPupil
from models.run import Fault, Run
from models.school import Group, GroupTeacher, StaffMember
from tests.builders import make_actor, make_board
from tests.couplings.worlds import (
    CODE,
    EINDTOETS,
    OFF,
    OTHER,
    UNKNOWN,
    activate,
    coupled_school,
    night,
    sit,
    small_school,
)
from tests.diagnosis.finding import wrong


def notices(actor: Actor) -> list[Notice]:
    """As Berichten overzicht shows them; where one asks attention for a coupling, Waarom has a cause."""
    found = attention.notices(actor)
    for kind in {notice.about for notice in found if notice.about}:
        assert wrong(actor, kind), f"{found} and Waarom says nothing is wrong with {kind}"
    return found


def shown(actor: Actor) -> list[tuple[str, bool]]:
    return [(str(notice.target), notice.urgent) for notice in notices(actor)]


def only(actor: Actor) -> Notice:
    (notice,) = notices(actor)
    return notice


def test_before_the_activation(db: str) -> None:
    actor, _ = small_school()
    assert only(actor).text.startswith("Er is nog geen koppeling geactiveerd. Dat kan met IEP LVS, ")
    assert str(only(actor).target) == "koppelingen"
    assert "nog geen resultatenkoppeling geactiveerd (IEP LVS of Gynzy" in attention.why_no_results(actor)
    assert "Beheer > Import-Export-Koppelingen > Koppelingen" in attention.why_no_results(actor)


def test_activated_but_not_set_up_at_iep_lvs(db: str) -> None:
    actor, _ = small_school()
    activate(actor)
    assert (str(only(actor).target), only(actor).urgent) == ("partner:iep-lvs", True)
    why = attention.why_no_results(actor)
    assert "in IEP LVS nog niet ingeschakeld" in why
    assert "Testbericht versturen" in why


@pytest.mark.parametrize(
    ("text", "short"),
    [("A: niet ingesteld. Dat kan.", "A: niet ingesteld."), ("Op 1-8 begonnen.", "Op 1-8 begonnen."), ("Dat", "Dat")],
)
def test_the_first_sentence_says_it(text: str, short: str) -> None:
    assert Notice(text, MenuItem("koppelingen")).short == short


def test_a_new_school_year_without_new_groups_is_told(db: str) -> None:
    actor, _ = small_school()
    Board.update(now=parse_moment("2020-08-03T09:00")).execute()
    told = Notice(
        "2020-2021 is begonnen, maar de groepen zijn nog van 2019-2020. Voer de jaarovergang uit.",
        MenuItem("jaarovergang"),
    )
    assert told in notices(actor)
    Group.create(location=actor.location, key="new", name="7", school_year="2020-2021")
    assert told not in notices(actor)


def test_stopped(db: str) -> None:
    actor, _ = coupled_school()
    lifecycle.pause(actor, "iep-lvs")
    assert (str(only(actor).target), only(actor).urgent) == ("koppelingen", True)
    assert "tijdelijk gestopt" in only(actor).text
    assert "Vul hem weer in" in attention.why_no_results(actor)


def test_connected_and_waiting_for_the_night_asks_nothing(db: str) -> None:
    actor, _ = coupled_school()
    assert notices(actor) == []
    assert "vannacht om 04:00 uur" in attention.why_no_results(actor)


def test_a_changed_code_has_to_be_set_up_again(db: str) -> None:
    actor, school = coupled_school()
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    assert str(only(actor).target) == "partner:iep-lvs"
    connection.connect(school, OTHER)
    assert notices(actor) == []


def test_a_resumption_with_another_code_asks_to_look_at_the_other_end(db: str) -> None:
    actor, school = coupled_school()
    lifecycle.pause(actor, "iep-lvs")
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    assert (str(only(actor).target), only(actor).urgent) == ("partner:iep-lvs", True)
    for told in (only(actor).text, attention.why_no_results(actor)):
        assert "Controleer in IEP LVS of daar dezelfde verificatiecode staat" in told
    connection.connect(school, OTHER)
    assert notices(actor) == []


def test_the_same_code_again_asks_nothing(db: str) -> None:
    actor, _ = coupled_school()
    lifecycle.pause(actor, "iep-lvs")
    lifecycle.change_code(actor, "iep-lvs", CODE)
    assert notices(actor) == []
    lifecycle.end(actor, "iep-lvs")
    activate(actor, CODE)
    assert notices(actor) == []


@pytest.mark.parametrize("job", sorted(transfers()))
def test_a_failed_transfer_is_told_with_its_sentence_until_one_goes_well(db: str, job: str) -> None:
    actor, _ = coupled_school()

    def ran(day: int, state: str, error: str = "") -> None:
        slot = datetime(2020, 4, day, 1, tzinfo=AMSTERDAM)
        Run.create(
            board=actor.board, location=actor.location, job=job, slot=slot, not_before=slot, state=state, error=error
        )

    ran(12, "failed", "Oud.")
    ran(13, "succeeded")
    assert notices(actor) == []
    ran(14, "failed", "De sleutel is niet bekend.")
    ran(15, "queued")
    assert (str(only(actor).target), only(actor).urgent) == (f"log:{job}", True)
    assert (
        only(actor).text
        == f"{transfers()[job]}: de overdracht is mislukt. Op di 14-4-2020 01:00: De sleutel is niet bekend."
    )
    other = make_actor(make_board())
    assert [str(notice.target) for notice in attention.notices(other)] == ["koppelingen"]


def test_after_an_end_and_a_new_activation_with_another_code_the_other_end_is_to_be_looked_at(db: str) -> None:
    actor, _ = coupled_school()
    lifecycle.end(actor, "iep-lvs")
    activate(actor, OTHER)
    assert str(only(actor).target) == "partner:iep-lvs"
    assert "ESIS weet niet of IEP LVS de verificatiecode" in attention.why_no_results(actor)


def test_a_failed_night_is_told_with_its_reason(db: str) -> None:
    actor, school = coupled_school()
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    night(actor)
    targets = dict(shown(actor))
    assert targets == {"log:iep-lvs": True, "partner:iep-lvs": True}
    text = next(notice.text for notice in notices(actor) if str(notice.target) == "log:iep-lvs")
    assert "is mislukt. Op wo 15-4-2020 04:00" in text
    assert "verificatiecode verschilt" in text
    assert "verificatiecode verschilt" in attention.why_no_results(actor)
    connection.connect(school, OTHER)
    night(actor)
    assert notices(actor) == []


def test_a_failure_before_the_present_activation_is_forgotten(db: str) -> None:
    actor, school = coupled_school()
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    night(actor)
    lifecycle.end(actor, "iep-lvs")
    activate(actor, OTHER)
    connection.connect(school, OTHER)
    assert notices(actor) == []
    assert "vannacht om 04:00 uur" in attention.why_no_results(actor)


def test_unreachable_all_night_is_told_after_the_last_attempt(db: str) -> None:
    actor, _ = coupled_school()
    disturbances.switch(make_actor(actor.board, Role.TRAINER), "iep-lvs", "unreachable", True)
    night(actor)
    assert shown(actor) == [("log:iep-lvs", True)]
    assert "Na 4 pogingen opgegeven" in only(actor).text
    Fault.delete().execute()
    night(actor)
    assert notices(actor) == []


@pytest.mark.parametrize(("pupils", "words"), [(1, "resultaat is geweigerd"), (3, "resultaten zijn geweigerd")])
def test_refused_results_are_told_with_their_number(db: str, pupils: int, words: str) -> None:
    actor, school = coupled_school()
    IepPupil.update(year_group="8").where(IepPupil.key.in_(["1", "2", UNKNOWN][:pupils])).execute()
    sit(school, "lezen-8")
    night(actor)
    found = [notice for notice in notices(actor) if "geweigerd" in notice.text]
    assert [(str(notice.target), notice.urgent) for notice in found] == [("log:iep-lvs", False)]
    assert words in found[0].text
    assessments.set_active(actor, "lezen-8", True)
    assert [notice for notice in notices(actor) if "geweigerd" in notice.text] == [], "the coming night brings them"


def test_the_eindtoets_is_kept_at_iep_lvs_and_asks_nothing(db: str) -> None:
    actor, school = coupled_school()
    IepPupil.update(year_group="8").execute()
    sit(school, EINDTOETS)
    night(actor)
    assert notices(actor) == []
    assert findings(actor, "iep-lvs") == []


def test_results_without_a_pupil_are_told_of_the_coupling_that_brought_them(db: str) -> None:
    actor, school = coupled_school()
    sit(school)
    night(actor)
    lifecycle.end(actor, "iep-lvs")
    assert [(str(notice.target), notice.about) for notice in notices(actor)] == [
        ("unmatched", "iep-lvs"),
        ("koppelingen", ""),
    ]


def test_results_without_a_pupil_are_for_those_who_may_match_them(db: str) -> None:
    actor, school = coupled_school()
    sit(school)
    sit(school, OFF)
    night(actor)
    assert shown(actor) == [("unmatched", True), ("log:iep-lvs", False)]
    assert "1 resultaat vindt geen leerling. Koppel of verwijder het." in notices(actor)[0].text
    assert shown(make_actor(actor.board, Role.INTERN_BEGELEIDER)) == shown(actor)
    assert shown(make_actor(actor.board, Role.ADMINISTRATIE)) == [("log:iep-lvs", False)]
    assert "niet voor deze groep" in attention.why_no_results(actor)


@pytest.mark.parametrize("role", [Role.LEERKRACHT, Role.TRAINER, None])
def test_who_may_not_see_couplings_gets_no_notices(sqlite: str, role: Role | None) -> None:
    actor, _ = small_school()
    assert attention.notices(make_actor(actor.board, role)) == []


def test_a_teacher_is_told_what_came_in_today_for_the_own_group(db: str) -> None:
    actor, school = coupled_school()
    sit(school)
    night(actor)
    teacher, other = make_actor(actor.board, Role.LEERKRACHT), make_actor(actor.board, Role.ADMINISTRATIE)
    assert attention.notices(teacher) == [], "no group"
    staff = StaffMember.create(board=actor.board, location=actor.location, key="M1", last_name="Meester")
    GroupTeacher.create(group=Group.get(), staff=staff)
    User.update(staff_id=staff.id).where(User.id == teacher.user.id).execute()
    told = Notice("Vandaag binnengekomen: 2 nieuwe toetsresultaten. Bekijk Mijn groep.", MenuItem("mijn-groep"))
    assert attention.notices(teacher) == [told]
    night(actor)
    assert attention.notices(teacher) == []
    assert "mijn-groep" not in {str(notice.target) for notice in attention.notices(other)}


@pytest.mark.parametrize("role", [Role.DIRECTIE, Role.APPLICATIEBEHEERDER, Role.LEERKRACHT, Role.INTERN_BEGELEIDER])
def test_who_cannot_mend_it_is_told_whom_to_ask(sqlite: str, role: Role) -> None:
    manager, _ = small_school()
    actor = make_actor(manager.board, role)
    asks = "Vraag dat aan de directie of de applicatiebeheerder."
    mends = role in (Role.DIRECTIE, Role.APPLICATIEBEHEERDER)
    states = [attention.why_no_results(actor)]
    activate(manager, "")
    states.append(attention.why_no_results(actor))
    lifecycle.change_code(manager, "iep-lvs", CODE)
    states.append(attention.why_no_results(actor))
    assert [asks in why for why in states] == ([False] * 3 if mends else [True] * 3)
    assert CODE[6:] not in states[-1]
