"""`esis staff ...` and `esis group ...`: the staff of a location, and its groups of this school year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import Json
from app.commands.session import Session, settled

if TYPE_CHECKING:
    from app.access import Actor

staff = typer.Typer()
groups = typer.Typer()
GROUPS = {"staff": staff, "group": groups}

_STAFF = (
    ("key", "SLEUTEL"),
    ("last_name", "ACHTERNAAM"),
    ("first_name", "ROEPNAAM"),
    ("email", "E-MAIL"),
    ("groups", "GROEPEN"),
    ("active", "ACTIEF"),
)
_GROUP = (
    ("name", "GROEP"),
    ("kind", "SOORT"),
    ("year_groups", "LEERJAREN"),
    ("available_to_couplings", "IN KOPPELINGEN"),
)


@staff.callback()
@groups.callback()
def _several() -> None:
    """Keep this a group of commands, even with a single one."""


@staff.command("list")
def list_staff(context: typer.Context, json: Json = False) -> None:
    """De medewerkers van de vestiging."""
    from app.commands.output import show_records
    from app.school.people import staff

    session: Session = context.obj
    show_records((row.as_json() for row in staff.listed(session.actor)), json, _STAFF)


@staff.command("add")
def add_staff(
    context: typer.Context,
    first_name: Annotated[str, typer.Option("--first-name", metavar="ROEPNAAM", help="Roepnaam.")],
    last_name: Annotated[str, typer.Option("--last-name", metavar="ACHTERNAAM", help="Achternaam.")],
    prefix: Annotated[str, typer.Option("--prefix", metavar="TEKST", help="Voorvoegsel.")] = "",
    email: Annotated[str, typer.Option("--email", metavar="ADRES", help="E-mailadres.")] = "",
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="GROEP", help="Staat voor deze groep; mag vaker.")
    ] = None,
    json: Json = False,
) -> None:
    """Voeg een medewerker toe."""
    from app.commands.output import show_json, tell
    from app.school import groups
    from app.school.people import staff

    actor = _settled(context)
    ids = frozenset(groups.find(actor, name).id for name in group or ())
    form = staff.StaffForm(first_name, last_name, prefix, email, ids)
    warnings = staff.warnings_about(actor, form)
    added = staff.add(actor, form)
    if json:
        show_json(staff.row_of(actor, added).as_json())
    else:
        tell(f"Medewerker {added.key} is toegevoegd.")
    for warning in warnings:
        tell(f"Let op: {warning}")


@staff.command("deactivate")
def deactivate_staff(
    context: typer.Context, key: Annotated[str, typer.Argument(metavar="SLEUTEL", help="Zoals M001.")]
) -> None:
    """Maak een medewerker niet meer actief; verwijderen kan niet."""
    from app.commands.output import tell
    from app.school.people import staff

    actor = _settled(context)
    gone = staff.deactivate(actor, staff.find(actor, key))
    tell(f"Medewerker {gone.key} is niet meer actief.")


@groups.command("list")
def list_groups(context: typer.Context, json: Json = False) -> None:
    """De groepen van dit schooljaar die u mag zien."""
    from app.commands.output import show_records
    from app.permissions import Permission
    from app.school import groups

    session: Session = context.obj
    session.actor.require(Permission.VIEW_OWN_PUPILS)
    rows = groups.listed(session.actor)
    shown = (row.as_json() if json else {**row.as_json(), "available_to_couplings": row.in_couplings} for row in rows)
    show_records(shown, json, _GROUP)


@groups.command("add")
def add_group(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAAM", help="Zoals 5/6 of Plusgroep.")],
    year_groups: Annotated[str, typer.Option("--year-groups", metavar="LEERJAREN", help="Zoals 5,6.")],
    kind: Annotated[
        str, typer.Option("--kind", metavar="basis|instructie|overig", help="De soort (standaard basis).")
    ] = "basis",
    json: Json = False,
) -> None:
    """Maak een groep in dit schooljaar."""
    from app.commands.output import show_json, tell
    from app.school import group_editing, groups

    actor = _settled(context)
    added = group_editing.add(actor, group_editing.GroupForm(name, year_groups, kind))
    if json:
        show_json(next(row for row in groups.listed(actor) if row.id == added.id).as_json())
    else:
        tell(f"Groep {added.name} is gemaakt in {added.school_year}.")


@groups.command("change")
def change_group(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAAM", help="De groep.")],
    available: Annotated[
        str, typer.Option("--available-to-couplings", metavar="yes|no", help="In koppelingen beschikbaar.")
    ],
) -> None:
    """Zet 'In koppelingen beschikbaar' aan of uit."""
    from app.commands.output import tell
    from app.school import group_editing, groups

    if available not in ("yes", "no"):
        raise typer.BadParameter(f"--available-to-couplings kent yes en no, niet {available}")
    actor = _settled(context)
    group = groups.find(actor, name)
    note = group_editing.make_available(actor, group, available == "yes")
    tell(f"Groep {group.name}: in koppelingen beschikbaar is {'ja' if available == 'yes' else 'nee'}. {note}".strip())


def _settled(context: typer.Context) -> Actor:
    """The actor, after finishing what a killed command left: while school time moves, nothing may be changed."""
    session = settled(context)
    return session.actor
