"""`esis uwlr resend`, `record`, `replay` and `compare`: what was before, once more."""

from __future__ import annotations

import io
import json as jsonlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from app.commands import uwlr_access as reach
from app.commands.options import LARGEST, Json
from app.commands.output import say, show_json, tell
from app.commands.session import Session
from app.other_esis import sizes
from app.refusals import NotFound, Refused

if TYPE_CHECKING:
    from app.uwlr.resending import Recorded, Went

_FIELDS = 3
Number = Annotated[int, typer.Argument(metavar="NUMMER", min=1, max=LARGEST)]


def resend(
    context: typer.Context,
    number: Number,
    url: reach.Url = None,
    source: reach.From = None,
    autorisatiesleutel: reach.Key = None,
    ca: reach.Authority = None,
    cert: reach.Certificate = None,
    cert_key: reach.CertificateKey = None,
    json: Json = False,
) -> None:
    """Stuur een bericht uit het berichtenverkeer nog eens; zonder --url beantwoordt dit programma het zelf.

    De sleutel wordt nooit bewaard en wordt ingevuld. Eindigt met 0 als het gaat zoals toen, 1 als dat niet zo is of het
    niet te sturen is, 3 zonder verbinding.
    """
    from app.uwlr.resending import Recorded

    recorded = Recorded.of(_row(context.obj, number))
    how = _sender(context.obj, url, source, autorisatiesleutel, (ca, cert, cert_key))
    now = how(recorded)
    same = now.is_like(recorded.went)
    if json:
        show_json(_compared(recorded, now))
    else:
        say(f"Toen: {recorded.went.told}. Nu: {now.told}. {'Dat is hetzelfde.' if same else 'Dat is anders.'}")
    if not same:
        raise typer.Exit(1)


def record(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="BESTAND", help="JSON, een bericht op een regel.")],
    after: Annotated[
        int, typer.Option("--after", metavar="NUMMER", min=0, max=LARGEST, help="Alleen wat na dit bericht kwam.")
    ] = 0,
) -> None:
    """Schrijf het berichtenverkeer in een bestand, om het later af te spelen met replay."""
    from app.counted import counted
    from app.exchange.whole_file import whole_file
    from app.uwlr import journal

    board = context.obj.board.id
    numbers = [row.id for row in journal.listed(board, after, 2 * journal.KEPT)]
    with whole_file(out, overwrite=True) as file:
        for number in numbers:
            told = jsonlib.dumps(_row(context.obj, number), ensure_ascii=False)
            file.write(f"{told}\n".encode())
    tell(f"{counted(len(numbers), 'bericht staat', 'berichten staan')} in {out}.")


def replay(
    context: typer.Context,
    session: Annotated[Path, typer.Argument(metavar="BESTAND", help="Van esis uwlr record.")],
    url: reach.Url = None,
    source: reach.From = None,
    autorisatiesleutel: reach.Key = None,
    ca: reach.Authority = None,
    cert: reach.Certificate = None,
    cert_key: reach.CertificateKey = None,
    json: Json = False,
) -> None:
    """Speel een opgenomen sessie af, en kijk of elk bericht gaat zoals toen; zonder --url bij dit programma zelf.

    Wat niet bewaard is, wordt overgeslagen en genoemd. Eindigt met 0 als alles gaat zoals toen, 1 als dat niet zo is, 3
    zonder verbinding.
    """
    from app.files.regular import opened
    from app.uwlr.resending import NotKept, read_session

    how = _sender(context.obj, url, source, autorisatiesleutel, (ca, cert, cert_key))
    records: list[dict[str, Any]] = []
    with opened(session, sizes.LARGEST) as file:
        for recorded in read_session(io.TextIOWrapper(file, "utf-8")):
            try:
                if recorded.had_wrong_key:
                    raise NotKept("De sleutel klopte toen niet, en wordt nooit bewaard.")
                records.append(_compared(recorded, how(recorded)))
            except NotKept as lost:
                records.append(_compared(recorded, None) | {"why": lost.sentence.partition(". ")[0].rstrip(".")})
    sent = [one for one in records if one["same"] is not None]
    different = [one for one in sent if not one["same"]]
    if json:
        show_json(records)
    else:
        for one in records:
            word = {True: "hetzelfde", False: "anders", None: "overgeslagen"}[one["same"]]
            told = one.get("why") or f"{one['then_told']}, nu {one['now_told']}"
            say(f"{one['number']}  {one['operation'] or '-'}  {word}  {told}")
        say(f"{len(sent)} gestuurd, {len(different)} anders, {len(records) - len(sent)} overgeslagen.")
    if not sent:
        raise Refused("Er was geen bericht dat opnieuw te sturen is.")
    if different:
        raise typer.Exit(1)


def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="EERSTE", help="Een bestand van pull --out, of een nummer.")],
    second: Annotated[str, typer.Argument(metavar="TWEEDE", help="Een bestand van pull --out, of een nummer.")],
    json: Json = False,
) -> None:
    """Leg twee antwoorden naast elkaar: wie erbij kwam, wie weg is, en wat er anders is.

    Eindigt met 0 als alles gelijk is, 1 als dat niet zo is.
    """
    from app.exchange.uwlr_xml.rules import Violation
    from app.uwlr.comparing import compare as do

    with ExitStack() as stack:
        try:
            found = do(*(stack.enter_context(_answer(context.obj, one)) for one in (first, second)))
        except Violation as violation:
            raise Refused(f"Dit is geen antwoord. {violation.findings[0].sentence}") from None
    if json:
        show_json(
            {
                "same": found.same,
                "left_out": found.left_out,
                "differences": [one.as_json() for one in found.differences],
            }
        )
    else:
        words = {"added": "erbij", "removed": "weg", "changed": "anders"}
        for one in found.differences:
            old, new = one.first or {}, one.second or {}
            told = "; ".join(
                f"{name}: {old[name] or '(leeg)'} > {new[name] or '(leeg)'}" for name in old if name in new
            )
            say(f"{words[one.what]:6} {one.record[0]} {one.record[1]}  {told}".rstrip())
        say(f"{found.same} gelijk, {len(found.differences) + found.left_out} niet.")
    if not found.is_equal:
        raise typer.Exit(1)


def _row(session: Session, number: int) -> dict[str, Any]:
    from app.uwlr import journal

    found = journal.get(session.board.id, number)
    if found is None:
        raise NotFound(f"Er is geen bericht {number}. Zie esis uwlr list.")
    return journal.as_json(found, whole=True)


def _answer(session: Session, named: str) -> IO[bytes]:
    """The answer in a file, or of a call of the journal that was kept whole."""
    from app.files.regular import opened
    from app.uwlr.resending import is_masked

    if not named.isdecimal():
        return opened(Path(named), sizes.LARGEST)
    told = _row(session, int(named[:9]))
    body = str(told["answer"])
    if told["answer_size"] > len(body.encode()):
        raise Refused(f"Van het antwoord op bericht {named} is alleen het begin bewaard. Bewaar het met pull --out.")
    if is_masked(body):
        raise Refused(
            f"Het antwoord op bericht {named} is zonder persoonsgegevens bewaard. Begin de webservice met --keep-bodies."
        )
    return io.BytesIO(body.encode())


def _sender(
    session: Session,
    url: str | None,
    source: Path | None,
    key: str | None,
    certificates: tuple[Path | None, Path | None, Path | None],
) -> Callable[[Recorded], Went]:
    """How a recorded message is sent: to an address, or to this program itself."""
    from app.uwlr.resending import answered_here

    if url is None and source is None:
        board = session.board.id

        def here(recorded: Recorded) -> Went:
            return answered_here(board, recorded, key or _of_board(recorded, board))

        return here
    where = reach.access(source, url, None, (None, None, None), (None, None, None), certificates, key_only=True)
    given = key or where.key
    from app.ending import run
    from app.other_esis.client import Client, NotReached
    from app.uwlr.resending import NOBODYS
    from app.uwlr.resending import resend as do

    def filled(recorded: Recorded) -> str:
        if given or not where.is_near:
            return given or NOBODYS
        return _of_board(recorded, session.board.id)

    def send(recorded: Recorded) -> Went:
        from app.exchange.uwlr_xml.operations import PUSH_RESULTS

        address = where.results if recorded.operation is PUSH_RESULTS else where.pupils

        async def sent() -> Went:
            async with Client(where.certificates) as client:
                return await do(client, address, recorded, filled(recorded))

        try:
            return run(sent())
        except NotReached as lost:
            tell(lost.sentence)
            raise typer.Exit(3) from None

    return send


def _of_board(recorded: Recorded, board: int) -> str:
    return "" if recorded.had_wrong_key else recorded.key_here(board)


def _compared(recorded: Recorded, now: Went | None) -> dict[str, Any]:
    then = recorded.went
    return {
        "number": recorded.number,
        "operation": recorded.operation.name if recorded.operation else "",
        "same": now.is_like(then) if now is not None else None,
        "then": {"outcome": str(then.outcome), "fault": then.fault, "rule": then.rule},
        "now": {"outcome": str(now.outcome), "fault": now.fault, "rule": now.rule} if now is not None else {},
        "then_told": then.told,
        "now_told": now.told if now is not None else "",
    }
