"""Writes tests down: by a decorator, or in a line for the many that expect a refusal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.exchange.uwlr_xml.rules import FaultCode, Rule
from app.uwlr.conformance.model import Level, Seen, Test
from app.uwlr.conformance.probe import Message, Probe, forgiven, refused

PREFIX = "LAS-"
"""Before the id of every test, so that it is not taken for the id of a rule."""
MUST, SHOULD, FIELD = Level.MUST, Level.SHOULD, Level.FIELD
Do = Callable[[Probe], Awaitable[Seen]]
Bend = Callable[[Message], object]


def as_it_is(_message: object) -> None:
    """Bend nothing."""


class Book:
    """The tests of one subject."""

    def __init__(self) -> None:
        self.tests: list[Test] = []

    def test(
        self, id: str, level: Level, title: str, expected: str, *rules: Rule, brings: bool = False
    ) -> Callable[[Do], Do]:
        """Write down the test that a function does."""

        def noted(do: Do) -> Do:
            self.tests.append(Test(f"{PREFIX}{id}", level, title, expected, rules, do, brings))
            return do

        return noted

    def refuses(
        self,
        id: str,
        level: Level,
        title: str,
        rule: Rule,
        bend: Bend,
        *codes: FaultCode,
        asked: Callable[[Probe], Message] = Probe.ask,
        judged: Callable[..., Seen] = refused,
    ) -> None:
        """A test that bends a good message and expects a fault with one of these codes, or any for none."""

        async def do(probe: Probe) -> Seen:
            message = asked(probe)
            changed = bend(message)
            body = changed if isinstance(changed, bytes) else None
            return judged(await probe.send(message, body), *codes)

        told = (
            f"Een fout met {' of '.join(codes)}."
            if codes
            else "Een weigering: een SOAP-fout, of een status van 400 of hoger."
        )
        self.tests.append(Test(f"{PREFIX}{id}", level, title, told, (rule,), do))

    def forgives(
        self, id: str, title: str, rule: Rule, bend: Bend, asked: Callable[[Probe], Message] = Probe.ask
    ) -> None:
        """A test of what the field does wrong: an answer and a clear refusal are both right."""

        async def do(probe: Probe) -> Seen:
            message = asked(probe)
            bend(message)
            return forgiven(await probe.send(message))

        told = "Een antwoord, of een duidelijke weigering: niet iets anders."
        self.tests.append(Test(f"{PREFIX}{id}", FIELD, title, told, (rule,), do))


__all__ = ["FIELD", "MUST", "SHOULD", "Book", "as_it_is"]
