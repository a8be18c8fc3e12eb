"""`esis uwlr ...`: the messages of the web service, for people and for scripts that wait for one."""

from __future__ import annotations

import json as jsonlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import uwlr_again, uwlr_check, uwlr_client, uwlr_elsewhere
from app.commands.options import LARGEST, Json
from app.commands.output import say, show_json, show_records, tell
from app.commands.session import Session
from app.commands.uwlr_board import hint
from app.commands.uwlr_example import example

if TYPE_CHECKING:
    from models.webservice import ExchangedMessage

app = typer.Typer(no_args_is_help=False)
app.command("example")(example)
app.add_typer(uwlr_elsewhere.app, name="elsewhere")
_LOOK = 0.05
"""Seconds between two looks for a new call."""
Only = Annotated[str | None, typer.Option("--outcome", "--only", metavar="AFLOOP", help="accepted, refused of failed.")]
Operation = Annotated[str | None, typer.Option("--operation", metavar="NAAM", help="Zoals HaalLeerlinggegevens.")]
Number = Annotated[int, typer.Argument(metavar="NUMMER", min=1, max=LARGEST)]


def _checked(outcome: str | None, operation: str | None) -> tuple[str, str]:
    from app.exchange.uwlr_xml.operations import OPERATIONS
    from app.uwlr.journal import Outcome

    if outcome and outcome not in list(Outcome):
        raise typer.BadParameter(f"{outcome} kan niet; kies uit {', '.join(Outcome)}")
    names = [one.name for one in OPERATIONS]
    if operation and operation not in names:
        raise typer.BadParameter(f"{operation} bestaat niet; kies uit {', '.join(names)}")
    return outcome or "", operation or ""


@app.command("list")
def list_messages(
    context: typer.Context,
    json: Json = False,
    outcome: Only = None,
    operation: Operation = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, max=1000, help="Hoeveel hoogstens.")] = 200,
) -> None:
    """Het berichtenverkeer, het oudste eerst."""
    from app.uwlr import journal

    session: Session = context.obj
    rows = journal.listed(session.board.id, None, most, *_checked(outcome, operation))
    if not json:
        tell(f"Berichtenverkeer van bestuur {session.board.name}:")
    _show([journal.as_json(row) for row in rows], json)
    hint(session, "uwlr list")


@app.command("show")
def show(
    context: typer.Context,
    number: Number,
    json: Json = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Alleen het verzoek, zoals het kwam, met regelnummers; > staat bij de fout.")
    ] = False,
) -> None:
    """Een bericht: hoe het ging, waarom het geweigerd is, en wat er over de lijn ging."""
    from app.uwlr import journal
    from app.uwlr.telling import numbered, told

    if json and raw:
        raise typer.BadParameter("--raw is voor mensen; in --json staat het verzoek bij request")
    found = _found(context.obj, number)
    if raw:
        say("\n".join(numbered(found)))
    elif json:
        show_json(journal.as_json(found, whole=True))
    else:
        say("\n".join(told(found)))


def _found(session: Session, number: int) -> ExchangedMessage:
    from app.refusals import NotFound
    from app.uwlr import journal

    found = journal.get(session.board.id, number)
    if found is None:
        hint(session, f"uwlr show {number}")
        raise NotFound(f"Er is geen bericht {number} op bestuur {session.board.name}. Zie esis uwlr list.")
    return found


@app.command("tail")
def tail(
    context: typer.Context,
    json: Json = False,
    outcome: Only = None,
    operation: Operation = None,
    seconds: Annotated[
        float | None, typer.Option("--seconds", metavar="N", min=0, help="Stop daarna; anders met Ctrl+C.")
    ] = None,
) -> None:
    """Volg het berichtenverkeer: een regel voor elk bericht dat komt."""
    from app.uwlr import journal

    session: Session = context.obj
    checked = _checked(outcome, operation)
    tell(f"Wat er komt op bestuur {session.board.name}; Ctrl+C stopt.")
    hint(session, "uwlr tail")
    for row in _coming(session, *checked, seconds):
        record = journal.as_json(row)
        if json:
            print(jsonlib.dumps(record, ensure_ascii=False), flush=True)
        else:
            say(_line(record))


@app.command("wait")
def wait(
    context: typer.Context,
    json: Json = False,
    outcome: Only = None,
    operation: Operation = None,
    seconds: Annotated[float, typer.Option("--seconds", metavar="N", min=0, max=3600, help="Hoe lang hoogstens.")] = 20,
    after: Annotated[
        int | None,
        typer.Option(
            "--after",
            metavar="NUMMER",
            min=0,
            max=LARGEST,
            help=(
                "Wat na dit bericht kwam, ook als het er al is; 0: alles wat bewaard is. Anders telt alleen wat nog komt."
            ),
        ),
    ] = None,
) -> None:
    """Wacht op een bericht in plaats van te slapen; eindigt met 1 als het niet komt.

    Zonder --after telt alleen wat komt nadat het wachten begon. Start u uw programma en daarna pas wait, dan kan het
    bericht al geweest zijn: neem dan het nummer van het laatste bericht van tevoren en geef het met --after, of wis het
    berichtenverkeer eerst en geef --after 0.
    """
    from app.uwlr import journal

    session: Session = context.obj
    checked = _checked(outcome, operation)
    begun = journal.newest(session.board.id) if after is None else after
    hint(session, "uwlr wait")
    for row in _coming(session, *checked, seconds, begun):
        _show([journal.as_json(row)], json)
        return
    tell(f"Er kwam op bestuur {session.board.name} geen bericht dat voldoet.")
    for row in journal.listed(session.board.id, begun, 3):
        tell(f"Wel kwam: {_line(journal.as_json(row))}")
    raise typer.Exit(1)


def _coming(
    session: Session, outcome: str, operation: str, seconds: float | None, after: int | None = None
) -> Iterator[ExchangedMessage]:
    from app.uwlr import journal

    board = session.board.id
    last = journal.newest(board) if after is None else after
    until = time.monotonic() + seconds if seconds is not None else None
    while True:
        for row in journal.listed(board, last, 200, outcome, operation):
            last = max(last, row.id)
            yield row
        if until is not None and time.monotonic() >= until:
            return
        time.sleep(_LOOK)


@app.command("clear")
def clear(context: typer.Context) -> None:
    """Wis het berichtenverkeer van dit bestuur."""
    from app.commands.supplier import as_trainer
    from app.counted import counted
    from app.uwlr import journal

    session: Session = context.obj
    hint(session, "uwlr clear")
    gone = counted(journal.clear(as_trainer(session)), "bericht is", "berichten zijn")
    tell(f"{gone} gewist op bestuur {session.board.name}.")


def _show(records: list[dict[str, Any]], json: bool) -> None:
    from app.uwlr.journal import OUTCOMES

    columns = (
        ("number", "NR"),
        ("at", "WANNEER"),
        ("supplier", "LEVERANCIER"),
        ("operation", "BEWERKING"),
        ("outcome", "AFLOOP"),
        ("fault", "FOUT"),
        ("rule", "EIS"),
        ("line", "REGEL"),
        ("ms", "MS"),
    )
    show_records(records, json, columns, {str(one): word for one, word in OUTCOMES.items()})


def _line(record: dict[str, Any]) -> str:
    where = f" op regel {record['line']}" if record["line"] else ""
    why = f"  {record['fault']} {record['rule']}{where}" if record["fault"] else ""
    what = record["operation"] or record["address"]
    return f"{record['number']}  {record['at'][11:19]}  {record['supplier'] or '-'}  {what}  {record['ms']} ms{why}"


for _other in (
    uwlr_client.pull,
    uwlr_client.push,
    uwlr_check.check,
    uwlr_again.resend,
    uwlr_again.record,
    uwlr_again.replay,
    uwlr_again.compare,
):
    app.command(_other.__name__)(_other)
