"""What went over the line during a run, and a line that gives it back, changed."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from app.other_esis.client import Client, NotReached, Reply
from app.uwlr.conformance.probe import Heard, Message, Probe
from app.uwlr.conformance.running import Run

FEW = 8


@dataclass(frozen=True)
class Sent:
    """A call; bytes that need not be HTTP have the method RAW."""

    url: str
    method: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def with_body(self, body: bytes) -> Sent:
        """The same call with another body."""
        return Sent(self.url, self.method, self.headers, body)


@dataclass(frozen=True)
class Got:
    """What came back."""

    status: int
    media: str
    body: bytes

    def reply(self) -> Reply:
        """As the client gives it."""
        return Reply(self.status, {"Content-Type": self.media}, io.BytesIO(self.body), len(self.body))


@dataclass
class Recorder:
    """Goes between a probe and the client, and remembers by test what was sent."""

    client: Client
    exchanges: list[tuple[str, Sent, Got]] = field(default_factory=list)
    kept: dict[str, set[str]] = field(default_factory=dict)
    """Test id -> the names of answers that it looked at and that another test may have asked."""
    _now: list[tuple[Sent, Got]] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)

    async def send(
        self,
        url: str,
        body: bytes | IO[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
        with_client: bool = True,
    ) -> Reply:
        assert body is None or isinstance(body, bytes)
        reply = await self.client.send(url, body, headers, method, with_client)
        sent = Sent(url, method, tuple(sorted((headers or {}).items())), body or b"")
        got = Got(reply.status, reply.headers.get("Content-Type", ""), small(reply.body.read()))
        self._now.append((sent, got))
        return got.reply()

    async def raw(self, url: str, head: bytes, patience: float = 10.0) -> bytes:
        found = await self.client.raw(url, head, patience)
        self._now.append((Sent(url, "RAW", (), head), Got(0, "", found)))
        return found

    def ended(self, test: str) -> None:
        """A test is done: what went before was its."""
        self.exchanges += [(test, sent, got) for sent, got in self._now]
        self.kept[test] = set(self._names)
        self._now.clear()
        self._names.clear()

    def tracked(self, probe: Probe) -> Probe:
        """The probe, that tells which kept answers are looked at."""
        recorder = self

        class Tracked(Probe):
            async def kept(self, name: str, message: Message, look: Any = lambda _: None) -> Heard:
                recorder._names.add(name)
                return await super().kept(name, message, look)

        return Tracked(probe.line, probe.pupils, probe.results, probe.who, probe.school, probe.tests)


def small(body: bytes) -> bytes:
    """An answer without most of its pupils: reading them all for every mutant would take most of the time."""
    begin, *pupils = re.split(rb"(?=<leerling )", body)
    if len(pupils) <= FEW:
        return body
    rest = pupils[-1].partition(b"</leerling>")
    return b"".join([begin, *pupils[:FEW], rest[2]])


Change = Callable[["World", Sent, Got, int], Got]
"""What a mutant makes of an answer; the number says how often the same was sent, from 1."""


@dataclass
class World:
    """A recorded run."""

    exchanges: list[tuple[str, Sent, Got]]
    kept: dict[str, set[str]]
    probe: Probe
    run: Run

    def __post_init__(self) -> None:
        self.answers = {sent: got for _, sent, got in self.exchanges}

    def answer_to(self, sent: Sent) -> Got | None:
        """What was answered to this call, if it was sent."""
        return self.answers.get(sent)

    def affected(self, change: Change) -> list[str]:
        """The tests that hear something else from this mutant, in their order, and those that look at what these asked."""
        times: Counter[Sent] = Counter()
        hit: list[str] = []
        for test, sent, got in self.exchanges:
            times[sent] += 1
            if test not in hit and change(self, sent, got, times[sent]) != got:
                hit.append(test)
        names = set().union(*(self.kept[test] for test in hit)) if hit else set()
        return [test for test in self.kept if test in hit or self.kept[test] & names]


@dataclass
class MutantLine:
    """A server that answers as ours did, but for one thing."""

    world: World
    change: Change
    _times: Counter[Sent] = field(default_factory=Counter)

    async def send(
        self,
        url: str,
        body: bytes | IO[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
        with_client: bool = True,  # noqa: ARG002  # there are no certificates here
    ) -> Reply:
        assert body is None or isinstance(body, bytes)
        return self._got(Sent(url, method, tuple(sorted((headers or {}).items())), body or b"")).reply()

    async def raw(self, url: str, head: bytes, patience: float = 10.0) -> bytes:  # noqa: ARG002  # it answers at once
        return self._got(Sent(url, "RAW", (), head)).body

    def _got(self, sent: Sent) -> Got:
        found = self.world.answer_to(sent)
        if found is None:
            if sent.method == "GET":
                return Got(405, "", b"")
            raise NotReached("This was not sent when the answers were recorded.")
        self._times[sent] += 1
        return self.change(self.world, sent, found, self._times[sent])
