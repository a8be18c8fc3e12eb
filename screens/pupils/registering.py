"""Registration actions on a pupil's page: unsubscribe, enrol again, renumber and delete."""

from __future__ import annotations

from textual import on
from textual.widgets import Button

from app.counted import counted
from app.partners.arrival import Change
from app.school.people import enrolment
from app.school.people.enrolment import Outcome
from screens.pupils import said
from screens.pupils.changing import RenumberScreen, UnsubscribeScreen
from screens.pupils.guardians import GuardianActions
from screens.shared.dialogs import Confirm, ConfirmByTyping
from screens.shared.partner_notice import seen_elsewhere


class RegisterActions(GuardianActions):
    """The registration actions; `key` is the pupil's leerlingnummer."""

    key = ""
    _told: tuple[str, ...] = ()
    """What was just done to the pupil."""

    def unsay(self) -> None:
        """Not for longer than it is true."""
        self._told = ()

    def _tell(self, told: tuple[str, ...] | None) -> None:
        """Show above the facts what was just done, until the next action."""
        if told:
            self._told = told
            self.refresh_data()

    def action_unsubscribe(self) -> None:
        """Open the form with date and reason."""
        if self._detail and said.may_edit(self.esis):
            self.app.push_screen(UnsubscribeScreen(self._detail), self._tell)

    def action_re_enrol(self) -> None:
        """Ask, then cancel the unsubscription."""
        if self._detail and said.may_edit(self.esis):
            question = Confirm(
                "Opnieuw inschrijven?",
                f"De uitschrijving van {self._full_name()} vervalt: de leerling is weer ingeschreven alsof er niets is gebeurd.",
                "Opnieuw inschrijven",
            )
            self.app.push_screen(question, self._re_enrol)

    def _re_enrol(self, answer: bool | None) -> None:
        if answer and self._detail:
            actor, pupil = self.actor, self._detail.pupil
            self.perform(lambda: enrolment.re_enrol(actor, pupil), self._re_enrolled)

    def _re_enrolled(self, outcome: Outcome) -> None:
        told = f"✓ {self._full_name()} is opnieuw ingeschreven. {seen_elsewhere(self.actor, Change.NEW)}"
        self._tell(said.lines(told, outcome))

    @on(Button.Pressed, "#renumber")
    def action_renumber(self) -> None:
        """Open the form with the new leerlingnummer."""
        if self._detail and said.may_edit(self.esis):
            self.app.push_screen(RenumberScreen(self._detail), self._renumbered)

    def _renumbered(self, key: str | None) -> None:
        if key:
            self._told = (f"✓ Het leerlingnummer is nu {key}. {seen_elsewhere(self.actor, Change.PERSON)}".strip(),)
            self.key = key
            self.refresh_data()

    def action_delete(self) -> None:
        """Delete after the user types the roepnaam."""
        if self._detail is None or not said.may_edit(self.esis):
            return
        pupil, results = self._detail.pupil, self._detail.results
        lost = f" Ook {counted(results, 'toetsresultaat', 'toetsresultaten')} gaan verloren." if results else ""
        self.app.push_screen(
            ConfirmByTyping(
                "Leerling verwijderen?",
                f"{self._full_name()} ({pupil.key}) verdwijnt uit ESIS, voorgoed.{lost}",
                pupil.first_name,
                "Verwijderen",
                gentler="Wie van school gaat, schrijft u uit: die blijft bewaard.",
            ),
            self._delete,
        )

    def _delete(self, answer: bool | None) -> None:
        if answer and self._detail:
            actor, pupil = self.actor, self._detail.pupil
            self.perform(lambda: enrolment.delete(actor, pupil, pupil.first_name), self._deleted)

    def _deleted(self, name: str) -> None:
        self.say(f"{name} is verwijderd.")
        self.action_back()
