"""The tabs of a pupil's page: what each shows, read when the tab is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from app import clock
from app.access import Actor
from app.partners.registry import holdings
from app.permissions import Permission
from app.school.assessment import counting
from app.school.assessment.catalogue import suppliers
from app.school.assessment.named import NamedResult, named
from app.school.groups import GroupKind
from app.school.people.pupil_history import ChangeLine, as_it_was, facts, lines
from app.school.people.pupils import PupilDetail
from models.assessment import Result
from models.school import Group, Guardian, PupilGuardian
from screens.shared.controls import Buttons, push_button
from screens.shared.facts import Fact, Facts
from screens.shared.figures import LEVELS
from screens.shared.panel import Panel
from screens.shared.records import Column, RecordList

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
    Column(
        Guardian.email.verbose_name,
        lambda row: row.guardian.email or "! geen",
        style=lambda row: "" if row.guardian.email else "warn",
    ),
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
PERSON = ("key", "first_name", "prefix", "last_name", "initials", "birth_date", "gender", "eckid")
EMPTY = {
    "guardians": "Van deze leerling zijn geen verzorgers bekend. Met F4 voegt u er een toe.",
    "groups": "Deze leerling zit nog in geen groep.",
    "results": "Van deze leerling zijn nog geen toetsresultaten ontvangen of ingevoerd.",
    "couplings": "Er is nog geen systeem dat leerlingen van deze vestiging krijgt.",
    "changes": "Sinds het oefenbestuur in de beginstand staat, is er aan deze leerling niets gewijzigd.",
}


def _level(level: str) -> str:
    """All as wide, so that their tints are."""
    return f"{level:<3}" if level in LEVELS else level


def _tint(row: NamedResult) -> str:
    level = row.judged.result.level
    return f"l{LEVELS.index(level) + 1}" if level in LEVELS else ""


RESULTS = (
    Column("Datum", lambda row: clock.dutch_date(row.judged.result.date), 10, order=lambda row: row.judged.result.date),
    Column("Toets", lambda row: row.assessment, order=True),
    Column("Onderdeel", lambda row: row.part or "(hele toets)", 22, order=True, from_width=100),
    Column("Niveau", lambda row: _level(row.judged.result.level), 6, order=True, style=lambda row: _tint(row)),
    Column("Score", lambda row: row.text, 5, right=True, order=lambda row: row.judged.result.score),
    Column("Telt", lambda row: row.judged.standing, order=True),
)
LISTS = {"guardians": GUARDIANS, "groups": GROUPS, "results": RESULTS, "couplings": HOLDINGS, "changes": CHANGES}


def compose() -> ComposeResult:
    """The contents of every tab; only one is shown."""
    titles = dict(TABS)
    for key in ("person", "enrolment"):
        with Container(id=f"content-{key}", classes="pupil-content beside"):
            with Panel(titles[key], classes="pupil-facts"):
                yield Facts(label_width=20)
                if key == "enrolment":
                    with Buttons():
                        yield push_button("Ander leerlingnummer", id="renumber")
            yield Panel("Rond de leerling", Facts(), classes="pupil-around")
    for key, columns in LISTS.items():
        with Vertical(id=f"content-{key}", classes="pupil-content"):
            listed = RecordList(columns, empty=EMPTY[key], id=f"pupil-{key}", title=titles[key])
            listed.opens = key in ("guardians", "results", "changes")
            yield listed
            if key == "guardians":
                with Buttons():
                    yield push_button("Nieuwe verzorger", id="add-guardian", variant="primary")


def facts_of(key: str, found: PupilDetail) -> list[Fact]:
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


def change_in_full(pupil_id: int, line: ChangeLine) -> str:
    """A change, and the pupil as it was after it; reads."""
    moment = clock.dutch_moment(line.at)
    was = [f"{label:<25}{value}" for label, value in as_it_was(pupil_id, line.at)]
    told = [f"{moment}, {line.user} ({line.source})", line.what, "", f"De leerling op {moment}:"]
    return "\n".join([*told, *(was or ["(nog niet of niet meer in ESIS)"])])


def result_in_full(row: NamedResult) -> str:
    """A result, a line for each fact."""
    result = row.judged.result
    pairs = (
        ("Datum", clock.dutch_date(result.date)),
        ("Toets", row.assessment),
        ("Onderdeel", row.part or "(hele toets)"),
        ("Niveau", result.level),
        ("Score", row.text),
        ("Referentieniveau", result.reference_level),
        ("Van", "zelf ingevoerd" if row.judged.by_hand else suppliers().get(result.supplier, result.supplier)),
        ("Telt", row.judged.standing),
    )
    return "\n".join(f"{label:<18}{value or '-'}" for label, value in pairs)


def _facts(*pairs: tuple[str, str]) -> list[Fact]:
    return [Fact(label, value or "-") for label, value in pairs]
