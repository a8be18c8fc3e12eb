"""Where something is solved or seen: a place in the program, as findings, attention points and messages carry it.

Which screen shows a target, and who may open it, is told once, in `screens/navigation/places.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True)
class Target:
    """A place in the program; written as `str` it is what JSON and checks of a draaiboek name: `log:iep-lvs`."""

    WORD: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    """What its screen is called in a breadcrumb, where that is told here."""

    def __str__(self) -> str:
        values = [str(value) for field in fields(self) if (value := getattr(self, field.name))]
        return ":".join(part for part in (self.WORD, "/".join(values)) if part)


@dataclass(frozen=True)
class MenuItem(Target):
    """An item of the menu, by its id in `fixtures/menu.toml`; written as that id."""

    id: str


@dataclass(frozen=True)
class MenuTab(Target):
    """The sheet of a tab of the menu, by its title."""

    WORD = "tab"
    title: str


@dataclass(frozen=True)
class PartnerPage(Target):
    """A page of a partner's program, by the key of its routes; without one the program as it was left."""

    WORD = "partner"
    partner: str
    page: str = ""


@dataclass(frozen=True)
class OfType(Target):
    """What is told of one type of coupling, or of one transfer."""

    type: str


@dataclass(frozen=True)
class Activation(OfType):
    """The form that activates a coupling; its page where it is live."""

    WORD = "coupling"


@dataclass(frozen=True)
class CouplingPage(OfType):
    """The page of a live coupling."""

    WORD = "coupling-page"


@dataclass(frozen=True)
class Contacts(OfType):
    """The contact details that a coupling asks for and that are not there."""

    WORD = "contacts"
    TITLE = "Bereikbaarheid"


@dataclass(frozen=True)
class Deliveries(OfType):
    """What a supplier of results brought, to take back."""

    WORD = "deliveries"
    TITLE = "Leveringen"


@dataclass(frozen=True)
class Preview(OfType):
    """What the coming night will bring to the other end of a coupling."""

    WORD = "preview"
    TITLE = "Vannacht"


@dataclass(frozen=True)
class Log(OfType):
    """The logbook, of one coupling or transfer or of all."""

    WORD = "log"
    TITLE = "Koppelingenlogboek"
    type: str = ""


@dataclass(frozen=True)
class Why(OfType):
    """Waarom komt het niet? of a coupling or transfer; of one to choose where nothing can be told of this one."""

    WORD = "why"
    TITLE = "Waarom komt het niet?"
    type: str = ""


@dataclass(frozen=True)
class ActivationList(Target):
    """The couplings that can be activated."""

    WORD = "activate"
    TITLE = "Koppeling activeren"


@dataclass(frozen=True)
class EndingList(Target):
    """The live couplings, to end one."""

    WORD = "end"
    TITLE = "Koppeling beëindigen"


@dataclass(frozen=True)
class Unmatched(Target):
    """The results that found no pupil."""

    WORD = "unmatched"
    TITLE = "Resultaten zonder leerling"


@dataclass(frozen=True)
class SchoolTime(Target):
    """The school time, which can be moved on a practice board; it begins to move at once to `morning` or `cut-off`."""

    WORD = "school-time"
    TITLE = "Schooltijd"
    to: str = ""


@dataclass(frozen=True)
class Parts(Target):
    """What the screens are built from, in every state."""

    WORD = "parts"
    TITLE = "Onderdelen"


@dataclass(frozen=True)
class Lessons(Target):
    """Oefeningen; with `refresh` the refresher that is due begins at once."""

    WORD = "lessons"
    TITLE = "Oefeningen"
    begin: str = ""


@dataclass(frozen=True)
class TrainerPage(Target):
    """A page of the trainer: `faults`, `start`, `class`, `now`, `stuck`, `messages` or `suppliers`."""

    WORD = "trainer"
    page: str = "faults"


@dataclass(frozen=True)
class TransitionStep(Target):
    """A step of the Jaarovergang: `groups`, `pupils`, `teachers` or `confirm`."""

    WORD = "transition"
    step: str


@dataclass(frozen=True)
class UserPage(Target):
    """A user of ESIS, by the id of its row."""

    WORD = "user"
    id: int


@dataclass(frozen=True)
class GroupPage(Target):
    """A group, by the id of its row."""

    WORD = "group"
    id: int


@dataclass(frozen=True)
class PupilPage(Target):
    """A pupil, by leerlingnummer."""

    WORD = "pupil"
    key: str


@dataclass(frozen=True)
class GuardianForm(Target):
    """The form of a pupil's guardian, by leerlingnummer and the id of what ties them (0: a new one); the field to begin in."""

    WORD = "guardian"
    pupil: str
    tie: int = 0
    field: str = ""


@dataclass(frozen=True)
class PupilLine(Target):
    """A pupil's results over the years, by the id of its row."""

    WORD = "pupil-line"
    id: int
