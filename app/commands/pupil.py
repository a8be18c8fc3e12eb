"""`esis pupil enrol|change|move|renumber|unsubscribe|delete` and `esis guardian ...`: the actions of
Leerlingenadministratie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.lists import pupils
from app.commands.options import Json
from app.commands.output import show_json, show_records, tell
from app.commands.session import settled

if TYPE_CHECKING:
    from app.access import Actor
    from app.school.people.enrolment import Outcome
    from models.school import Guardian, Pupil

guardians = typer.Typer(no_args_is_help=False)
Key = Annotated[str, typer.Argument(metavar="NUMMER", help="Het leerlingnummer.")]
GUARDIAN = '"Naam <adres@voorbeeld.nl>"'


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # what every database can look up
        raise typer.BadParameter(f"'{text}' is geen nummer van een verzorger; zie 'esis guardian list'.")
    return int(text)


Number = Annotated[
    int, typer.Argument(metavar="ID", parser=_number, help="Het nummer van de verzorger; zie 'guardian list'.")
]


@pupils.command("enrol")
def enrol(
    context: typer.Context,
    first_name: Annotated[str, typer.Option("--first-name", metavar="ROEPNAAM", help="De roepnaam.")],
    last_name: Annotated[str, typer.Option("--last-name", metavar="ACHTERNAAM", help="De achternaam.")],
    birth_date: Annotated[str, typer.Option("--birth-date", metavar="DATUM", help="Zoals 2012-05-31 of 31-5-2012.")],
    group: Annotated[str, typer.Option("--group", metavar="GROEP", help="De basisgroep.")],
    prefix: Annotated[str, typer.Option("--prefix", metavar="TUSSEN", help="Het voorvoegsel.")] = "",
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATUM", help="Vanaf wanneer (standaard vandaag).")
    ] = None,
    guardian: Annotated[list[str] | None, typer.Option("--guardian", metavar=GUARDIAN, help="Mag vaker.")] = None,
    json: Json = False,
) -> None:
    """Schrijf een leerling in."""
    from app import clock
    from app.school import groups
    from app.school.people import enrolment, guardians
    from app.school.people.pupil_form import BIRTH_DATE, ENROLLED_FROM, PupilForm

    session = settled(context)
    actor = session.actor
    form = PupilForm(first_name, last_name, BIRTH_DATE.entered(birth_date, clock.school_today(actor.board)), prefix)
    start = ENROLLED_FROM.read(since) if since is not None else None
    carers = [guardians.parse(text) for text in guardian or []]
    outcome = enrolment.enrol(actor, form, groups.find(actor, group), start, carers=carers)
    _told(actor, outcome, "is ingeschreven", json)


@pupils.command("change")
def change(
    context: typer.Context,
    key: Key,
    first_name: Annotated[str | None, typer.Option("--first-name", metavar="ROEPNAAM", help="De roepnaam.")] = None,
    last_name: Annotated[str | None, typer.Option("--last-name", metavar="ACHTERNAAM", help="De achternaam.")] = None,
    prefix: Annotated[str | None, typer.Option("--prefix", metavar="TUSSEN", help="Het voorvoegsel.")] = None,
    birth_date: Annotated[str | None, typer.Option("--birth-date", metavar="DATUM", help="De geboortedatum.")] = None,
    json: Json = False,
) -> None:
    """Wijzig namen of geboortedatum van een leerling."""
    from app import clock
    from app.school.people import enrolment
    from app.school.people.pupil_form import BIRTH_DATE, PupilForm

    given: dict[str, Any] = {"first_name": first_name, "last_name": last_name, "prefix": prefix}
    if birth_date is None and not any(value is not None for value in given.values()):
        raise typer.BadParameter("geef --first-name, --last-name, --prefix of --birth-date")
    actor, pupil = _pupil(context, key)
    form = PupilForm.of(pupil)
    form = replace(form, **{name: value for name, value in given.items() if value is not None})
    if birth_date is not None:
        form = replace(form, birth_date=BIRTH_DATE.entered(birth_date, clock.school_today(actor.board)))
    same = form.checked(clock.school_today(actor.board)) == PupilForm.of(pupil)
    _told(
        actor,
        enrolment.change(actor, pupil, form),
        "was al zo: er is niets gewijzigd" if same else "is gewijzigd",
        json,
    )


@pupils.command("move")
def move(
    context: typer.Context,
    key: Key,
    group: Annotated[str, typer.Argument(metavar="GROEP", help="De basisgroep, zoals 6.")],
    json: Json = False,
) -> None:
    """Zet een leerling in een andere basisgroep."""
    from app.school import groups
    from app.school.people import enrolment

    actor, pupil = _pupil(context, key)
    chosen = groups.find(actor, group)
    _told(actor, enrolment.move(actor, pupil, chosen), f"zit nu in groep {chosen.name}", json)


@pupils.command("renumber")
def renumber(
    context: typer.Context,
    key: Key,
    new: Annotated[str, typer.Argument(metavar="NIEUW", help="Het nieuwe leerlingnummer.")],
) -> None:
    """Geef een leerling een ander leerlingnummer; het ECK iD blijft."""
    from app.school.people import renumbering

    actor, pupil = _pupil(context, key)
    tell(f"Leerling {key} heeft nu leerlingnummer {renumbering.renumber(actor, pupil, new).key}.")


@pupils.command("unsubscribe")
def unsubscribe(
    context: typer.Context,
    key: Key,
    on: Annotated[str, typer.Option("--date", metavar="DATUM", help="De eerste dag zonder de leerling.")],
    reason: Annotated[str, typer.Option("--reason", metavar="REDEN", help="Waarom.")],
    json: Json = False,
) -> None:
    """Schrijf een leerling uit."""
    from app.school.people import enrolment
    from app.school.people.pupil_form import UNSUBSCRIBED_ON

    actor, pupil = _pupil(context, key)
    day = UNSUBSCRIBED_ON.read(on)
    _told(actor, enrolment.unsubscribe(actor, pupil, day, reason), "is uitgeschreven", json)


@pupils.command("delete")
def delete(
    context: typer.Context,
    key: Key,
    confirm: Annotated[str, typer.Option("--confirm", metavar="ROEPNAAM", help="De roepnaam, ter bevestiging.")],
) -> None:
    """Verwijder een leerling voorgoed, met groepen en resultaten."""
    from app.school.people import enrolment

    actor, pupil = _pupil(context, key)
    tell(f"{enrolment.delete(actor, pupil, confirm)} ({key}) is verwijderd.")


@guardians.command("list")
def list_guardians(
    context: typer.Context,
    pupil: Annotated[str | None, typer.Option("--pupil", metavar="NUMMER", help="Alleen van deze leerling.")] = None,
    json: Json = False,
) -> None:
    """De verzorgers van de leerlingen die u mag zien."""
    from app.school.people import guardians, pupils

    actor = context.obj.actor
    one = pupils.get(actor, pupil) if pupil is not None else None
    records = (row.as_json() for row in guardians.listed(actor, one))
    show_records(records, json, (("id", "ID"), ("name", "NAAM"), ("email", "E-MAIL"), ("pupils", "LEERLINGEN")))


@guardians.command("add")
def add_guardian(
    context: typer.Context,
    key: Key,
    guardian: Annotated[str, typer.Argument(metavar=GUARDIAN, help="De naam, met het e-mailadres.")],
    json: Json = False,
) -> None:
    """Voeg een verzorger toe aan een leerling."""
    from app.school.people import guardians

    actor, pupil = _pupil(context, key)
    form = guardians.parse(guardian)
    warnings = guardians.warned(actor, form, pupil)
    _guardian_told(actor, guardians.add(actor, pupil, form), "is toegevoegd", json, warnings)


@guardians.command("change")
def change_guardian(
    context: typer.Context,
    id: Number,
    name: Annotated[str | None, typer.Option("--name", metavar="NAAM", help="De naam.")] = None,
    email: Annotated[str | None, typer.Option("--email", metavar="ADRES", help="Het e-mailadres; mag leeg.")] = None,
    json: Json = False,
) -> None:
    """Wijzig naam of e-mailadres van een verzorger."""
    from app.school.people import guardians
    from app.school.people.guardians import GuardianForm

    if name is None and email is None:
        raise typer.BadParameter("geef --name of --email")
    session = settled(context)
    known = guardians.get(session.actor, id)
    form = GuardianForm(known.name if name is None else name, known.email if email is None else email, known.phone)
    warnings = guardians.warned(session.actor, form.checked(), None, id)
    _guardian_told(session.actor, guardians.change(session.actor, id, form), "is gewijzigd", json, warnings)


@guardians.command("delete")
def delete_guardian(context: typer.Context, id: Number) -> None:
    """Verwijder een verzorger, van al zijn leerlingen."""
    from app.school.people import guardians

    session = settled(context)
    tell(f"Verzorger {guardians.delete(session.actor, id)} is verwijderd.")


@guardians.callback()
def _group() -> None:
    """Verzorgers."""


def _pupil(context: typer.Context, key: str) -> tuple[Actor, Pupil]:
    from app.school.people import pupils

    session = settled(context)
    return session.actor, pupils.get(session.actor, key)


def _told(actor: Actor, outcome: Outcome, what: str, json: bool) -> None:
    """Print what was done and any warnings; with --json the record."""
    from app.exchange.names import full_name
    from app.school.people import pupils

    pupil = outcome.pupil
    if json:
        show_json(pupils.row_of(actor, pupil).as_json())
    elif outcome.changed:
        name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
        tell(f"{name} ({pupil.key}) {what}.")
    for warning in outcome.warnings:
        tell(f"Let op: {warning}")


def _guardian_told(actor: Actor, guardian: Guardian, what: str, json: bool, warnings: Sequence[str]) -> None:
    from app.school.people import guardians

    if json:
        row = next(row for row in guardians.listed(actor) if row.id == guardian.id)
        show_json(row.as_json())
    else:
        tell(f"Verzorger {guardian.id}, {guardian.name}, {what}.")
    for warning in warnings:
        tell(f"Let op: {warning}")
