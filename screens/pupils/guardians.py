"""The guardians on a pupil's page: add, change and remove."""

from __future__ import annotations

from textual import on
from textual.widgets import Button

from app.exchange.names import full_name
from app.school.people import guardians
from app.school.people.pupils import PupilDetail
from models.school import PupilGuardian
from screens.pupils import said
from screens.pupils.guardian import GuardianScreen
from screens.shared import keys
from screens.shared.dialogs import Confirm
from screens.shared.frame import EsisScreen
from screens.shared.records import RecordList

GUARDIAN_KEYS = (
    keys.NEW("add_guardian", "Nieuwe verzorger", id="pupil.add-guardian", tooltip="Voegt een verzorger toe."),
    keys.REMOVE(
        "remove_guardian",
        "Weghalen",
        id="pupil.remove-guardian",
        show=False,
        tooltip="Haalt de verzorger waar u op staat weg bij deze leerling.",
    ),
)


class GuardianActions(EsisScreen):
    """What a pupil's page does with guardians; `_detail` is the pupil, `_tab` the open tab."""

    _detail: PupilDetail | None = None
    _tab = ""
    OF_ROW = ("remove_guardian",)

    @property
    def of_record(self) -> str:  # type: ignore[override]
        """The pupil."""
        return self._full_name() if self._detail is not None else ""

    def _full_name(self) -> str:
        assert self._detail is not None
        pupil = self._detail.pupil
        return full_name(pupil.first_name, pupil.prefix, pupil.last_name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Remove only on the tab of the guardians, where one can be pointed at."""
        if action in ("add_guardian", "remove_guardian"):
            return self._detail is not None and (action == "add_guardian" or self._tab == "guardians")
        return super().check_action(action, parameters)

    @on(Button.Pressed, "#add-guardian")
    def action_add_guardian(self) -> None:
        """Open an empty form."""
        self._open_guardian(None)

    def action_remove_guardian(self) -> None:
        """Ask, then unlink the guardian under the cursor from this pupil."""
        link = self.query_one("#pupil-guardians", RecordList).row
        if link is None or self._detail is None or not said.may_edit(self.esis):
            return
        actor, pupil, number = self.actor, self._detail.pupil, link.guardian_id

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(
                    lambda: guardians.unlink(actor, pupil, number),
                    lambda name: self.say(f"{name} is geen verzorger meer van {self._full_name()}."),
                )

        question = f"{link.guardian.name} is dan geen verzorger meer van {self._full_name()}."
        self.app.push_screen(Confirm("Verzorger weghalen?", question, "Weghalen", danger=True), answered)

    def _open_guardian(self, link: PupilGuardian | None) -> None:
        if self._detail and said.may_edit(self.esis):
            self.app.push_screen(GuardianScreen(self._detail.pupil, link))

    @on(RecordList.Chosen, "#pupil-guardians")
    def _change_guardian(self, event: RecordList.Chosen) -> None:
        event.stop()
        self._open_guardian(event.row)
