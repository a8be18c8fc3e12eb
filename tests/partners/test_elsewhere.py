"""A partner that talks to another ESIS over HTTP: the same work, with nothing in its own ESIS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from app import clock
from app.couplings import lifecycle
from app.diagnosis.findings import diagnose
from app.exchange.uwlr import Authorisation
from app.other_esis import asking, setting
from app.other_esis.certificates import Certificates
from app.other_esis.setting import Elsewhere
from app.partners import elsewhere
from app.partners.basispoort import account as basispoort
from app.partners.basispoort import arriving
from app.partners.gynzy import pulling
from app.partners.results_supplier import connecting, delivering
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.runs import Counts, State, Unreachable
from app.uwlr.certificates import Authority
from app.workers.walker import walk_to_the_end
from models.assessment import Delivery, Result
from models.base import database
from models.board import Board
from models.coupling import LogEntry
from models.partners.basispoort import BasispoortPupil
from models.partners.gynzy import GynzyPupil
from models.run import Run
from models.school import Pupil
from tests.builders import make_actor
from tests.partners.other_esis import KEYS, Two, know_pupils, served, two_boards
from tests.partners.suppliers import CODE, GYNZY, IEP, OTHER, SIDES, Side
from tests.workers.processes import program

MANY = tuple(f"{number:03d}" for number in range(130))


def stored(two: Two) -> int:
    """The results that the other ESIS has."""
    return int(Result.select().where(Result.location == two.there.location).count())


def waiting(side: Side, two: Two) -> list[Any]:
    school = side.school_of(two.here.location)
    return list(side.supplier.outcomes(school).where(side.supplier.outcome.pending))


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.type)
def test_results_go_there_and_nowhere_else(db: str, side: Side) -> None:
    """Both boards are in one database: the server writes to it while the run goes on."""
    two = two_boards(side)
    with served(two) as root:
        two.talk(side, root)
        know_pupils(two, side)
        side.make_results(side.school_of(two.here.location))
        first = two.tried(two.planned(side.type))
        again = two.tried(two.planned(side.type, 2))
    assert (first.state, again.state) == (State.SUCCEEDED, State.SUCCEEDED)
    made = len(side.supplier.outcomes(side.school_of(two.here.location)))
    counts = Counts.from_json(first.counts)
    assert (counts.received, counts.stored, Counts.from_json(again.counts)) == (made, made, Counts())
    assert stored(two) == made >= len(KEYS)
    assert waiting(side, two) == []
    assert not Result.select().where(Result.location == two.here.location).exists()
    assert Delivery.select().count() == 1, "a night is one delivery there, that can be taken back whole"
    assert delivering.delivering_locations(side.supplier, two.there.board.id, clock.PRACTICE_START.date()) == []


def test_what_is_refused_is_one_result_with_its_reason_and_the_rest_arrives(db: str) -> None:
    two = two_boards(IEP)
    with served(two) as root:
        school = two.talk(IEP, root)
        know_pupils(two, IEP)
        for which in (0, 1):
            IEP.make_results(school, which)
        run = two.tried(two.planned("iep-lvs"))
    counts, left = Counts.from_json(run.counts), waiting(IEP, two)
    assert {row.assessment for row in left} == {IEP.assessments[1]}
    assert {row.pupil.key for row in left} == set(KEYS)
    assert all("staat niet aan in ESIS" in row.refusal and "regel" not in row.refusal for row in left)
    assert counts.refused == len(left)
    assert counts.received == counts.refused + counts.stored
    assert stored(two) == counts.stored > 0
    line = LogEntry.select().where(LogEntry.board == two.here.board).order_by(LogEntry.id.desc()).get()
    assert f"{len(left)} geweigerd" in line.message


def test_what_cannot_be_reached_is_tried_again(db: str) -> None:
    two = two_boards(IEP)
    with served(two) as root:
        school = two.talk(IEP, root)
        know_pupils(two, IEP)
        IEP.make_results(school)
    run = two.tried(two.planned("iep-lvs"))
    assert (run.state, run.attempt) == (State.QUEUED, 1)
    assert "daar luistert niets" in run.error
    assert "esis webservice" in run.error
    assert "daar luistert niets" in connecting.refused_now(IEP.supplier, IEP.school_of(two.here.location))
    with served(two) as root:
        elsewhere.choose(two.trainer, "iep-lvs", two.other(root))
        assert two.tried(run).state == State.SUCCEEDED
    assert waiting(IEP, two) == []


def test_a_coupling_that_is_not_active_there_fails_the_run_and_says_so(db: str) -> None:
    two = two_boards(IEP)
    with served(two) as root:
        school = two.talk(IEP, root)
        know_pupils(two, IEP)
        IEP.make_results(school)
        lifecycle.end(two.there, "iep-lvs")
        run = two.tried(two.planned("iep-lvs"))
        tested = IEP.connect(school, OTHER)
    assert (run.state, run.attempt) == (State.FAILED, 1)
    assert "niet geactiveerd" in run.error
    assert "Activeer de koppeling daar" in run.error
    assert not tested.ok
    assert OTHER not in tested.sentence
    assert stored(two) == 0


def test_a_worker_killed_between_the_answer_and_the_commit_sends_again_and_changes_nothing(db: str) -> None:
    two = two_boards(IEP)
    with served(two) as root:
        school = two.talk(IEP, root)
        know_pupils(two, IEP)
        IEP.make_results(school)
        board = two.here.board
        Board.update(target=clock.PRACTICE_START.replace(day=15)).where(Board.id == board.id).execute()
        with program(db, board.id, module="tests.partners.elsewhere_program") as worker:
            worker.wait_for("answered")
            there = stored(two)
            worker.kill()
        left = len(waiting(IEP, two))
        walk_to_the_end(board.id)
    assert there == left == stored(two) > 0, "it was there, and not recorded here"
    run = Run.get(Run.board == board, Run.job == "iep-lvs")
    assert (run.state, Counts.from_json(run.counts).stored) == (State.SUCCEEDED, there)
    assert waiting(IEP, two) == []
    assert Delivery.select().count() == 1


def test_pupils_come_in_pages_and_leave(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that breaks off goes on at the next pupil, with an answer of its own."""
    two, take, calls = two_boards(GYNZY, MANY), pulling.take, [0]

    def breaks_off(*given: Any) -> Any:
        calls[0] += 1
        if calls[0] == 2:
            raise Unreachable("Afgebroken.")
        return take(*given)

    with served(two) as root:
        two.talk(GYNZY, root)
        monkeypatch.setattr(pulling, "take", breaks_off)
        run = two.tried(two.planned("gynzy"))
        assert (run.state, run.cursor, GynzyPupil.select().count()) == (State.QUEUED, "@pull:099", 100)
        assert two.tried(run).state == State.SUCCEEDED
        school = GYNZY.school_of(two.here.location)
        assert (school.added, school.school_year, GynzyPupil.select().count()) == (130, "2019-2020", 130)
        first = GynzyPupil.get(GynzyPupil.key == MANY[0])
        assert first.group_key
        assert first.birth_date
        assert first.eckid
        Pupil.update(unsubscribed_on=clock.PRACTICE_START.date()).where(Pupil.key == MANY[5]).execute()
        assert two.tried(two.planned("gynzy", 2)).acted
    assert [row.key for row in GynzyPupil.select().where(~GynzyPupil.active)] == [MANY[5]]


def test_basispoort_pulls_with_a_key_and_only_for_its_location(db: str) -> None:
    two = two_boards(IEP)
    with served(two) as root:
        chosen = Elsewhere(
            **{**vars(two.other(root)), "client_code": "iep-lvs", "client_name": "Bureau ICE", "key": CODE}
        )
        elsewhere.choose(two.trainer, "basispoort", chosen)
        run = two.tried(two.planned("basispoort", hour=1))
        assert (run.state, Counts.from_json(run.counts).stored) == (State.SUCCEEDED, 3)
        assert {row.key for row in BasispoortPupil.select()} == set(KEYS)
        basispoort.change_brin6(basispoort.school_of(two.here.location), "99QQ01")
        other = two.tried(two.planned("basispoort", 2, hour=1))
    assert (other.state, BasispoortPupil.select().count()) == (State.SKIPPED, 3)
    assert "99QQ00" in other.error
    now = clock.school_now(two.here.board)
    assert arriving.arrival(two.here.location, now.date(), now) is None, "a change here does not reach it"


def test_a_run_begun_in_its_own_esis_begins_again_elsewhere(sqlite: str) -> None:
    two = two_boards(IEP)
    with served(two) as root:
        school = two.talk(IEP, root)
        know_pupils(two, IEP)
        IEP.make_results(school)
        run = two.planned("iep-lvs")
        Run.update(cursor="100").where(Run.id == run.id).execute()
        assert two.tried(run).state == State.SUCCEEDED
    assert waiting(IEP, two) == []


def test_what_moved_while_it_was_sent_waits_for_the_next_night(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    two, bring = two_boards(IEP), asking.bring
    outcome = IEP.supplier.outcome

    def meanwhile(*given: Any) -> Any:
        answer = bring(*given)
        with database.connection_context():
            one = outcome.select().order_by(outcome.id).get()
            outcome.update(waits_since=clock.PRACTICE_START.replace(hour=3, day=15)).where(
                outcome.id == one.id
            ).execute()
        return answer

    with served(two) as root:
        school = two.talk(IEP, root)
        know_pupils(two, IEP)
        IEP.make_results(school)
        monkeypatch.setattr(asking, "bring", meanwhile)
        two.tried(two.planned("iep-lvs"))
    assert len(waiting(IEP, two)) == 1


def test_whoever_looks_is_told(sqlite: str) -> None:
    two = two_boards(IEP)
    elsewhere.choose(two.trainer, "iep-lvs", two.other("http://127.0.0.1:9"))
    found = diagnose(two.here, "iep-lvs")
    told = dict(found.facts)["Praat met"]
    assert told == "een andere ESIS: http://127.0.0.1:9/UWLR/UwlrLeerlinggegevens2.2.svc"
    assert [one.remedy for one in found.findings if one.wrong] == [
        "Vul daar de verificatiecode in van de koppeling in de andere ESIS."
    ]
    IEP.activate(two.here)
    assert any("hier komt niets" in one.problem for one in diagnose(two.here, "iep-lvs").findings)
    elsewhere.clear(two.trainer, "iep-lvs")
    assert "Praat met" not in dict(diagnose(two.here, "iep-lvs").facts)


def key_with_password() -> bytes:
    how = BestAvailableEncryption(b"geheim")
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)


def test_what_the_other_esis_says_is_told_without_the_key() -> None:
    who = Authorisation("99qq00" + "aB3" * 5, "iep-lvs", "x")
    said = asking._told("De autorisatiesleutel 99QQ00aB3aB3aB3aB3aB3 is onbekend", who)
    assert said == "De autorisatiesleutel ... is onbekend."


def test_what_cannot_be_set_is_refused(sqlite: str, tmp_path: Path) -> None:
    two = two_boards(IEP)
    right = two.other("http://127.0.0.1:9")

    def why(partner: str, kind: type[Refused] = Refused, **other: Any) -> str:
        with pytest.raises(kind) as refused:
            elsewhere.choose(two.trainer, partner, Elsewhere(**{**vars(right), **other}))
        return refused.value.sentence

    assert "dat kent UWLR niet" in why("mijnschoolinfo")
    assert "Er zijn" in why("bestaat-niet", NotFound)
    assert "Schrijf het als https" in why("iep-lvs", pupils="ftp://x")
    for url in (f"http://{'a' * 64}/x", "http://a..b/x", "http://.../", "file:///etc/passwd", "http://127.0.0.1:0/"):
        assert "Schrijf het als https" in why("iep-lvs", pupils=url)
    assert "geen naam en wachtwoord" in why("iep-lvs", results="http://ik:geheim@127.0.0.1:9/x")
    assert "hoogstens 500" in why("iep-lvs", results="http://x/" + "a" * 500)
    assert "verificatiecode" in why("iep-lvs", key="x")
    assert "autorisatiesleutel" in why("basispoort")
    assert "De klantnaam is verplicht" in why("iep-lvs", client_code="x")
    assert "niet te lezen" in why("iep-lvs", certificates=Certificates(authority=tmp_path / "er-is-niets.pem"))
    own, locked = Authority(tmp_path).of_supplier("x").certificate, tmp_path / "sleutel.pem"
    locked.write_bytes(key_with_password())
    assert "heeft een wachtwoord" in why("iep-lvs", certificates=Certificates(certificate=own, key=locked))
    with pytest.raises(Refused, match="praat al met de eigen ESIS"):
        elsewhere.clear(two.trainer, "gynzy")
    assert setting.all_of(two.here.board.id) == {}
    with pytest.raises(Refused, match="rol"):
        elsewhere.choose(two.here, "iep-lvs", right)


def test_who_was_coupled_is_asked_to_test_again(sqlite: str) -> None:
    actor, _ = IEP.coupled()
    trainer = make_actor(actor.board, Role.TRAINER)
    elsewhere.choose(trainer, "iep-lvs", Elsewhere("http://127.0.0.1:9/a", "http://127.0.0.1:9/a", "", ""))
    assert "andere ESIS (127.0.0.1:9). Verstuur opnieuw" in IEP.school_of(actor.location).last_test
    elsewhere.clear(trainer, "iep-lvs")
    assert "weer met de eigen ESIS. Verstuur opnieuw" in IEP.school_of(actor.location).last_test
