"""The ways to the trainer's screens: F8, the left block and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.shell.programs import ESIS

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

LEFT_TITLE = "Trainer"
LEFT_ENTRIES = (
    ("faults", "Storingen", "Storingen"),
    ("start", "Opnieuw beginnen", "Opnieuw"),
    ("class", "Klas", "Klas"),
    ("time", "Schooltijd (F9)", "Schooltijd"),
)


def open_trainer(app: EsisApp) -> None:
    """The first of them, unless one is in front."""
    from screens.trainer.page import TrainerPage

    if not isinstance(app.screen, TrainerPage):
        open_entry(app, "faults")


def open_entry(app: EsisApp, key: str) -> None:
    """An entry of the left block; it takes the place of another of them, so that Esc leaves them all."""
    from screens.trainer.boards import BoardsPage
    from screens.trainer.faults import FaultsPage
    from screens.trainer.page import TrainerPage
    from screens.trainer.starting import StartingPage

    if key == "time":
        app.action_school_time()
        return
    app.switch_mode(ESIS)
    page = {"faults": FaultsPage, "start": StartingPage, "class": BoardsPage}[key]()
    if isinstance(app.screen, TrainerPage):
        app.switch_screen(page)
    else:
        app.push_screen(page)
