"""The use cases of the Jaarovergang as a whole: propose, confirm, withdraw, undo.

Confirmed before 1 August, it waits until that day, at 00:00 at school (an hour that no DST change skips or repeats,
before the first exchange of the night); on or after it, it runs at once. Nothing happens by itself. Required:
`Permission.RUN_TRANSITION`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from peewee import fn

from app import clock
from app.access import Actor, writing
from app.permissions import Permission
from app.refusals import Refused
from app.runs import State
from app.school import years
from app.school.transition import applying, facts, groups_draft
from app.school.transition.obstacles import JOB, obstacle
from app.school.transition.pupils_draft import PAGE, Tally, check_page
from app.school.transition.report import Report, totals
from app.school.transition.situations import Stage, failed, situation, transition_to
from models.board import Location
from models.run import Run
from models.transition import YearTransition


@dataclass(frozen=True)
class Proposal:
    """An up-to-date draft, and what was updated since it was last viewed."""

    transition: YearTransition
    made: bool
    """Whether it is new."""
    since: Tally

    @property
    def told(self) -> str:
        """What changed, as a sentence; empty for a new or unchanged draft."""
        if self.made or not self.since.any:
            return ""
        return f"De administratie is veranderd, dus het voorstel is bijgewerkt: {self.since.sentence()}."


class ProposalChanged(Refused):
    """The draft had to be updated, so the result would differ from what was confirmed."""

    def __init__(self, told: str) -> None:
        super().__init__(f"{told} Er is niets bevestigd. Bekijk het voorstel opnieuw en bevestig het dan.")


def propose(actor: Actor) -> Proposal:
    """Return the draft for the next school year, created now or brought up to date; the user's choices stay.

    A confirmed one is left as it is. Raises `NotAllowed` or `ClockRunning`.
    """
    with writing(actor, Permission.RUN_TRANSITION) as now:
        from_year = years.working_year(actor.location, now.date())
        transition = transition_to(actor.location, years.next_year(from_year))
        made = transition is None
        if transition is not None and transition.state != "draft" and not failed(transition):
            return Proposal(transition, made, Tally())
        _forget_old(actor.location, years.next_year(from_year))
        if transition is None:
            transition = YearTransition.create(
                board=actor.board, location=actor.location, from_year=from_year, to_year=years.next_year(from_year)
            )
        transition.state = "draft"
        transition.save()
        day = facts.effective_day(transition, now.date())
        groups_draft.prepare(transition, day)
    after: str | None = ""
    since = Tally()
    while after is not None:
        with writing(actor, Permission.RUN_TRANSITION):
            transition = YearTransition.get_by_id(transition.id)
            if transition.state != "draft":  # confirmed by somebody between two pages: its lines are final
                break
            after, found = check_page(transition, facts.rules_of(transition), day, after, PAGE)
            since += found
    return Proposal(transition, made, since)


def confirm(actor: Actor) -> YearTransition:
    """Schedule the draft: on 1 August, or now if that has passed. The caller makes sure a worker runs.

    Raises `ProposalChanged` when the administration changed since the draft was last viewed, `Refused` when it is
    already confirmed or has nothing to do, `NotAllowed`, `ClockRunning`.
    """
    proposal = propose(actor)
    if proposal.told:
        raise ProposalChanged(proposal.told)
    with writing(actor, Permission.RUN_TRANSITION) as now:
        own = YearTransition.get_by_id(proposal.transition.id)
        if own.state != "draft":
            raise Refused(f"De jaarovergang naar {own.to_year} is al bevestigd door {own.confirmed_by}.")
        planned = totals(own)
        if not planned.groups_made:
            raise Refused(f"Er is geen groep voor {own.to_year}. Maak er eerst een in de stap Groepen.")
        at = max(clock.local(years.first_day(own.to_year), time()), now)
        own.run = Run.create(
            board=actor.board, location=actor.location, job=JOB, slot=_free_slot(actor.location, at), not_before=at
        )
        own.state, own.confirmed_by, own.confirmed_at = "confirmed", actor.name, now
        own.report = Report(planned=planned.total).as_json()
        own.save()
    return own


def withdraw(actor: Actor) -> YearTransition:
    """Withdraw the confirmation of a transition that has not started; it becomes a draft again.

    Raises `Refused` when there is none, or when it has started.
    """
    with writing(actor, Permission.RUN_TRANSITION) as now:
        own = transition_to(actor.location, years.next_year(years.working_year(actor.location, now.date())))
        if own is None or own.state == "draft":
            raise Refused("Er is geen bevestigde jaarovergang om in te trekken.")
        # A finished run stays in the ledger; one that was never claimed is deleted, which frees its slot.
        gone = Run.delete().where(Run.id == own.run_id, Run.state == State.QUEUED, Run.counts == "{}").execute()
        if not gone and not failed(own):
            raise Refused(
                "De jaarovergang is al bezig en kan niet meer worden ingetrokken. Is hij klaar, dan kunt u hem "
                "terugdraaien."
            )
        own.state, own.run, own.confirmed_by, own.confirmed_at = "draft", None, "", None
        own.save()
        return own


def undo(actor: Actor, title: Callable[[str], str] = str) -> YearTransition:
    """Undo the last transition exactly; its lines become a draft again. `title` gives an exchange's on-screen name.

    Raises `Refused` naming what prevents it: the first change after it, or an exchange that used it.
    """
    with writing(replace(actor, source=JOB), Permission.RUN_TRANSITION):
        known = situation(actor)
        own = known.last
        if own is None:
            raise Refused("Er is geen jaarovergang om terug te draaien.")
        if known.stage in (Stage.PLANNED, Stage.RUNNING):
            raise Refused(f"De jaarovergang naar {known.to_year} is bevestigd. Trek die eerst in.")
        if why := obstacle(own, title):
            raise Refused(f"De jaarovergang naar {own.to_year} kan niet meer worden teruggedraaid. {why}")
        applying.take_back(own)
        _forget_old(actor.location, own.to_year)
        own.state, own.run, own.confirmed_by, own.confirmed_at = "draft", None, "", None
        own.save()
        return own


def _forget_old(location: Location, to_year: str) -> None:
    """Delete drafts of other years, made obsolete by an import that started the year or by undoing."""
    YearTransition.delete().where(
        YearTransition.location == location, YearTransition.to_year != to_year, YearTransition.state == "draft"
    ).execute()


def _free_slot(location: Location, at: datetime) -> datetime:
    """The moment itself, or a microsecond after the last run of the same moment: on a clock that stands still, an
    undone transition can be carried out again.
    """
    one_second = timedelta(seconds=1)
    same = Run.select(fn.MAX(Run.slot)).where(
        Run.location == location, Run.job == JOB, Run.slot >= at, Run.slot < at + one_second
    )
    last: datetime | None = same.scalar()
    return at if last is None else last + timedelta(microseconds=1)
