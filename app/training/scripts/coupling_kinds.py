"""Checks of couplings: their state, both halves, the exchanges, and what is wrong with them."""

from __future__ import annotations

from app import clock
from app.access import Actor
from app.couplings import lifecycle
from app.diagnosis import findings as causes
from app.partners.basispoort import account as basispoort
from app.partners.basispoort import publishers
from app.partners.causes import explanations
from app.training.scripts.kinds import Kind, opposite
from models.coupling import Coupling
from models.run import Run


def _coupling(actor: Actor, kind: str, state: str) -> bool:
    live = lifecycle.live(actor.location, kind)
    return state == (live.state if live else "available") or (
        state == "ended" and live is None and _was_ended(actor, kind)
    )


def _was_ended(actor: Actor, kind: str) -> bool:
    ended = (Coupling.location == actor.location) & (Coupling.type == kind) & (Coupling.state == "ended")
    return bool(Coupling.select().where(ended).exists())


def _codes(actor: Actor, kind: str) -> tuple[str, str]:
    """The code of each half; empty where there is none."""
    live, half = lifecycle.live(actor.location, kind), explanations()[kind].half(actor.location.id)
    return (live and live.code) or "", (half and half.code) or ""


def _codes_equal(actor: Actor, kind: str) -> bool:
    own, other = _codes(actor, kind)
    return bool(own) and own == other


def _codes_differ(actor: Actor, kind: str) -> bool:
    """Both halves have a code, and not the same."""
    own, other = _codes(actor, kind)
    return bool(own and other) and own != other


def _partner_ready(actor: Actor, job: str) -> bool:
    half = explanations()[job].half(actor.location.id)
    return half is not None and half.ready


def _run(actor: Actor, job: str, state: str) -> bool:
    runs = Run.select().where(Run.location == actor.location, Run.job == job)
    if state == "queued":
        return bool(runs.where(Run.state == state).exists())
    latest: Run | None = runs.where(Run.state != "queued").order_by(Run.slot.desc(), Run.id.desc()).first()
    return latest is not None and latest.state == state


def _targets(actor: Actor, job: str) -> set[str]:
    """The screens that mend what is wrong."""
    return {str(cause.target) for cause in causes(actor, job) if cause.wrong}


def _ticked(actor: Actor, publisher: str) -> bool:
    rows = publishers.rows(basispoort.school_of(actor.location))
    return any(row.id == publisher and row.ticked_at is not None for row in rows)


def _transition_done(actor: Actor) -> bool:
    return bool(
        Run.select().where(Run.location == actor.location, Run.job == "jaarovergang", Run.state == "succeeded").exists()
    )


def _wrong_at(actor: Actor, job: str, target: str) -> bool:
    return target in _targets(actor, job)


KINDS: tuple[Kind, ...] = (
    Kind("coupling TYPE STATE", "De koppeling {0} is {1}.", _coupling),
    Kind("codes TYPE equal", "Beide kanten van {0} hebben dezelfde verificatiecode.", _codes_equal),
    Kind("codes TYPE different", "De verificatiecodes van {0} verschillen.", _codes_differ),
    Kind("partner JOB ready", "De andere kant van {0} is ingesteld.", _partner_ready),
    Kind(
        "partner JOB waiting",
        "De andere kant van {0} is nog niet ingesteld.",
        opposite(_partner_ready),
    ),
    Kind("run JOB RUNSTATE", "De laatste uitwisseling van {0} is {1}.", _run),
    Kind("nothing wrong JOB", "Bij {0} is niets dat iemand moet herstellen.", opposite(_targets)),
    Kind("wrong JOB TARGET", "Bij {0} is iets te herstellen op {1}.", _wrong_at),
    Kind(
        "mended JOB TARGET",
        "Wat bij {0} te herstellen was op {1}, is hersteld.",
        opposite(_wrong_at),
    ),
    Kind(
        "told JOB TARGET",
        "Bij {0} wordt {1} genoemd.",
        lambda actor, job, at: any(str(cause.target) == at for cause in causes(actor, job)),
    ),
    Kind(
        "time MOMENT",
        "Het is op school {0} of later.",
        lambda actor, text: clock.school_now(actor.board) >= clock.parse_moment(text),
    ),
    Kind("publisher PUBLISHER ticked", "Uitgeverij {0} is aangevinkt bij Basispoort.", _ticked),
    Kind(
        "publisher PUBLISHER unticked",
        "Uitgeverij {0} is niet aangevinkt bij Basispoort.",
        opposite(_ticked),
    ),
    Kind("transition done", "De jaarovergang is uitgevoerd.", _transition_done),
)
"""About exchanging, and when."""
