"""`esis partner mijnschoolinfo connect | disconnect | import | preview | doubts | settle`: data from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import LARGEST, Json
from app.commands.output import show_records, tell
from app.commands.partners.mijnschoolinfo.common import school_of, settled_school, warn

app = typer.Typer()


@app.command("connect")
def connect(
    context: typer.Context,
    code: Annotated[str, typer.Option("--code", metavar="CODE", help="De verificatiecode uit ESIS.")],
) -> None:
    """Vul de code in en test hem; een code die ESIS nog niet kent, wordt bewaard."""
    from app.partners.mijnschoolinfo import account
    from app.refusals import Refused

    school = settled_school(context)
    led = account.leads(school)
    found = account.connect(school, code)
    if led and not found.ok:
        raise Refused(found.sentence)
    tell(found.sentence)


@app.command("disconnect")
def disconnect(context: typer.Context) -> None:
    """Verbreek de koppeling aan deze kant; wat er staat, blijft."""
    from app.partners.mijnschoolinfo import account

    account.disconnect(settled_school(context))
    tell("De koppeling is verbroken.")


@app.command("import")
def import_command(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="BESTAND", help="EDEXML (.xml) of e-mailadressen (.csv).")],
    same: Annotated[
        list[str] | None,
        typer.Option("--same", metavar="REGEL=ID", help="Wie op de regel staat, is deze persoon; r2: die van regel 2."),
    ] = None,
    other: Annotated[
        list[str] | None, typer.Option("--other", metavar="REGEL", help="Op de regel staat iemand anders.")
    ] = None,
    skip: Annotated[list[str] | None, typer.Option("--skip", metavar="REGEL", help="Sla de regel over.")] = None,
) -> None:
    """Lees een bestand in, zolang de koppeling met ESIS uit staat; bij twijfel per regel eerst een keuze."""
    from app.partners.mijnschoolinfo.arriving import OTHER, SKIP, Undecided
    from app.partners.mijnschoolinfo.importing import import_file
    from app.refusals import Refused

    chosen = [_same(text) for text in same or ()]
    chosen += [(line, OTHER) for line in other or ()] + [(line, SKIP) for line in skip or ()]
    choices = dict(chosen)
    if len(choices) < len(chosen):
        raise typer.BadParameter("kies voor elke regel één keer: --same, --other of --skip.")
    try:
        done = import_file(settled_school(context), path, choices)
    except Undecided as undecided:
        raise Refused(f"{undecided.sentence}\n{HOW}") from None
    tell(done.sentence)
    warn(done.remarks)


HOW = "Kies per regel --same REGEL=ID (dezelfde), --other REGEL (iemand anders) of --skip REGEL (overslaan), en lees opnieuw in."


def _same(text: str) -> tuple[str, str]:
    line, equals, who = text.partition("=")
    if not (line and equals and who):
        raise typer.BadParameter(f"'{text}' is geen REGEL=ID, zoals 5=17.")
    return line, who


@app.command("preview")
def preview(context: typer.Context, json: Json = False) -> None:
    """Wat er vannacht gebeurt: alles wat de komende levering toevoegt of verwijdert."""
    from app import clock
    from app.partners.mijnschoolinfo.delivery_preview import preview

    found = preview(settled_school(context))
    when = clock.dutch_moment(found.slot)
    tell(f"{when}: er komt niets. {found.reason}" if found.reason else f"{when}: {found.note or 'niets nieuws.'}")
    records = ({"action": row.action, "kind": row.kind, "name": row.name, "detail": row.detail} for row in found.lines)
    show_records(records, json, (("action", "WAT"), ("kind", "SOORT"), ("name", "NAAM"), ("detail", "BIJZONDERHEDEN")))


@app.command("doubts")
def doubts(context: typer.Context, json: Json = False) -> None:
    """Wie misschien al bekend is, en wie het dan kan zijn."""
    from app.partners.mijnschoolinfo import overview

    waiting = [one for one in overview.decisions(school_of(context.obj)) if not one.chosen]
    records = [
        {
            "id": str(one.doubt.id),
            "kind": one.doubt.kind,
            "name": one.doubt.name,
            "detail": one.doubt.detail,
            "reason": one.reason,
            "candidates": [
                {"id": str(maybe.record.id), "name": maybe.name, "reason": maybe.reason} for maybe in one.maybe
            ],
        }
        for one in waiting
    ]
    if json:
        show_records(records, True, ())
        return
    lines = (
        {**record, "candidates": [f"{maybe.record.id} {maybe.name}" for maybe in one.maybe]}
        for record, one in zip(records, waiting, strict=True)
    )
    show_records(
        lines,
        False,
        (
            ("id", "ID"),
            ("kind", "SOORT"),
            ("name", "NAAM"),
            ("detail", "GEBOREN OF E-MAIL"),
            ("candidates", "MISSCHIEN"),
            ("reason", "WAAROM TWIJFEL"),
        ),
    )


@app.command("settle")
def settle(
    context: typer.Context,
    doubt: Annotated[int, typer.Argument(min=1, max=LARGEST, metavar="TWIJFEL", help="Het id; zie 'doubts'.")],
    same_as: Annotated[
        int | None, typer.Option("--same-as", min=1, max=LARGEST, metavar="ID", help="Het is deze persoon.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Het is iemand anders.")] = False,
) -> None:
    """Kies wie het is; dat komt met de volgende levering."""
    from app.partners.mijnschoolinfo import editing

    if new == (same_as is not None):
        raise typer.BadParameter("kies een van de twee: --same-as ID, of --new voor iemand anders.")
    tell(f"De keuze voor {editing.settle(settled_school(context), doubt, same_as).name} is bewaard.")
