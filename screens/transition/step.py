"""What the steps of the Jaarovergang share: the line of steps, their draft, and the way forward."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from app.permissions import Permission
from app.refusals import Refused
from app.school.transition.situations import Situation, Stage, situation
from app.targets import TransitionStep
from models.transition import YearTransition
from screens.shared import keys
from screens.shared.frame import EsisScreen
from screens.shared.kept import Kept
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.maintenance import ListScreen
from screens.shared.text import plain
from screens.transition.steps import STEPS, StepLine

NO_PROPOSAL = "Er is nog geen voorstel. Maak het eerst bij Onderwijs > Leerlingen > Jaarovergang."


class Step(EsisScreen):
    """Mix-in for a step: its `KEY`, and the current draft."""

    KEY = ""
    ITEM = "jaarovergang"
    SIBLINGS = TransitionStep.WORD
    BINDINGS = [
        keys.DONE("next", "Volgende stap", id="transition.next", tooltip="Gaat naar de volgende stap."),
        *(
            key(
                f"to_step({place})",
                title,
                id=f"transition.step-{place + 1}",
                tooltip="Gaat naar deze stap.",
                show=False,
            )
            for place, (key, (_, title)) in enumerate(zip(keys.TABS, STEPS, strict=False))
        ),
    ]

    def body(self) -> ComposeResult:
        """The line of steps, and the step."""
        yield StepLine(TransitionStep(self.KEY))
        yield from self.step()

    def step(self) -> ComposeResult:
        """What the step shows."""
        yield from ()

    def known(self) -> Situation:
        """The current situation, read again."""
        return situation(self.actor)

    def proposal(self) -> YearTransition:
        """What the lines are of. Raises `Refused` where there is none, or where it has gone."""
        if (transition := self.known().transition) is None:
            raise Refused(NO_PROPOSAL)
        return transition

    @property
    def why_fixed(self) -> str:
        """Why nothing can be changed, as a sentence; empty if it can."""
        if reason := self.actor.reason(Permission.RUN_TRANSITION):
            return reason
        known = self.known()
        if known.transition is None:
            return NO_PROPOSAL
        if known.stage in (Stage.PLANNED, Stage.RUNNING):
            return "De jaarovergang is bevestigd: u kunt hier alleen kijken. Wijzigen kan na intrekken (Esc)."
        return ""

    def action_to_step(self, place: int) -> None:
        """Another step, asking first; Esc goes back to the first page of the Jaarovergang."""
        if (step := STEPS[place][0]) != TransitionStep(self.KEY):
            self.esis.leave_form(lambda: self.esis.go(step))

    @on(Link.Chosen, ".step")
    def _chosen_step(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_to_step([str(step) for step, _ in STEPS].index(event.link.key))

    def action_next(self) -> None:
        """Go to the next step."""
        self.action_to_step(([step for step, _ in STEPS].index(TransitionStep(self.KEY)) + 1) % len(STEPS))


class ListStep(Step, ListScreen):
    """A step that is a list of lines, each with a form; users who may see all pupils may look."""

    PERMISSION = Permission.RUN_TRANSITION
    MORE = (("next", "Volgende stap"),)
    PRIMARY = "next"
    WITHOUT_ROW = ("add", "next")

    def step(self) -> ComposeResult:
        """The list."""
        yield from self.listing()

    def above(self) -> ComposeResult:
        """Why nothing can be changed, if so."""
        yield Label("", id="fixed", classes="fixed attention")

    def reason(self) -> str:
        """Not without a proposal either."""
        return super().reason() or ("" if self.known().transition else NO_PROPOSAL)

    def read_above(self) -> str:
        """Why nothing can be changed."""
        return self.why_fixed

    def show(self, found: Kept) -> None:
        """Show them; everyone may go on."""
        super().show(found)
        show_fixed(self, found.reason or found.above or "")
        self.query_one("#next").disabled = False

    def may_look(self) -> bool:
        """Whether the user may see all pupils."""
        return self.actor.may(Permission.VIEW_ALL_PUPILS)


def show_fixed(step: Step, why: str) -> None:
    """Say above a list why nothing in it can be changed."""
    step.query_one("#fixed", Label).update(plain(f"! {why}" if why else ""))
    step.query_one("#fixed").display = bool(why)
