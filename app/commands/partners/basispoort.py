"""`esis partner basispoort ...`: Basispoort, as its ICT-coördinator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.options import Json, OnOff, Switch
from app.commands.output import cell, say, show_json, tell
from app.commands.session import Session

if TYPE_CHECKING:
    from models.partners.basispoort import BasispoortSchool

app = typer.Typer(no_args_is_help=False, help="Basispoort, als ICT-coördinator.")
roles = typer.Typer(no_args_is_help=False, help="Rollen van medewerkers bij Basispoort.")
app.add_typer(roles, name="role")
Publisher = Annotated[str, typer.Argument(metavar="UITGEVERIJ", help="Zoals iep-lvs; zie 'show'.")]
Staff = Annotated[str, typer.Argument(metavar="MEDEWERKER", help="Het personeelsnummer, e-mailadres of de naam.")]
RoleName = Annotated[str, typer.Argument(metavar="ROL", help="leraar, ICT-coördinator of stagiair.")]


def _school(context: typer.Context, *, settle: bool = True) -> BasispoortSchool:
    from app.partners.basispoort import account

    session: Session = context.obj
    if settle:
        session.settle()
    return account.school_of(session.actor.location)


@app.command("show")
def show(context: typer.Context, json: Json = False) -> None:
    """Het account: koppeling, uitgeverijen, medewerkers en wat er staat."""
    facts = _facts(_school(context, settle=False))
    if json:
        show_json(facts)
        return
    titles = {
        "brin6": "BRIN6",
        "automatic": "Automatisch",
        "pulled_at": "Opgehaald",
        "uploaded_at": "Ingelezen",
        "pupils": "Leerlingen",
        "groups": "Groepen",
    }
    lines = [f"{title:<14}{cell(facts[name]) or 'nog niet'}" for name, title in titles.items()]
    lines += [f"{row['id']:<14}{_works(row['works_from'])}" for row in facts["publishers"]]
    lines += [f"{row['key']:<14}{row['name']}: {', '.join(row['roles'])}; {row['standing']}" for row in facts["staff"]]
    say("\n".join(lines))


def _works(since: str | None) -> str:
    return f"aangevinkt, werkt vanaf {since}" if since else "niet aangevinkt"


def _facts(school: BasispoortSchool) -> dict[str, Any]:
    from app.partners.basispoort import overview, publishers, staff

    found = overview.source(school)
    return {
        "brin6": school.brin6,
        "automatic": school.automatic,
        "pulled_at": _moment(school.pulled_at),
        "uploaded_at": _moment(school.uploaded_at),
        "failure": found.failure,
        "pupils": overview.pupil_count(school),
        "groups": len(overview.groups(school)),
        "publishers": [
            {
                "id": row.id,
                "name": row.title,
                "ticked_at": _moment(row.ticked_at),
                "works_from": row.works_from.isoformat() if row.works_from else None,
            }
            for row in publishers.rows(school)
        ],
        "staff": [
            {
                "key": row.staff.key,
                "name": row.name,
                "email": row.staff.email,
                "roles": list(row.names),
                "standing": row.standing,
            }
            for row in staff.rows(school)
        ],
    }


def _moment(moment: Any) -> str | None:
    from app import clock

    return moment.astimezone(clock.AMSTERDAM).isoformat() if moment else None


@app.command("tick")
def tick(context: typer.Context, publisher: Publisher) -> None:
    """Vink een uitgeverij aan; dat werkt na een nacht."""
    from app.partners.basispoort import publishers

    chosen = publishers.find(publisher)
    done = publishers.tick(_school(context), chosen)
    tell(f"{chosen.title} is aangevinkt; dat werkt na een nacht." if done else f"{chosen.title} was al aangevinkt.")


@app.command("untick")
def untick(context: typer.Context, publisher: Publisher) -> None:
    """Haal het vinkje bij een uitgeverij weg."""
    from app.partners.basispoort import publishers

    chosen = publishers.find(publisher)
    done = publishers.untick(_school(context), chosen)
    tell(f"{chosen.title} krijgt geen leerlingen meer." if done else f"{chosen.title} was niet aangevinkt.")


@app.command("automatic")
def automatic(context: typer.Context, switch: OnOff) -> None:
    """Zet de automatische koppeling met het LAS aan of uit."""
    from app.partners.basispoort import account

    account.set_automatic(_school(context), switch is Switch.ON)
    tell(f"De automatische koppeling met ESIS staat {switch.word}.")


@app.command("upload")
def upload(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Een EDEXML-bestand.")]
) -> None:
    """Lees een EDEXML-bestand in; kan alleen met de automatische koppeling uit."""
    from app.partners.basispoort import upload

    tell(upload.upload(_school(context), file).sentence)


@roles.command("add")
def add(context: typer.Context, member: Staff, role: RoleName) -> None:
    """Geef een medewerker een rol; die werkt na een nacht."""
    from app.partners.basispoort import staff

    school = _school(context)
    person, given = staff.find(school, member), staff.role_of(role)
    staff.give_role(school, person, given)
    tell(f"{person.key} heeft nu ook de rol {given}; die werkt na een nacht.")


@roles.command("remove")
def remove(context: typer.Context, member: Staff, role: RoleName) -> None:
    """Neem een medewerker een rol af."""
    from app.partners.basispoort import staff

    school = _school(context)
    person, taken = staff.find(school, member), staff.role_of(role)
    staff.take_role(school, person, taken)
    tell(f"{person.key} heeft de rol {taken} niet meer.")
