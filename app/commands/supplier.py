"""`esis supplier ...`: who may call the web service of a board, and their certificates."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.options import Json
from app.commands.output import say, show_json, show_records, tell
from app.commands.session import Session
from app.commands.uwlr_board import hint

app = typer.Typer(no_args_is_help=False)
Code = Annotated[str, typer.Argument(metavar="KLANTCODE")]


@app.command("list")
def list_suppliers(context: typer.Context, json: Json = False) -> None:
    """De leveranciers die de webservice kent."""
    from app.webservice import suppliers as of

    session: Session = context.obj
    records = [
        {"klantcode": one.code, "klantnaam": one.name, "coupling": one.coupling.type, "own": one.own}
        for one in of.known(session.board.id)
    ]
    columns = (("klantcode", "KLANTCODE"), ("klantnaam", "KLANTNAAM"), ("coupling", "KOPPELING"))
    if not json:
        tell(f"Leveranciers van bestuur {session.board.name}:")
    show_records(records, json, columns)
    hint(session, "supplier list", suppliers=True)


@app.command("add")
def add_supplier(
    context: typer.Context,
    code: Code,
    name: Annotated[str, typer.Argument(metavar="KLANTNAAM")],
    coupling: Annotated[
        str, typer.Option("--coupling", metavar="TYPE", help="In de plaats van welke partner, zoals iep-lvs.")
    ] = "iep-lvs",
) -> None:
    """Voeg een leverancier toe: zijn sleutel is de verificatiecode van die koppeling."""
    from app.webservice import suppliers as of

    session: Session = context.obj
    hint(session, "supplier add", suppliers=True)
    made = of.add(as_trainer(session), of.SupplierForm(code, name, coupling))
    tell(
        f"Leverancier {made.name} is toegevoegd op bestuur {session.board.name}. Zijn sleutel is de verificatiecode van de "
        f"koppeling {made.coupling.row}."
    )


@app.command("remove")
def remove_supplier(context: typer.Context, code: Code) -> None:
    """Haal een toegevoegde leverancier weg; wat hij bracht, blijft."""
    from app.webservice import suppliers as of

    session: Session = context.obj
    of.remove(as_trainer(session), code)
    tell(f"Leverancier {code} is weggehaald van bestuur {session.board.name}.")


@app.command("certificate")
def certificate(context: typer.Context, code: Code, json: Json = False) -> None:
    """Het certificaat waarmee een leverancier een webservice met --self-signed aanroept; gemaakt als het er niet is."""
    from app.refusals import NotFound
    from app.uwlr.certificates import Authority
    from app.uwlr.security import files_of
    from app.webservice import suppliers as of

    codes = of.codes(context.obj.board.id)
    if code not in codes:
        raise NotFound(
            f"Leverancier '{code}' is er niet op bestuur {context.obj.board.name}. Er zijn: {', '.join(codes)}."
        )
    files = files_of(Authority(), code)
    if json:
        show_json(files)
    else:
        for name, file in files.items():
            say(f"{name:12} {file}")


def as_trainer(session: Session) -> Any:
    """The trainer, unless another user was named."""
    from app.commands.session import TRAINER

    session.user = session.user or TRAINER
    return session.actor
