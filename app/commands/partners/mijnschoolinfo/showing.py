"""`esis partner mijnschoolinfo show`: its data, and why they are as they are."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from app.commands.options import Json
from app.commands.output import show_records, tell
from app.commands.partners.mijnschoolinfo.common import school_of

app = typer.Typer()
_TITLES = {
    "pupils": (
        ("id", "ID"),
        ("key", "NUMMER"),
        ("name", "NAAM"),
        ("groups", "GROEPEN"),
        ("guardians", "VERZORGERS"),
        ("why", "WAAROM ZO"),
    ),
    "guardians": (("id", "ID"), ("name", "NAAM"), ("email", "E-MAIL"), ("pupils", "LEERLINGEN"), ("why", "WAAROM ZO")),
    "staff": (("id", "ID"), ("key", "SLEUTEL"), ("name", "NAAM"), ("why", "WAAROM ZO")),
    "groups": (("name", "GROEP"), ("pupils", "LEERLINGEN"), ("why", "WAAROM ZO")),
}


class Listed(StrEnum):
    """What `show` can list."""

    PUPILS = "pupils"
    GUARDIANS = "guardians"
    STAFF = "staff"
    GROUPS = "groups"
    LAYOUT = "layout"


@app.command("show")
def show(
    context: typer.Context,
    what: Annotated[Listed, typer.Argument(metavar="WAT", help="pupils, guardians, staff, groups of layout.")],
    json: Json = False,
) -> None:
    """Wat Mijnschoolinfo heeft, en waarom het zo is."""
    from app.partners.mijnschoolinfo import layout, lists

    school = school_of(context.obj)
    if what is Listed.LAYOUT:
        records = [row.as_json() for row in layout.classes(school)]
        show_records(records, json, (("name", "KLAS"), ("teacher", "LEERKRACHT"), ("pupils", "LEERLINGEN")))
        if school.check_layout:
            tell(f"Let op: {layout.CHECK}.")
        return
    rows: list[Any] = getattr(lists, what)(school)
    found = lists.as_json(what, rows)
    if not json:
        found = [{**record, "why": row.why} for record, row in zip(found, rows, strict=True)]
    if what is Listed.GROUPS and not json:  # whole classes do not fit a column
        found = [{**record, "pupils": len(record["pupils"])} for record in found]
    show_records(found, json, _TITLES[what])
