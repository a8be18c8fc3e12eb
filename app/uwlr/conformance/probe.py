"""What a test has at hand: messages to bend, a way to send them, and what the LAS said before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any, Protocol

from lxml import etree

from app.exchange.uwlr import Authorisation, SchoolReference
from app.exchange.uwlr_xml.answered import DATA, FAULT, Answered, Person, read_answer
from app.exchange.uwlr_xml.asking import Asked, as_bytes, asked, brought, headers
from app.exchange.uwlr_xml.namespaces import SOAP_11
from app.exchange.uwlr_xml.nodes import Node
from app.exchange.uwlr_xml.operations import PULL_ALL, PUSH_RESULTS, Operation
from app.exchange.uwlr_xml.rules import FaultCode, Finding, Violation
from app.other_esis.client import Reply
from app.uwlr.conformance.model import Seen, failed, passed, skipped

_FEW = 3


class Line(Protocol):
    """The way to the LAS (`app.other_esis.client.Client`)."""

    async def send(
        self,
        url: str,
        body: bytes | IO[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
        with_client: bool = True,
    ) -> Reply:
        """Send a call. Raises `NotReached`."""
        ...

    async def raw(self, url: str, head: bytes, patience: float = 10.0) -> bytes:
        """Send bytes that need not be HTTP."""
        ...


@dataclass
class Message:
    """A message to be bent: `root` is its envelope."""

    operation: Operation
    root: etree._Element
    headers: dict[str, str]

    @property
    def request(self) -> etree._Element:
        """The element in the Body."""
        return self.root[-1][0]

    def find(self, name: str) -> etree._Element:
        """The first element of this name, of whatever namespace."""
        return next(self.root.iter(f"{{*}}{name}"))

    def put(self, name: str, text: str) -> Message:
        """Give an element another text."""
        self.find(name).text = text
        return self

    def drop(self, name: str) -> Message:
        """Take an element away."""
        found = self.find(name)
        above = found.getparent()
        assert above is not None
        above.remove(found)
        return self

    def body(self, encoding: str = "utf-8") -> bytes:
        """As it goes over the line."""
        return as_bytes(self.root, encoding)


@dataclass
class Heard:
    """What the LAS said: `answered` is None for what cannot be read as XML, and `unreadable` says why."""

    status: int
    media: str
    beginning: bytes
    answered: Answered | None = None
    unreadable: Finding | None = None
    people: list[Person] = field(default_factory=list)
    """The first few."""

    @property
    def kind(self) -> str:
        """The kind of the answer, empty for none."""
        return self.answered.kind if self.answered is not None else ""

    @property
    def code(self) -> str:
        """The code of a fault."""
        return self.answered.code if self.answered is not None else ""

    @property
    def is_answer(self) -> bool:
        """Whether it is what was asked for, and no fault."""
        return self.kind not in ("", FAULT)

    @property
    def told(self) -> str:
        """In a few words."""
        if self.kind == FAULT:
            return f"de fout {self.code or '(zonder faultcode)'}"
        if self.is_answer:
            return f"een antwoord ({self.kind})"
        if self.answered is not None:
            return f"XML die geen antwoord en geen fout is (status {self.status})"
        return f"iets dat geen XML is (status {self.status})"


@dataclass
class Probe:
    """One run against one LAS. What was asked before is asked once."""

    line: Line
    pupils: str
    results: str
    who: Authorisation
    school: SchoolReference
    tests: tuple[str, ...] = ()
    """toetscodes that the school has: only these are brought."""
    has_certificate: bool = False
    _kept: dict[str, Heard] = field(default_factory=dict)

    def ask(self, operation: Operation = PULL_ALL, soap: str = SOAP_11, **other: Any) -> Message:
        """A good pull, to bend; `other` as in `Asked`."""
        what = replace(Asked(operation, self.who, self.school), **other)
        return Message(operation, asked(what, soap), headers(operation, soap))

    def bring(self, values: Mapping[str, Any]) -> Message:
        """A push with what its request holds."""
        return Message(PUSH_RESULTS, brought(self.who, values), headers(PUSH_RESULTS))

    def url(self, operation: Operation) -> str:
        """Where an operation is called."""
        return self.results if operation is PUSH_RESULTS else self.pupils

    async def send(
        self, message: Message, body: bytes | None = None, look: Callable[[Node], None] = lambda _: None, **how: Any
    ) -> Heard:
        """Send a message, or other bytes in its place, and hear what comes back."""
        said = how.pop("headers", message.headers)
        reply = await self.line.send(
            self.url(message.operation), body if body is not None else message.body(), said, **how
        )
        return hear(reply, look)

    async def whole(self) -> Heard:
        """The answer to a good pull of everything."""
        return await self.kept("alles", self.ask())

    async def kept(self, name: str, message: Message, look: Callable[[Node], None] = lambda _: None) -> Heard:
        """The answer to a message that several tests send."""
        if name not in self._kept:
            self._kept[name] = await self.send(message, look=look)
        return self._kept[name]


def hear(reply: Reply, look: Callable[[Node], None] = lambda _: None) -> Heard:
    """Read a reply."""
    heard = Heard(reply.status, reply.headers.get("Content-Type", ""), reply.beginning())

    def take(person: Person) -> None:
        if len(heard.people) < _FEW:
            heard.people.append(person)

    with reply.body as body:
        try:
            heard.answered = read_answer(body, take, look=look)
        except Violation as violation:
            heard.unreadable = violation.findings[0]
    return heard


def refused(heard: Heard, *codes: FaultCode) -> Seen:
    """A test that expects a fault with one of these codes; without codes any refusal will do."""
    told = f"Er kwam {heard.told}."
    if heard.kind == FAULT:
        return passed(told) if not codes or heard.code in codes else failed(told)
    if not codes and not heard.is_answer and heard.status >= 400:
        return passed(told)
    return failed(told)


def forgiven(heard: Heard) -> Seen:
    """A test that is content with an answer and with a clear refusal."""
    told = f"Er kwam {heard.told}."
    return passed(told) if heard.is_answer or heard.kind == FAULT or heard.status in (400, 415) else failed(told)


def given(heard: Heard) -> Seen:
    """A test that expects pupils."""
    return passed(f"Er kwam {heard.told}.") if heard.kind == DATA else failed(f"Er kwam {heard.told}.")


NO_DATA = "De LAS gaf geen leerlingen, dus hier valt niets aan te zien."


async def with_data(probe: Probe) -> tuple[Answered | None, Heard]:
    """The answer with pupils, or None."""
    heard = await probe.whole()
    return (heard.answered if heard.kind == DATA else None), heard


def no_data() -> Seen:
    """The end of a test for which pupils are needed."""
    return skipped(NO_DATA)
