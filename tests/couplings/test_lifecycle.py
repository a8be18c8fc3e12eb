"""The life cycle of a coupling: activation with consent, code, pause, resumption, end; and who may, and when."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from peewee import IntegrityError

from app.access import Actor, actor_for
from app.clock import PRACTICE_START
from app.couplings import lifecycle, logbook
from app.couplings.codes import InvalidVerificationCode, normalise
from app.couplings.lifecycle import AlreadyLive, ConsentMissing, NotLive
from app.refusals import NotFound, Refused
from models.base import database
from models.coupling import Coupling, LogEntry
from tests.builders import location_of, make_actor, make_board

CODE = "99QQ00abcdefghijklmn"
OTHER = "99QQ00ABCDEFGHIJKLMN"


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board(locations=("00", "01")))


def activate(actor: Actor, code: str = CODE, type_name: str = "iep-lvs") -> Coupling:
    return lifecycle.activate(actor, type_name, "A. de Vries", True, code)


def kinds(actor: Actor) -> list[str]:
    return [line.kind for line in reversed(logbook.entries(actor))]


def at(actor: Actor, brin6_number: str) -> Actor:
    return actor_for(actor.user, location_of(actor.board, brin6_number))


# ---- activation


def test_an_activation_keeps_consent_code_and_start_in_school_time(actor: Actor) -> None:
    kept = Coupling.get_by_id(lifecycle.activate(actor, " IEP-LVS ", "  A. de Vries ", True, "99qq00aBcdefghijklmn").id)
    assert (kept.state, kept.code, kept.type) == ("active", "99QQ00aBcdefghijklmn", "iep-lvs")
    assert (kept.start_date, kept.consent_at) == (PRACTICE_START.date(), PRACTICE_START)
    assert (kept.consent_name, kept.activated_by, kept.terms_version) == ("A. de Vries", actor.name, "oefenversie 1")
    (line,) = logbook.entries(actor)
    assert (line.kind, line.user, line.at, line.source) == ("activering", actor.name, PRACTICE_START, "scherm")
    assert "A. de Vries" in line.message
    assert "oefenversie 1" in line.message


def test_the_start_is_the_date_at_school_not_in_greenwich(db: str) -> None:
    actor = make_actor(make_board(now=PRACTICE_START.replace(hour=0, minute=30)))
    assert activate(actor).start_date == PRACTICE_START.date()


def test_without_a_code_it_is_activated_but_stopped(actor: Actor) -> None:
    assert (activate(actor, "").state, activate(at(actor, "01"), "").code) == ("paused", None)
    assert "er wordt nog niets uitgewisseld" in logbook.entries(actor)[0].message


@pytest.mark.parametrize(
    ("name", "agree", "code", "refusal", "field"),
    [
        ("", True, CODE, Refused, "name"),
        ("   ", True, CODE, Refused, "name"),
        ("x" * 201, True, CODE, Refused, "name"),
        ("a\x00b", True, CODE, Refused, "name"),
        ("A. " + CODE.lower(), True, CODE, Refused, "name"),
        ("A. de Vries", False, CODE, ConsentMissing, "agree"),
        ("A. de Vries", True, "99QQ01abcdefghijklmn", InvalidVerificationCode, "code"),
    ],
)
def test_a_form_that_is_not_right_names_its_field_and_changes_nothing(
    actor: Actor, name: str, agree: bool, code: str, refusal: type[Refused], field: str
) -> None:
    with pytest.raises(refusal) as caught:
        lifecycle.activate(actor, "iep-lvs", name, agree, code)
    assert caught.value.field == field
    assert (Coupling.select().count(), kinds(actor)) == (0, [])


def test_one_live_coupling_of_a_type_at_a_location(actor: Actor) -> None:
    activate(actor)
    with pytest.raises(AlreadyLive, match=r"IEP LVS is al geactiveerd voor vestiging 99QQ00.*wijzigen.*beëindigen"):
        activate(actor, OTHER)
    with pytest.raises(IntegrityError), database.atomic():
        Coupling.insert(Coupling.select().dicts().get() | {"id": None, "code": OTHER}).execute()
    activate(at(actor, "01"), "99QQ01abcdefghijklmn")
    assert Coupling.select().count() == 2


def test_a_type_that_is_unknown_or_not_live_is_refused(actor: Actor) -> None:
    with pytest.raises(NotFound, match=r"'iep' bestaat niet\. Er zijn: iep-lvs, gynzy, mijnschoolinfo"):
        activate(actor, type_name="iep")
    with pytest.raises(NotLive):
        lifecycle.pause(actor, "gynzy")


# ---- the code, stop, resumption, end


def test_code_stop_resumption_and_end_each_have_their_state_and_line(actor: Actor) -> None:
    activate(actor)
    assert lifecycle.change_code(actor, "iep-lvs", OTHER).coupling.code == OTHER
    assert lifecycle.pause(actor, "iep-lvs").coupling.state == "paused"
    resumed = lifecycle.change_code(actor, "iep-lvs", CODE).coupling
    assert (resumed.state, resumed.code) == ("active", CODE)
    ended = Coupling.get_by_id(lifecycle.end(actor, "iep-lvs").id)
    assert (ended.state, ended.code, ended.ended_at) == ("ended", None, PRACTICE_START)
    assert kinds(actor) == ["activering", "code gewijzigd", "stop", "hervatting", "einde"]
    assert [line.user for line in logbook.entries(actor)] == [actor.name] * 5


def test_what_changes_nothing_writes_no_line(actor: Actor) -> None:
    activate(actor)
    told = [
        lifecycle.change_code(actor, "iep-lvs", "99qq00" + CODE[6:]).told,
        lifecycle.pause(actor, "iep-lvs").told,
        lifecycle.pause(actor, "iep-lvs").told,
    ]
    assert told == [
        "Er is niets gewijzigd: dit was de verificatiecode al.",
        "De uitwisseling is tijdelijk gestopt.",
        "De uitwisseling is tijdelijk gestopt.",
    ]
    assert kinds(actor) == ["activering", "stop"]


def test_the_code_is_case_sensitive_behind_the_brin_part(actor: Actor) -> None:
    activate(actor)
    assert lifecycle.change_code(actor, "iep-lvs", OTHER).coupling.code == OTHER
    assert kinds(actor) == ["activering", "code gewijzigd"]


def test_a_wrong_code_leaves_the_old_one(actor: Actor) -> None:
    activate(actor)
    with pytest.raises(InvalidVerificationCode):
        lifecycle.change_code(actor, "iep-lvs", CODE + "-")
    assert Coupling.get().code == CODE
    assert kinds(actor) == ["activering"]


def test_activating_after_an_end_asks_consent_again_and_keeps_the_old_one(actor: Actor) -> None:
    first = activate(actor)
    lifecycle.end(actor, "iep-lvs")
    with pytest.raises(ConsentMissing):
        lifecycle.activate(actor, "iep-lvs", "B. Bos", False, CODE)
    second = lifecycle.activate(actor, "iep-lvs", "B. Bos", True, CODE)
    assert second.id != first.id
    assert [row.consent_name for row in Coupling.select().order_by(Coupling.id)] == ["A. de Vries", "B. Bos"]


@pytest.mark.parametrize(
    "act",
    [
        lambda actor: lifecycle.pause(actor, "iep-lvs"),
        lambda actor: lifecycle.end(actor, "iep-lvs"),
        lambda actor: lifecycle.change_code(actor, "iep-lvs", CODE),
    ],
)
def test_what_is_not_live_cannot_be_changed(actor: Actor, act: Callable[[Actor], object]) -> None:
    for _ in range(2):
        with pytest.raises(NotLive, match=r"IEP LVS is niet geactiveerd voor vestiging 99QQ00"):
            act(actor)
        activate(actor)
        lifecycle.end(actor, "iep-lvs")


# ---- unique among the live couplings of the board


def test_a_code_of_another_live_coupling_is_refused_until_that_one_ends(actor: Actor) -> None:
    activate(actor)
    with pytest.raises(InvalidVerificationCode, match=r"al in gebruik bij de koppeling IEP LVS van vestiging 99QQ00"):
        activate(actor, "99qq00" + CODE[6:], "gynzy")
    activate(actor, OTHER, "gynzy")
    with pytest.raises(InvalidVerificationCode, match="al in gebruik"):
        lifecycle.change_code(actor, "gynzy", CODE)
    lifecycle.end(actor, "iep-lvs")
    assert lifecycle.change_code(actor, "gynzy", CODE).coupling.code == CODE


def test_a_code_is_free_again_while_its_coupling_is_stopped(actor: Actor) -> None:
    activate(actor)
    lifecycle.pause(actor, "iep-lvs")
    activate(actor, CODE, "gynzy")
    with pytest.raises(InvalidVerificationCode, match="Gynzy resultatenkoppeling"):
        lifecycle.change_code(actor, "iep-lvs", CODE)


def test_another_board_may_have_the_same_code(db: str) -> None:
    activate(make_actor(make_board()))
    activate(make_actor(make_board()))
    assert Coupling.select().where(Coupling.code == CODE).count() == 2


def test_the_database_refuses_a_code_twice_where_the_check_did_not(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    activate(actor)
    monkeypatch.setattr(lifecycle, "check_code", lambda actor, code, **_: normalise(code, actor.location.brin6))
    with pytest.raises(InvalidVerificationCode, match="al in gebruik bij de koppeling IEP LVS"):
        activate(actor, CODE, "gynzy")
    assert (Coupling.select().count(), kinds(actor)) == (1, ["activering"])


def raced(*acts: Callable[[], object]) -> list[object]:
    """What each gives, or the refusal it raises, when all start at one moment in a thread of their own."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            with database.connection_context():
                return act()
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_who_activate_at_once_make_one_coupling(actor: Actor) -> None:
    other = make_actor(actor.board)
    ended = raced(lambda: activate(actor), lambda: activate(other, OTHER))
    assert sorted(type(end).__name__ for end in ended) == ["AlreadyLive", "Coupling"]
    assert (Coupling.select().count(), kinds(actor)) == (1, ["activering"])


def test_two_couplings_that_want_one_code_at_once_do_not_both_get_it(actor: Actor) -> None:
    other = make_actor(actor.board)
    ended = raced(lambda: activate(actor), lambda: activate(other, CODE, "gynzy"))
    assert sorted(type(end).__name__ for end in ended) == ["Coupling", "InvalidVerificationCode"]
    assert Coupling.select().where(Coupling.code == CODE).count() == 1


def test_two_locations_at_once_both_get_theirs(actor: Actor) -> None:
    there = at(make_actor(actor.board), "01")
    ended = raced(lambda: activate(actor), lambda: activate(there, "99QQ01abcdefghijklmn"))
    assert [type(end) for end in ended] == [Coupling, Coupling]
    assert LogEntry.select().count() == 2
