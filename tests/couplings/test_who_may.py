"""Which roles may change couplings, and that nobody may while school time is being moved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.access import Actor, NotAllowed, actor_for
from app.clock import PRACTICE_START, ClockRunning
from app.couplings import lifecycle
from app.permissions import Role
from models.board import Board, RoleAssignment
from models.coupling import Coupling, LogEntry
from tests.builders import location_of, make_actor, make_board
from tests.couplings.worlds import CODE, OTHER, activate

ACTS: dict[str, Callable[[Actor], object]] = {
    "activate": activate,
    "code": lambda actor: lifecycle.change_code(actor, "iep-lvs", CODE),
    "pause": lambda actor: lifecycle.pause(actor, "iep-lvs"),
    "end": lambda actor: lifecycle.end(actor, "iep-lvs"),
}
MAY = {Role.DIRECTIE, Role.APPLICATIEBEHEERDER}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [*(role for role in Role if role not in MAY), None])
def test_other_roles_are_refused_with_a_sentence_and_change_nothing(sqlite: str, act: str, role: Role | None) -> None:
    manager = make_actor(make_board())
    if act != "activate":
        activate(manager, OTHER)
    actor, before = make_actor(manager.board, role), list(Coupling.select().tuples())
    with pytest.raises(NotAllowed) as caught:
        ACTS[act](actor)
    if role is None:
        assert "geen rol op deze vestiging" in caught.value.sentence
    else:
        assert f"Uw rol ({role})" in caught.value.sentence
        assert caught.value.sentence.endswith(
            "koppelingen activeren of beëindigen. Dat kan met: Directie, Applicatiebeheerder."
        )
    assert list(Coupling.select().tuples()) == before
    assert LogEntry.select().count() == len(before)


@pytest.mark.parametrize("role", sorted(MAY))
def test_directie_and_applicatiebeheerder_may(sqlite: str, role: Role) -> None:
    actor = make_actor(make_board(), role)
    for act in ACTS.values():
        act(actor)
    assert Coupling.get().state == "ended"


def test_a_role_elsewhere_does_not_count_here(sqlite: str) -> None:
    actor = make_actor(make_board(locations=("00", "01")), None)
    RoleAssignment.create(user=actor.user, role=Role.DIRECTIE, location=location_of(actor.board, "01"))
    activate(actor_for(actor.user, location_of(actor.board, "01")), "99QQ01abcdefghijklmn")
    with pytest.raises(NotAllowed, match="geen rol op deze vestiging"):
        activate(actor_for(actor.user, location_of(actor.board, "00")))


@pytest.mark.parametrize("act", ACTS)
def test_nothing_changes_while_school_time_is_being_moved(db: str, act: str) -> None:
    actor = make_actor(make_board())
    if act != "activate":
        activate(actor, OTHER)
    lines = LogEntry.select().count()
    Board.update(target=PRACTICE_START, mover="rovict").where(Board.id == actor.board.id).execute()
    with pytest.raises(ClockRunning, match=r"De schooltijd loopt \(verzet door rovict\)\. Wacht"):
        ACTS[act](actor)
    assert LogEntry.select().count() == lines


def test_the_code_is_shown_in_full_to_the_two_roles_only(sqlite: str) -> None:
    manager = make_actor(make_board())
    activate(manager)
    coupling = Coupling.get()
    shown = {role: lifecycle.visible_code(make_actor(manager.board, role), coupling) for role in Role}
    assert {role for role, code in shown.items() if code == CODE} == MAY
    assert {code for role, code in shown.items() if role not in MAY} == {"99QQ00" + "*" * 14}
