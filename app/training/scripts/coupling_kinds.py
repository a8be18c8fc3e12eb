"""Checks of couplings: their state, both sides, the exchanges, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from app import clock
from app.access import Actor
from app.check_kinds import Kind, opposite
from app.couplings import catalogue, lifecycle
from app.couplings.state import CouplingState
from app.diagnosis.coupling_status import Codes, status_of
from app.diagnosis.findings import all_kinds
from app.diagnosis.findings import findings as causes
from app.partners.registry import explanations
from app.refusals import NotFound
from app.runs import State, last_tried
from models.run import Run


def _coupling(actor: Actor, type_name: str, state: str) -> bool:
    status = status_of(actor, type_name)
    return state == status.state or (state == CouplingState.ENDED and status.was_ended)


def _codes(codes: Codes) -> Callable[[Actor, str], bool]:
    return lambda actor, type_name: status_of(actor, type_name).codes is codes


def _code(actor: Actor, type_name: str, code: str) -> bool:
    coupling = lifecycle.live(actor.location, type_name)
    return coupling is not None and coupling.code == code


def _partner_ready(actor: Actor, job: str) -> bool:
    if job not in explanations():
        raise NotFound(f"'{job}' heeft geen andere kant.")
    side = status_of(actor, job).side
    return side is not None and side.ready


def _run(actor: Actor, job: str, state: str) -> bool:
    if state == State.QUEUED:
        queued = (Run.location == actor.location) & (Run.job == job) & (Run.state == state)
        return bool(Run.select().where(queued).exists())
    latest = last_tried(actor.location, job)
    return latest is not None and latest.state == state


def _targets(actor: Actor, job: str) -> set[str]:
    """The screens that mend what is wrong."""
    return {str(cause.target) for cause in causes(actor, job) if cause.wrong}


def _transition_done(actor: Actor) -> bool:
    return bool(
        Run.select()
        .where(Run.location == actor.location, Run.job == "jaarovergang", Run.state == State.SUCCEEDED)
        .exists()
    )


def _wrong_at(actor: Actor, job: str, target: str) -> bool:
    return target in _targets(actor, job)


def _codes_there(actor: Actor) -> Iterator[tuple[str, str]]:
    for kind in catalogue.all_types():
        coupling = lifecycle.live(actor.location, kind.type)
        if coupling is not None and coupling.code:
            yield kind.type, coupling.code


def _told(actor: Actor, *, wrong: bool = False) -> Iterator[tuple[str, str]]:
    for job, _ in all_kinds():
        yield from ((job, str(one.target)) for one in causes(actor, job) if one.target and (one.wrong or not wrong))


def _now(actor: Actor) -> Iterator[tuple[str]]:
    yield (f"{clock.school_now(actor.board):%Y-%m-%dT%H:%M}",)


KINDS: tuple[Kind, ...] = (
    Kind("coupling TYPE STATE", "De koppeling {0} is {1}.", _coupling),
    Kind("code TYPE CODE", "De verificatiecode van {0} is {1}.", _code, _codes_there),
    Kind("codes TYPE equal", "Beide kanten van {0} hebben dezelfde verificatiecode.", _codes(Codes.SAME)),
    Kind("codes TYPE different", "De verificatiecodes van {0} verschillen.", _codes(Codes.DIFFERENT)),
    Kind("partner JOB ready", "De andere kant van {0} is ingesteld.", _partner_ready),
    Kind(
        "partner JOB waiting",
        "De andere kant van {0} is nog niet ingesteld.",
        opposite(_partner_ready),
    ),
    Kind("run JOB RUNSTATE", "De laatste uitwisseling van {0} is {1}.", _run),
    Kind("nothing wrong JOB", "Bij {0} is niets dat iemand moet herstellen.", opposite(_targets)),
    Kind("wrong JOB TARGET", "Bij {0} is iets te herstellen op {1}.", _wrong_at, partial(_told, wrong=True)),
    Kind(
        "mended JOB TARGET",
        "Wat bij {0} te herstellen was op {1}, is hersteld.",
        opposite(_wrong_at),
        ends="wrong JOB TARGET",
    ),
    Kind(
        "told JOB TARGET",
        "Bij {0} wordt {1} genoemd.",
        lambda actor, job, at: any(str(cause.target) == at for cause in causes(actor, job)),
        _told,
    ),
    Kind(
        "time MOMENT",
        "Het is op school {0} of later.",
        lambda actor, text: clock.school_now(actor.board) >= clock.parse_moment(text),
        _now,
    ),
    Kind("transition done", "De jaarovergang is uitgevoerd.", _transition_done),
)
"""About exchanging, and when."""
