"""What happened in lessons as statements of the Experience API (xAPI 1.0.3, IEEE 9274.1.1), for a learning record store.

Part Two of the specification (Experience API Data) says what a statement may hold. Ours:

- the actor is an account: the home page given, and the board's part of a web address (with the user, on a board that several
  share); never an e-mail address, and a name only if asked for;
- verbs are those of ADL's vocabulary; the activity is the lesson, or the step with the lesson as its parent;
- a registration is one run: the same for all its statements. It and each id are UUIDs of version 5, made of what never changes
  (numbers that are not given out again, moments), and so is all that counts when statements are compared (2.3.1): who exports
  again, sends what the store has already under the same id. With names that holds until one is changed;
- a score is one of an exam, never how far somebody is: that is an extension.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from app.clock import AMSTERDAM
from app.refusals import Refused
from app.training.reports.happened import Event, Run, open_time
from models.training import LessonProgress

HOME = "https://esis-terminal.example"
"""Where accounts are and activities are named, unless told otherwise; in a domain that belongs to nobody (RFC 2606)."""
LANGUAGE = "nl"
PLATFORM = "ESIS in de terminal"
VERBS = {
    "initialized": "begon",
    "attempted": "probeerde",
    "interacted": "deed iets in",
    "asked": "vroeg hulp bij",
    "experienced": "kreeg te lezen of te zien bij",
    "responded": "herstelde iets in",
    "completed": "voltooide",
    "progressed": "kwam verder in",
    "suspended": "onderbrak",
    "resumed": "ging verder met",
    "passed": "slaagde voor",
    "failed": "zakte voor",
    "terminated": "beëindigde",
}
"""The verbs used, of those at `http://adlnet.gov/expapi/verbs/`, and how each is displayed."""
_VERB = "http://adlnet.gov/expapi/verbs/"
_TYPE = "http://adlnet.gov/expapi/activities/"
_PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
"""How far somebody is, in percent, as cmi5 names it."""
_STEPS = {"given": "attempted", "act": "interacted", "hint": "asked", "remark": "experienced", "mended": "responded"}
_STEPS |= {"helped": "experienced", "done": "completed"}
_WHOLE = {"left": "suspended", "resumed": "resumed"}
_PLAIN = re.compile("[a-z0-9][a-z0-9._-]{0,99}")

Titles = Callable[[LessonProgress], tuple[str, Mapping[int, str]]]
Statement = dict[str, Any]


@dataclass(frozen=True)
class Exported:
    """How statements are made."""

    titles: Titles
    """The title of a run's lesson, and of its steps by number."""
    home: str = HOME
    """An absolute URL without a slash at the end (`checked_home`)."""
    names: bool = False
    """Whether learners' names go with it."""


def checked_home(text: str) -> str:
    """A home page as typed. Raises `Refused` for anything but an absolute web address."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:  # half an IPv6 address
        parts = urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise Refused(f"'{text}' is geen webadres. Geef dat van uw organisatie, zoals https://leren.voorbeeld.nl.")
    return quote(text.strip().rstrip("/"), safe=":/%[]~!$&'()*+,;=")


def jsonl(runs: Iterable[Run], how: Exported) -> Iterator[str]:
    """The statements of these runs, one line of JSON each, ended by a newline."""
    for run in runs:
        for statement in statements(run, how):
            yield json.dumps(statement, ensure_ascii=False) + "\n"


def statements(run: Run, how: Exported) -> list[Statement]:
    """The statements of a run, in order of time."""
    return _Made(run, how).all()


def duration(taken: timedelta) -> str:
    """ISO 8601, to a hundredth of a second at most: `PT1H2M3.5S`, and `PT0S` for none."""
    hundredths = round(max(taken, timedelta()) / timedelta(milliseconds=10))
    minutes, seconds = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""]
    if seconds or not any(parts):
        parts.append(f"{seconds / 100:g}S")
    return "PT" + "".join(parts)


class _Made:
    """The statements of one run."""

    def __init__(self, run: Run, how: Exported) -> None:
        self.run, self.how, self.row = run, how, run.progress
        self.title, self.steps = how.titles(self.row)
        begun = self.row.started_at.isoformat()
        self.registration = uuid5(NAMESPACE_URL, f"{how.home}/{run.slug}/{self.row.lesson}/{self.row.id}/{begun}")

    def all(self) -> list[Statement]:
        """All of them."""
        found = [self._of_run("initialized", self.row.started_at)]
        for event in self.run.events:
            found += self._of_event(event)
        return [*found, *self._ends()]

    def _of_event(self, event: Event) -> Iterator[Statement]:
        if event.kind in _WHOLE:
            yield self._made(f"{event.id}", _WHOLE[event.kind], self._lesson(), event.at)
            return
        result = self._result(event)
        yield self._made(f"{event.id}", _STEPS[event.kind], self._step(event.step), event.at, result, inside=True)
        if event.kind == "done":
            percent = round(100 * event.step / max(self.row.steps, event.step))
            yield self._made(
                f"{event.id}/progress", "progressed", self._lesson(), event.at, {"extensions": {_PROGRESS: percent}}
            )

    def _result(self, event: Event) -> Statement:
        match event.kind:
            case "done":
                return {"completion": True, "duration": duration(self._taken(event))}
            case "hint":
                return {
                    "extensions": {self._own("hint"): int(event.detail) if event.detail.isdigit() else event.detail}
                }
            case "remark" | "mended":
                return {"extensions": {self._own(event.kind): event.detail}}
            case "helped":
                return {"extensions": {self._own("helped"): True}}
        return {}

    def _taken(self, done: Event) -> timedelta:
        given = next((one for one in self.run.events if one.kind == "given" and one.step == done.step), done)
        return open_time(self.run.events, given.at, done.at)

    def _ends(self) -> Iterator[Statement]:
        row, ended = self.row, self.row.finished_at or self.row.given_up_at
        if ended is None:
            return
        taken = {"duration": duration(open_time(self.run.events, row.started_at, ended))}
        if row.finished_at is not None:
            yield self._of_run("completed", ended, {"completion": True, **taken})
            if row.mode == "exam" and row.passed is not None:
                outcome = {"success": bool(row.passed), "completion": True, **self._score(), **taken}
                yield self._of_run("passed" if row.passed else "failed", ended, outcome)
        yield self._of_run("terminated", ended, {"completion": row.finished_at is not None, **taken})

    def _score(self) -> Statement:
        won, most = self.row.points, self.row.points_of
        if won is None or not most:
            return {}
        won = min(max(won, 0), most)
        return {"score": {"scaled": round(won / most, 4), "raw": won, "min": 0, "max": most}}

    def _of_run(self, verb: str, at: datetime, result: Statement | None = None) -> Statement:
        return self._made(verb, verb, self._lesson(), at, result)

    def _made(
        self, key: str, verb: str, about: Statement, at: datetime, result: Statement | None = None, inside: bool = False
    ) -> Statement:
        made: Statement = {
            "id": str(uuid5(self.registration, key)),
            "actor": self._actor(),
            "verb": {"id": _VERB + verb, "display": {LANGUAGE: VERBS[verb]}},
            "object": about,
            **({"result": result} if result else {}),
            "context": self._context(inside),
            "timestamp": at.astimezone(AMSTERDAM).isoformat(timespec="milliseconds"),
        }
        return made

    def _actor(self) -> Statement:
        name = self.run.slug if self.run.own else f"{self.run.slug}/{_user(self.row.learner)}"
        actor: Statement = {"objectType": "Agent", "account": {"homePage": self.how.home, "name": name}}
        if self.how.names and self.run.learner and "@" not in self.run.learner:
            actor["name"] = self.run.learner
        return actor

    def _context(self, inside: bool) -> Statement:
        row = self.row
        mode = {"objectType": "Activity", "id": self._iri("soort", row.mode)}
        parents = {"parent": [self._lesson()]} if inside else {}
        return {
            "registration": str(self.registration),
            "platform": PLATFORM,
            "language": LANGUAGE,
            "contextActivities": {**parents, "grouping": [self._all_lessons()], "category": [mode]},
            "extensions": {self._own("level"): row.level, self._own("seed"): row.seed},
        }

    def _all_lessons(self) -> Statement:
        return _activity(self._iri("lessen"), f"{PLATFORM}: de lessen", "course")

    def _lesson(self) -> Statement:
        return _activity(self._iri("lessen", self.row.lesson), self.title, "lesson")

    def _step(self, number: int) -> Statement:
        title = self.steps.get(number) or f"Stap {number}"
        return _activity(self._iri("lessen", self.row.lesson, "stap", str(number)), title, "objective")

    def _iri(self, *steps: str) -> str:
        return "/".join([self.how.home, *(quote(step, safe="") for step in steps)])

    def _own(self, name: str) -> str:
        """The key of an extension of ours."""
        return self._iri("xapi", name)


def _activity(iri: str, title: str, kind: str) -> Statement:
    return {
        "objectType": "Activity",
        "id": iri,
        "definition": {"name": {LANGUAGE: title}, "type": _TYPE + kind},
    }


def _user(name: str) -> str:
    """A user of ESIS as part of an account; what was typed instead, such as a name or an address, becomes a number."""
    return name if _PLAIN.fullmatch(name) else str(uuid5(NAMESPACE_URL, name))
