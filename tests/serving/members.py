"""Shared by the tests of the hub: programs of a class, of which only what they say and hear is there."""

from __future__ import annotations

from typing import Any

from app.serving.desk.hub import Hub, Member
from app.serving.desk.messages import Here, Message

PRACTICE, KLAS = 1, 2


class Program:
    """What one program says and hears."""

    def __init__(self, hub: Hub, board: int = KLAS, *, page: bool = True) -> None:
        self.hub, self.heard = hub, list[Message]()
        self.member: Member = hub.enter(board, self.heard.append, page=page)

    async def say(self, say: str, **more: Any) -> None:
        await self.hub.hear(self.member, {"say": say, **more})

    async def sit(self, user: str, *, again: bool = False, **more: Any) -> Program:
        first = {"first": True} if again or not self.member.told else {}
        await self.hub.hear(self.member, {**Here(user, **more).message(), **first})
        return self

    @property
    def number(self) -> int:
        return self.member.number

    def of(self, *says: str) -> list[Message]:
        """What it heard of these, without keeping it."""
        found = [one for one in self.heard if one["say"] in says]
        self.heard.clear()
        return found


def no_reason(board: int, user: str) -> str:
    return "" if (board, user) == (PRACTICE, "trainer") else "Dat mag u niet."


async def learner(hub: Hub, user: str = "rovict") -> Program:
    return await Program(hub).sit(user)


async def trainer(hub: Hub) -> Program:
    found = await Program(hub, PRACTICE).sit("trainer", leads=True)
    await found.say("desk", on=True)
    return found
