"""`esis drive`: another program drives this one, by lines of JSON on stdin and stdout (docs/drive.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.session import Session

if TYPE_CHECKING:
    from app.commands.driving.conversation import Driving
    from app.training.driving.requests import Request, Result


def drive(
    context: typer.Context,
    size: Annotated[str, typer.Option("--size", metavar="BxH", help="Breedte en hoogte in tekens.")] = "120x36",
    theme: Annotated[
        str | None, typer.Option("--theme", metavar="THEMA", help="esis-donker, esis-licht of esis-16.")
    ] = None,
) -> None:
    """Laat een ander programma ESIS bedienen, met regels JSON op stdin en stdout."""
    from app import ending
    from app.commands.driving import lines
    from app.training.pictures import parse_size

    session: Session = context.obj
    assert session.settings  # what is wrong there, or below, is told now and not in a reply
    parse_size(size)
    theme = _theme(theme) if theme else ""
    with lines.apart() as (taken, given):
        ending.run(Conversation(session, size, theme).hold(taken, given))


def _theme(name: str) -> str:
    """Its whole name. Raises `NotFound`."""
    from app.commands.opening import prepare

    prepare()
    from app.commands.screenshot import theme_named

    return theme_named(name)


class Conversation:
    """Answers lines until there are no more."""

    def __init__(self, session: Session, size: str, theme: str) -> None:
        self._made = (session, size, theme)
        self._driving: Driving | None = None

    async def hold(self, taken: int, given: int) -> None:
        """Read from one file descriptor and write to the other. Removes its board, however it ends."""
        from app.commands.driving import lines

        try:
            async for line in lines.coming(taken):
                if (line is None or line.strip()) and not await lines.say(given, await self.answer(line)):
                    return
        finally:
            if self._driving is not None:
                await self._driving.close()

    async def answer(self, line: bytes | None) -> bytes:
        """The reply to one line; None is one that was too long. Raises nothing that the line is to blame for."""
        from app.training.driving import requests
        from app.training.driving.requests import Failed

        name: requests.Id = None
        try:
            found = requests.load(line)
            name = requests.identity(found)
            return requests.reply(name, await self._result(requests.read(found)))
        except Failed as failed:
            return requests.reply(name, failed)

    async def _result(self, request: Request) -> Result:
        from app.training.driving import requests
        from app.training.driving.vocabulary import PROTOCOL
        from app.version import program_version

        match request.command.name:
            case "hello":
                spoken = requests.greet(request.given.get("protocol", PROTOCOL))
                return {"protocol": spoken, "program": program_version()}
            case "commands":
                return requests.listed()
        if self._driving is None:  # now, because what it imports takes most of a second
            self._driving = self._make()
        return await self._driving.handle(request.command, request.given, request.timeout)

    def _make(self) -> Driving:
        from app.commands.opening import prepare

        prepare()
        from app.commands.driving.conversation import Driving

        return Driving(*self._made)
