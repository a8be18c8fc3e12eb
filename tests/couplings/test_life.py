"""Any sequence of activate, code, pause, resume, end, connect, sittings and nights, against a small model."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app import clock
from app.couplings import lifecycle, logbook
from app.couplings.codes import InvalidVerificationCode
from app.couplings.lifecycle import AlreadyLive, NotLive
from app.diagnosis import attention
from app.diagnosis.coupling_status import status_of
from app.partners.iep_lvs import connection
from app.permissions import Role
from app.refusals import Refused
from app.runs import Counts
from app.training import disturbances
from app.workers import school_time
from app.workers.walker import walk
from models.assessment import Result, UnmatchedResult
from models.base import is_sqlite
from models.coupling import Coupling
from models.partners.iep_lvs import IepPupil, IepSitting
from models.run import Run
from tests.builders import make_actor
from tests.couplings.worlds import EINDTOETS, OFF, ON, UNKNOWN, activate, advance, night, sit, small_school
from tests.diagnosis.finding import wrong

CODES = ("99QQ00abcdefghijklmn", "99QQ00abcdefghijklmN", "99QQ00zyxwvutsrqponmlk")
WRONG = ("99QQ01abcdefghijklmn", "99QQ00abc", "99QQ00abcdefg-hijklmn", "99QQOOabcdefghijklmn")
NOTHING, ACTIVE, PAUSED = "available", "active", "paused"
codes = st.sampled_from(CODES)
typed = st.tuples(codes, st.booleans()).map(lambda pair: pair[0][:6].lower() + pair[0][6:] if pair[1] else pair[0])


@dataclass
class Model:
    """What should be, said without the program."""

    now: datetime
    state: str = NOTHING
    code: str | None = None
    partner_code: str | None = None
    unreachable: bool = False
    waiting: dict[str, str] = field(default_factory=dict)
    """Key of an outcome that ESIS has not taken -> `stored`, `unmatched`, `refused` or `kept` (never offered)."""
    stored: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    consents: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    runs: list[tuple[str, Counts]] = field(default_factory=list)

    def night(self) -> None:
        """What one night does to it."""
        self.now = (self.now + timedelta(days=1 if self.now.hour >= 8 else 0)).replace(hour=8)
        if self.state == NOTHING:
            return
        if self.partner_code is None or self.state == PAUSED:
            self._ended("skipped", "uitwisseling")
        elif self.unreachable:
            self._ended("failed", *["uitwisseling"] * 4)
        elif self.partner_code != self.code:
            self._ended("failed", "weigering")
        else:
            self._delivered()

    def _delivered(self) -> None:
        ways = [way for way in self.waiting.values() if way != "kept"]
        counts = Counts(received=len(ways), **{way: ways.count(way) for way in ("stored", "unmatched", "refused")})
        self._ended("succeeded", "uitwisseling", counts=counts)
        self.stored |= {key for key, way in self.waiting.items() if way == "stored"}
        self.listed |= {key for key, way in self.waiting.items() if way == "unmatched"}
        self.waiting = {key: way for key, way in self.waiting.items() if way in ("refused", "kept")}

    def _ended(self, state: str, *kinds: str, counts: Counts = Counts()) -> None:  # noqa: B008
        self.runs.append((state, counts))
        self.kinds += kinds


class Life(RuleBasedStateMachine):
    """A board with a few pupils; each rule is something a person, or the night, does."""

    def __init__(self) -> None:
        super().__init__()
        self.actor, self.school = small_school()
        IepPupil.update(year_group="8").where(IepPupil.key == "2").execute()
        self.trainer = make_actor(self.actor.board, Role.TRAINER)
        self.model = Model(clock.school_now(self.actor.board))

    @initialize(coupled=st.booleans())
    def begin_with_both_ends_on_or_with_nothing(self, coupled: bool) -> None:
        if coupled:
            self.activate(CODES[0])
            self._connects(CODES[0])

    @rule(code=st.one_of(typed, st.just("")))
    def activate(self, code: str) -> None:
        if self.model.state != NOTHING:
            with pytest.raises(AlreadyLive):
                activate(self.actor, code)
            return
        activate(self.actor, code)
        self.model.consents.append("A. de Vries")
        self._has_code(code)
        self.model.kinds.append("activering")

    @rule(code=st.one_of(typed, st.just("")))
    def change_code(self, code: str) -> None:
        if self.model.state == NOTHING:
            with pytest.raises(NotLive):
                lifecycle.change_code(self.actor, "iep-lvs", code)
            return
        before = self.model.code
        lifecycle.change_code(self.actor, "iep-lvs", code)
        self._has_code(code)
        if self.model.code != before:
            kind = "stop" if not code else "code gewijzigd" if before else "hervatting"
            self.model.kinds.append(kind)

    @rule(code=st.sampled_from(WRONG))
    def type_a_wrong_code(self, code: str) -> None:
        with pytest.raises(InvalidVerificationCode if self.model.state != NOTHING else NotLive):
            lifecycle.change_code(self.actor, "iep-lvs", code)

    @precondition(lambda self: self.model.state != NOTHING)
    @rule()
    def pause(self) -> None:
        self.model.kinds += ["stop"] if self.model.state == ACTIVE else []
        lifecycle.pause(self.actor, "iep-lvs")
        self._has_code("")

    @precondition(lambda self: self.model.state != NOTHING)
    @rule()
    def end(self) -> None:
        lifecycle.end(self.actor, "iep-lvs")
        self.model.state, self.model.code = NOTHING, None
        self.model.kinds.append("einde")

    @rule(code=typed)
    def connect(self, code: str) -> None:
        self._connects(code)

    @precondition(lambda self: self.model.code is not None)
    @rule(lower=st.booleans())
    def connect_with_the_right_code(self, lower: bool) -> None:
        code = str(self.model.code)
        self._connects(code[:6].lower() + code[6:] if lower else code)

    def _connects(self, code: str) -> None:
        right = self.model.state == ACTIVE and self._kept(code) == self.model.code
        assert connection.connect(self.school, code).ok == (right and not self.model.unreachable)
        if not self.model.unreachable:
            self.model.kinds.append("testbericht" if right else "weigering")
            self.model.partner_code = self._kept(code) if right else self.model.partner_code

    @rule(assessment=st.sampled_from([ON, OFF, EINDTOETS]))
    def sit(self, assessment: str) -> None:
        before = set(self._keys())
        if any(f"-{assessment}-{self.model.now:%Y%m%d}" in key for key in before):
            with pytest.raises(Refused, match="vandaag al gemaakt"):
                sit(self.school, assessment)
            return
        sit(self.school, assessment)
        for key in set(self._keys()) - before:
            unknown = f"-{UNKNOWN}-" in key
            self.model.waiting[key] = _becomes(assessment, unknown)

    @rule()
    def night(self) -> None:
        night(self.actor)
        self.model.night()

    @rule()
    def a_day_with_an_assessment(self) -> None:
        self.sit(ON)
        self.night()

    @rule()
    def the_end_of_the_afternoon(self) -> None:
        if self.model.now.hour < 17:
            advance(self.actor, school_time.cut_off_after(self.model.now))
            self.model.now = self.model.now.replace(hour=17, minute=0)

    @rule(on=st.booleans())
    def disturb(self, on: bool) -> None:
        disturbances.switch(self.trainer, "iep-lvs", "unreachable", on)
        self.model.unreachable = on

    @rule()
    def try_while_school_time_runs(self) -> None:
        school_time.advance(self.actor, school_time.morning_after(self.model.now))
        acts: list[Any] = [
            lambda: activate(self.actor),
            lambda: lifecycle.change_code(self.actor, "iep-lvs", CODES[0]),
            lambda: lifecycle.end(self.actor, "iep-lvs"),
            lambda: connection.connect(self.school, CODES[0]),
            lambda: sit(self.school),
            lambda: night(self.actor),
        ]
        for act in acts:
            with pytest.raises(clock.ClockRunning):
                act()
        walk(self.actor.board.id)
        self.model.night()

    def _has_code(self, code: str) -> None:
        self.model.code = self._kept(code)
        self.model.state = ACTIVE if code else PAUSED

    @staticmethod
    def _kept(code: str) -> str | None:
        return code[:6].upper() + code[6:] if code else None

    def _keys(self) -> list[str]:
        return [row.key for row in IepSitting.select().where(IepSitting.school == self.school)]

    # ---- what always holds

    @invariant()
    def the_coupling_is_as_it_should_be(self) -> None:
        live = lifecycle.live(self.actor.location, "iep-lvs")
        assert (live.state if live else NOTHING, live.code if live else None) == (self.model.state, self.model.code)
        assert status_of(self.actor, "iep-lvs").state == self.model.state
        assert clock.school_now(self.actor.board) == self.model.now

    @invariant()
    def consent_is_kept_of_every_activation(self) -> None:
        rows = list(Coupling.select().where(Coupling.board == self.actor.board).order_by(Coupling.id))
        assert [row.consent_name for row in rows] == self.model.consents
        assert all(row.terms_version and row.activated_by == self.actor.name for row in rows)
        ended = rows if self.model.state == NOTHING else rows[:-1]
        assert all((row.state, row.code, row.ended_at is None) == ("ended", None, False) for row in ended)

    @invariant()
    def every_result_is_there_once(self) -> None:
        here = Result.location == self.actor.location
        assert sorted(row.supplier_key for row in Result.select().where(here)) == sorted(self.model.stored)
        listed = UnmatchedResult.select().where(UnmatchedResult.location == self.actor.location)
        assert sorted(row.supplier_key for row in listed) == sorted(self.model.listed)

    @invariant()
    def what_iep_lvs_still_holds_is_what_esis_has_not_taken(self) -> None:
        pending = IepSitting.select().where(IepSitting.school == self.school, IepSitting.pending)
        assert {row.key for row in pending} == set(self.model.waiting)

    @invariant()
    def every_night_has_its_run_and_the_counts_add_up(self) -> None:
        runs = list(Run.select().where(Run.board == self.actor.board).order_by(Run.slot))
        found = [(run.state, Counts.from_json(run.counts)) for run in runs]
        assert found == self.model.runs
        assert len({run.slot for run in runs}) == len(runs)
        for _, counts in found:
            assert counts.received == sum(vars(counts).values()) - counts.received
        assert all(bool(run.error) == (run.state != "succeeded") for run in runs)

    @invariant()
    def the_logbook_has_a_line_for_each_thing_and_no_code(self) -> None:
        lines = list(reversed(logbook.entries(self.actor)))
        assert [line.kind for line in lines] == self.model.kinds
        errors = [run.error for run in Run.select().where(Run.board == self.actor.board)]
        asked = attention.notices(self.actor)
        assert all(wrong(self.actor, kind) for kind in {notice.about for notice in asked if notice.about})
        notices = [notice.text for notice in asked]
        texts = [line.message for line in lines] + errors + notices + [attention.why_no_results(self.actor)]
        assert not [text for text in texts for code in (*CODES, *WRONG) if code.lower() in text.lower()]


def _becomes(assessment: str, unknown: bool) -> str:
    """What the night does with it; the eindtoets stays at IEP LVS."""
    if assessment == EINDTOETS:
        return "kept"
    return "refused" if assessment == OFF else "unmatched" if unknown else "stored"


def test_any_sequence_of_events_keeps_states_logbook_and_results_consistent(db: str) -> None:
    examples = settings(
        max_examples=10 if is_sqlite() else 3,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=examples)
