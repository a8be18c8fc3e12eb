"""The tabs of a pupil's page: what each shows, read when the tab is opened."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from app import clock
from app.access import Actor
from app.partners.registry import holdings
from app.permissions import Permission
from app.school.assessment import counting
from app.school.assessment.named import named
from app.school.groups import GroupKind
from app.school.people.pupil_history import facts, lines
from app.school.people.pupils import PupilDetail
from models.assessment import Result
from models.school import Group, Guardian, PupilGuardian
from screens.shared.controls import Buttons, push_button
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.records import Column, RecordList
from screens.shared.text import paragraphs

TABS = (
    ("person", "Persoon"),
    ("enrolment", "Inschrijving"),
    ("guardians", "Verzorgers"),
    ("groups", "Groepen"),
    ("results", "Toetsen"),
    ("couplings", "Koppelingen"),
    ("changes", "Wijzigingen"),
)

ABOUT = {
    "guardians": "Tabblad Verzorgers: de ouders/verzorgers van de leerling.",
    "changes": "Tabblad Wijzigingen: wie wat wanneer veranderde.",
}
"""What is on a tab, where its name does not say all."""

GUARDIANS = (
    Column(Guardian.name.verbose_name, lambda row: row.guardian.name, order=True),
    Column.of(PupilGuardian.relation, 12, from_width=100),
    Column(Guardian.email.verbose_name, lambda row: row.guardian.email or "geen"),
    Column(Guardian.phone.verbose_name, lambda row: row.guardian.phone or "geen", 14),
)
GROUPS = (
    Column.of(Group.school_year, 10, order=True),
    Column("Groep", lambda group: group.name, order=True),
    Column("Soort", lambda group: GroupKind(group.kind).label, 15, order=True),
)
HOLDINGS = (
    Column("Systeem", lambda row: row.system, 14),
    Column("Leerling in dat systeem", lambda row: row.name if row.known else "niet bekend"),
    Column("Groep", lambda row: row.group, 10),
    Column("Bijzonderheden", lambda row: row.note, 34),
)
CHANGES = (
    Column("Wanneer", lambda row: clock.dutch_moment(row.at), 19),
    Column("Wie", lambda row: row.user, 13),
    Column("Wat", lambda row: row.what),
    Column("Waar", lambda row: row.source, 13, from_width=110),
)
LABEL_WIDTH = 18
PERSON = ("key", "first_name", "prefix", "last_name", "initials", "birth_date", "gender", "eckid")
LINE = 58
"""What fits after a label at 80 columns; an ECK iD is longer than any screen."""
EMPTY = {
    "guardians": "Van deze leerling zijn geen verzorgers bekend. Met N voegt u er een toe.",
    "groups": "Deze leerling zit nog in geen groep.",
    "results": "Van deze leerling zijn nog geen toetsresultaten ontvangen of ingevoerd.",
    "couplings": "Er is nog geen systeem dat leerlingen van deze vestiging krijgt.",
    "changes": "Sinds het oefenbestuur in de beginstand staat, is er aan deze leerling niets gewijzigd.",
}
RESULTS = (
    Column("Datum", lambda row: clock.dutch_date(row.judged.result.date), 10, order=lambda row: row.judged.result.date),
    Column("Toets", lambda row: row.assessment, order=True),
    Column("Onderdeel", lambda row: row.part or "(hele toets)", 22, order=True, from_width=100),
    Column("Niveau", lambda row: row.judged.result.level, 6, order=True),
    Column("Score", lambda row: row.text, 5, right=True, order=lambda row: row.judged.result.score),
    Column("Telt", lambda row: row.judged.standing, order=True),
)
LISTS = {"guardians": GUARDIANS, "groups": GROUPS, "results": RESULTS, "couplings": HOLDINGS, "changes": CHANGES}


class TabBar(ArrowKeys):
    """The names of the tabs, with an arrow before the open one."""

    def compose(self) -> ComposeResult:
        """A link for each tab."""
        for key, title in TABS:
            yield Link(f" {title}", key=key, id=f"tab-{key}", classes="pupil-tab")

    def open(self, key: str) -> None:
        """Show which tab is open."""
        for link in self.query(Link):
            link.set_text(f"{'►' if link.key == key else ' '}{dict(TABS)[link.key]}")


def compose() -> ComposeResult:
    """The contents of every tab; only one is shown."""
    for key in ("person", "enrolment"):
        with Vertical(id=f"content-{key}", classes="pupil-content"):
            yield Label("", classes="facts")
            if key == "enrolment":
                with Buttons():
                    yield push_button("Ander leerlingnummer", id="renumber")
    for key, columns in LISTS.items():
        with Vertical(id=f"content-{key}", classes="pupil-content"):
            listed = RecordList(columns, empty=EMPTY[key], id=f"pupil-{key}")
            listed.opens = key in ("guardians", "changes")
            yield listed
            if key == "guardians":
                with Buttons():
                    yield push_button("Nieuwe verzorger", id="add-guardian", variant="primary")
                    yield push_button("Wijzigen", id="change-guardian")
                    yield push_button("Weghalen", id="remove-guardian", variant="error")


def facts_of(key: str, found: PupilDetail) -> Content:
    """The facts of a tab that is not a list."""
    pupil = found.pupil
    if key == "person":
        return _facts(*facts(pupil, *PERSON))
    return _facts(
        ("Status", found.status.label),
        *facts(pupil, "enrolled_from", "unsubscribed_on"),
        ("Reden", pupil.unsubscribe_reason),
        ("Groep", found.group_name),
        *facts(pupil, "year_group"),
    )


def rows_of(key: str, found: PupilDetail, actor: Actor) -> Sequence[Any]:
    """The rows of a tab that is a list."""
    if key == "guardians":
        return found.guardians
    if key == "groups":
        return found.groups
    if key == "results":
        judged = counting.judged(Result.pupil == found.pupil)[::-1] if actor.may(Permission.VIEW_RESULTS) else []
        return named(actor.board.id, judged)
    if key == "couplings":
        return holdings(actor.location, str(found.pupil.key))
    return lines(actor, found.pupil)


def _facts(*pairs: tuple[str, str]) -> Content:
    under = f"\n{'':<{LABEL_WIDTH}}"
    return paragraphs(
        "\n".join(f"{label:<{LABEL_WIDTH}}{under.join(wrap(value, LINE)) or '-'}" for label, value in pairs)
    )
