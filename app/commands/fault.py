"""`esis fault ...`: the disturbances set by a trainer (role Trainer; ours)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import LARGEST, Json
from app.commands.output import show_json, show_records, tell
from app.commands.session import TRAINER, Session
from app.commands.uwlr_board import hint

if TYPE_CHECKING:
    from app.access import Actor

app = typer.Typer(no_args_is_help=False)
Partner = Annotated[str, typer.Argument(metavar="TYPE", help="Voor welke koppeling, zoals iep-lvs.")]
Kind = Annotated[
    str, typer.Argument(metavar="STORING", help="unreachable, slow, half, wrong-code, unmatched of again (eenmalig).")
]


@app.command("list")
def list_faults(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False
) -> None:
    """De storingen die aan staan."""
    from app.training import disturbances

    session: Session = context.obj
    found = [row for row in disturbances.offered(session.board.id) if row.on]
    records = [{"partner": row.partner, "kind": row.kind} | ({} if json else {"text": row.text}) for row in found]
    show_records(records, json, (("partner", "KOPPELING"), ("kind", "STORING"), ("text", "WAT ER IS")))


@app.command("on")
def switch_on(context: typer.Context, partner: Partner, kind: Kind) -> None:
    """Zet een storing aan."""
    _switch(context.obj, partner, kind, True)


@app.command("off")
def switch_off(context: typer.Context, partner: Partner, kind: Kind) -> None:
    """Zet een storing uit."""
    _switch(context.obj, partner, kind, False)


webservice = typer.Typer(no_args_is_help=False)
app.add_typer(
    webservice,
    name="webservice",
    help="Storingen in de webservice: foutcodes, traag, afgekapt en meer. Ook met een magische klantcode, zoals fout-429.",
)


@webservice.command("kinds")
def kinds(context: typer.Context, json: Json = False) -> None:  # noqa: ARG001  # as every command
    """Welke storingen er zijn, en de magische klantcode waarmee een leverancier er op een oefenbestuur zelf om vraagt."""
    from app.uwlr.disturbing import KINDS

    records = [{"kind": one.id, "klantcode": one.magic, "text": one.text} for one in KINDS.values()]
    show_records(records, json, (("kind", "STORING"), ("klantcode", "KLANTCODE"), ("text", "WAT ER GEBEURT")))


@webservice.command("list")
def list_of_webservice(context: typer.Context, json: Json = False) -> None:
    """De storingen van de webservice die aan staan; calls is hoeveel aanroepen eraan voldeden."""
    from app.uwlr import disturbing

    session: Session = context.obj
    columns = (
        ("number", "NR"),
        ("kind", "STORING"),
        ("supplier", "LEVERANCIER"),
        ("operation", "BEWERKING"),
        ("nth", "BIJ DE"),
        ("chance", "KANS"),
        ("seed", "SEED"),
        ("seconds", "SECONDEN"),
        ("calls", "AANROEPEN"),
    )
    if not json:
        tell(f"Storingen van de webservice op bestuur {session.board.name}:")
    show_records([disturbing.as_json(row) for row in disturbing.listed(session.board.id)], json, columns)
    hint(session, "fault webservice list", suppliers=True)


@webservice.command("on")
def on_in_webservice(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="STORING", help="Zoals 503; esis fault webservice kinds noemt ze.")],
    supplier: Annotated[str, typer.Option("--supplier", metavar="KLANTCODE", help="Anders: elke leverancier.")] = "",
    operation: Annotated[str, typer.Option("--operation", metavar="NAAM", help="Anders: elke bewerking.")] = "",
    nth: Annotated[int, typer.Option("--nth", metavar="N", help="Alleen bij de n-de aanroep; 0: bij elke.")] = 0,
    chance: Annotated[int, typer.Option("--chance", metavar="PROCENT", help="Bij hoeveel van de 100 aanroepen.")] = 100,
    seed: Annotated[int, typer.Option("--seed", metavar="GETAL", help="Bij --chance: hetzelfde geeft dezelfde.")] = 1,
    seconds: Annotated[int, typer.Option("--seconds", metavar="N", help="Hoe lang bij slow en drip.")] = 0,
    json: Json = False,
) -> None:
    """Zet een storing van de webservice aan; hij blijft tot u hem uitzet."""
    from app.uwlr import disturbing

    form = disturbing.FaultForm(kind, supplier, operation, nth, chance, seed, seconds)
    session: Session = context.obj
    hint(session, f"fault webservice on {kind}", suppliers=True)
    made = disturbing.put(_trainer(context), form)
    if json:
        show_json(disturbing.as_json(made))
    else:
        tell(f"Storing {made.id} staat aan op bestuur {session.board.name}: {disturbing.KINDS[made.kind].text}.")


@webservice.command("off")
def off_in_webservice(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="NUMMER", min=1, max=LARGEST, help="Welke, als in list.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Alle storingen van de webservice.")] = False,
) -> None:
    """Zet een storing van de webservice uit, of alle."""
    from app.counted import counted
    from app.uwlr import disturbing

    if (number is None) == (not every):
        raise typer.BadParameter("geef een NUMMER of --all")
    gone = disturbing.remove(_trainer(context), number)
    tell(f"{counted(gone, 'storing staat', 'storingen staan')} uit op bestuur {context.obj.board.name}.")


def _trainer(context: typer.Context) -> Actor:
    session: Session = context.obj
    session.user = session.user or TRAINER
    return session.actor


def _switch(session: Session, partner: str, kind: str, on: bool) -> None:
    from app.training import disturbances

    tell(disturbances.switch(session.actor, partner, kind, on))
