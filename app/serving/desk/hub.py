"""The hub: all programs of the class, who watches whom, and what a trainer asked of them. In memory, on one event loop.

A trainer's rights are looked up at each act, by the board of the page (which the server itself knows) and the user that
the program behind it says is signed in: a learner has no more than a terminal in a page, so programs are believed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field

from app.serving.desk.messages import LONGEST_TEXT, Here, Message

Reason = Callable[[int, str], str]
"""Why the user of a board may not lead a class, as a sentence; empty if they may. Called in a thread."""
GONE = "Die plaats is er niet meer: het venster is gesloten."
NOBODY = "Kijk eerst bij iemand mee."
TAKEN = "Een andere trainer heeft dit toetsenbord al."
UNKNOWN = "Er kon niet worden nagegaan of u dit mag. Probeer het over een minuut opnieuw."
_ACTS = ("desk", "text", "begin", "extra", "lower", "pause", "watch", "take", "keys", "paste", "show")


@dataclass(eq=False)
class Member:
    """A program. What it is told goes by `send`, which does not wait."""

    number: int
    board_id: int
    send: Callable[[Message], None]
    page: bool
    here: Here = field(default_factory=Here)
    told: bool = False
    """Whether it said who is there."""
    desk: bool = False
    watches: Member | None = None
    taken_by: Member | None = None

    @property
    def learns(self) -> bool:
        """Whether it is one of the class."""
        return self.page and not self.here.leads

    @property
    def seat(self) -> Message:
        """What the desk is told of it."""
        return {"board": self.board_id, **asdict(self.here)}


class Hub:
    """All of them."""

    def __init__(self, reason: Reason) -> None:
        self._reason = reason
        self._last = 0
        self.members: dict[int, Member] = {}
        self.paused_by: Member | None = None
        self.shown_by: Member | None = None
        self.beside_another = False
        """Whether another server of this database answers trainers in a terminal: who came in there is not known here."""

    def enter(self, board_id: int, send: Callable[[Message], None], *, page: bool = True) -> Member:
        """A program begins; numbers are never given out again."""
        self._last += 1
        member = self.members[self._last] = Member(self._last, board_id, send, page)
        return member

    def leave(self, member: Member) -> None:
        """It is gone: what it had taken is given back, and who had taken it is told."""
        self.members.pop(member.number, None)
        self._close(member)
        for one in self._watching(member):
            one.watches = None
            one.send({"say": "gone", "of": member.number})
        if member.told:
            self._tell_desks(gone=[member.number])

    async def hear(self, member: Member, message: Message) -> None:
        """It says something. What is not known, or not whole, is not heard."""
        say = message.get("say")
        if say == "here":
            if message.get("first") is True:
                self._begun(member)
            self._here(member, Here.read(message))
        elif say == "frame":
            self._frame(member, message)
        elif say == "desk" and message.get("on") is False:
            self._close_desk(member)
        elif say in _ACTS:
            why = await self._why_not(member)
            if member.number in self.members and (why := why or self._act(member, str(say), message)):
                member.send({"say": "refused", "sentence": why})

    async def _why_not(self, member: Member) -> str:
        try:
            return await asyncio.to_thread(self._reason, member.board_id, member.here.user)
        except Exception:  # a database that cannot be read gives no rights
            return UNKNOWN

    # ---- what everybody says

    def _begun(self, member: Member) -> None:
        """Its program began, maybe again on the same page: it knows of nothing."""
        member.told = False
        if self._watching(member) or self.shown_by is member:
            member.send({"say": "watch", "on": True})
        if member.taken_by is not None:
            member.send({"say": "taken", "on": True, "by": member.taken_by.here.user})

    def _here(self, member: Member, here: Here) -> None:
        learned, member.here, first = member.learns and member.told, here, not member.told
        member.told = True
        if member.learns and not learned:  # it comes into a class that may be held, or looks at a trainer's screen
            for say, by in (("pause", self.paused_by), ("shown", self.shown_by)):
                if by is not None and by is not member:
                    member.send({"say": say, "on": True, "by": by.here.user})
            if self.shown_by is not None:
                self.shown_by.send({"say": "watch", "on": True})
        elif learned and not member.learns:
            self._let_go(member)
        if not here.user or not here.leads:
            self._close(member)
        if member.learns:
            self._tell_desks([member])
        elif not first:
            self._tell_desks(gone=[member.number])

    def _let_go(self, member: Member) -> None:
        """Whoever is no learner any more is held by nothing."""
        for say in ("pause", "shown"):
            member.send({"say": say, "on": False, "by": ""})
        self._hand_back(member)

    def _frame(self, member: Member, message: Message) -> None:
        for one in self._watching(member):
            one.send({**message, "of": member.number})
        if self.shown_by is member:
            for one in self._learners():
                one.send(message)

    # ---- what a trainer asks

    def _act(self, member: Member, say: str, message: Message) -> str:
        """Do it; why not, as a sentence."""
        to = message.get("to")
        match say, message:
            case "desk", {"on": True}:
                member.desk = True
                self._tell([member], self._learners(), whole=True)
            case "pause", {"on": bool(on)}:
                self._pause(member if on else None, member)
            case "show", {"on": bool(on)}:
                self._show(member if on else None, member)
            case "watch", {"to": int(number)}:
                return self._watch(member, number)
            case "take", {"on": bool(on)}:
                return self._take(member) if on else self._give(member)
            case ("keys", {"keys": list()}) | ("paste", {"text": str()}):
                if member.watches is not None and member.watches.taken_by is member:
                    member.watches.send(message)
            case ("text", {"text": str()}) | ("begin", {"lesson": str(), "title": str(), "exam": bool()}):
                return self._send(member, message, to)
            case ("extra", {"seconds": int()}) | ("lower", _) if isinstance(to, int):
                return self._send(member, message, to)
        return ""

    def _send(self, member: Member, message: Message, to: object) -> str:
        there = self.members.get(to) if isinstance(to, int) else None
        if to is not None and (there is None or not there.learns):
            return GONE
        said = {key: value for key, value in message.items() if key != "to"}
        if "text" in said:
            said["text"] = said["text"][:LONGEST_TEXT]
        for one in [there] if there else self._learners():
            one.send({**said, "by": member.here.user})
        return ""

    def _pause(self, by: Member | None, asked: Member) -> None:
        self.paused_by = by
        for one in self._learners():
            one.send({"say": "pause", "on": by is not None, "by": asked.here.user})
        self._tell_desks()

    def _show(self, by: Member | None, asked: Member) -> None:
        before, self.shown_by = self.shown_by, by
        if before is not None and before is not by:
            self._follow(before)
        for one in self._learners():
            one.send({"say": "shown", "on": by is not None, "by": asked.here.user})
        if by is not None:
            by.send({"say": "watch", "on": True})
        self._tell_desks()

    def _watch(self, member: Member, number: int) -> str:
        self._give(member)
        before, there = member.watches, self.members.get(number)
        member.watches = there if there is not None and there.learns else None
        if before is not None and before is not member.watches:
            self._follow(before)
        if member.watches is not None:
            member.watches.send({"say": "watch", "on": True})
        return GONE if number and member.watches is None else ""

    def _take(self, member: Member) -> str:
        there = member.watches
        if there is None:
            return NOBODY
        if there.taken_by not in (None, member):
            return TAKEN
        there.taken_by = member
        there.send({"say": "taken", "on": True, "by": member.here.user})
        member.send({"say": "held", "on": True})
        return ""

    def _give(self, member: Member) -> str:
        for one in self.members.values():
            if one.taken_by is member:
                self._hand_back(one)
        return ""

    # ---- what ends

    def _hand_back(self, learner: Member) -> None:
        if learner.taken_by is not None:
            learner.taken_by.send({"say": "held", "on": False})
            learner.taken_by = None
            learner.send({"say": "taken", "on": False, "by": ""})

    def _close_desk(self, member: Member) -> None:
        """The desk is out of view; a pause and a screen that is shown stay, for a trainer does other things too."""
        if member.desk or member.watches is not None:
            member.desk = False
            self._watch(member, 0)

    def _close(self, member: Member) -> None:
        """It leads nothing any more."""
        self._close_desk(member)
        self._give(member)
        if self.paused_by is member:
            self._pause(None, member)
        if self.shown_by is member:
            self._show(None, member)

    # ---- who is there

    def _learners(self) -> list[Member]:
        return [one for one in self.members.values() if one.learns and one.told]

    def _watching(self, member: Member) -> list[Member]:
        return [one for one in self.members.values() if one.watches is member]

    def _follow(self, member: Member) -> None:
        """Let it stop sending its screen, if nobody looks at it any more."""
        if not self._watching(member) and self.shown_by is not member:
            member.send({"say": "watch", "on": False})

    def _tell_desks(self, changed: Iterable[Member] = (), gone: Iterable[int] = ()) -> None:
        self._tell([one for one in self.members.values() if one.desk], changed, gone)

    def _tell(
        self, desks: Iterable[Member], changed: Iterable[Member], gone: Iterable[int] = (), *, whole: bool = False
    ) -> None:
        message = {
            "say": "seats",
            "seats": {str(one.number): one.seat for one in changed},
            "gone": list(gone),
            "whole": whole,
            "paused": self.paused_by is not None,
            "shows": self.shown_by is not None,
        }
        for desk in desks:
            desk.send({**message, "own": self.shown_by is desk})
