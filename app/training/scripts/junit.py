"""The results of draaiboeken as JUnit XML, in the form that Jenkins, GitLab and GitHub's reporters read.

A `testsuite` is a draaiboek, a `testcase` one of its steps, with its file and line. What failed in a step is one
`failure`; the screen is in `system-out`. Steps that were not reached are `skipped`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from app.training.scripts.document import Step
from app.training.scripts.events import Event, Happened
from app.training.scripts.outcome import Told
from app.version import program_version

MARK = '<testsuites name="esis play"'
"""Marks a file of results, which may be overwritten."""
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""
FILE = "het bestand"
GOLDENS = "gouden schermen"


@dataclass
class _Case:
    """A test case."""

    name: str
    line: int | None = None
    seconds: float = 0.0
    reached: bool = True
    failed: list[Event] = field(default_factory=list)
    unseen: list[Event] = field(default_factory=list)
    """Pictures without a golden screen to compare with."""


def results(told: Sequence[Told], size: str, seconds: float) -> bytes:
    """The file: UTF-8, with totals; `size` is that of the screens, `seconds` the wall time of all together."""
    suites = [(one, _cases(one)) for one in told]
    cases = [case for _, found in suites for case in found]
    root = etree.Element("testsuites", {"name": "esis play"} | _totals(cases, seconds))
    for one, found in suites:
        root.append(_suite(one, found, size))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _totals(cases: Sequence[_Case], seconds: float) -> dict[str, str]:
    return {
        "tests": str(len(cases)),
        "failures": str(sum(bool(case.failed) for case in cases)),
        "errors": "0",
        "skipped": str(sum(_is_skipped(case) for case in cases)),
        "time": f"{seconds:.3f}",
    }


def _is_skipped(case: _Case) -> bool:
    return not case.failed and (not case.reached or bool(case.unseen))


def _cases(told: Told) -> list[_Case]:
    steps = [step for step in told.script.steps if step.commands or step.number] if told.script else []
    cases = {step.number: _Case(_title(step), step.line) for step in steps}
    if told.outcome and told.script:
        _time(told, cases)
    for event in told.events:
        case = cases.get(event.step if event.step is not None else -1)
        if case is None:  # of the file as a whole, or of a golden screen that no line makes any more
            name = GOLDENS if event.golden else FILE
            case = next((one for one in cases.values() if one.name == name), None) or _Case(name, event.line)
            cases.setdefault(-1 if name == FILE else -2, case)
        case.reached = True
        (case.failed if event.event is Happened.FAILED else case.unseen).append(event)
    return list(cases.values()) or [_Case(FILE)]


def _title(step: Step) -> str:
    return f"{step.number}. {step.title}" if step.number else "inleiding"


def _time(told: Told, cases: dict[int, _Case]) -> None:
    assert told.outcome
    assert told.script
    begun = {told.script.steps[place].number: at for place, at in told.outcome.begun}
    moments = [*sorted(begun.values()), told.outcome.seconds]
    for number, case in cases.items():
        case.reached = number in begun
        if case.reached:
            case.seconds = next((later for later in moments if later > begun[number]), begun[number]) - begun[number]


def _suite(told: Told, cases: Sequence[_Case], size: str) -> etree._Element:
    name = told.script.name if told.script else told.path.name
    seconds = told.outcome.seconds if told.outcome else 0.0
    suite = etree.Element(
        "testsuite", {"name": _clean(name)} | _totals(cases, seconds) | {"file": _clean(str(told.path))}
    )
    properties = etree.SubElement(suite, "properties")
    about = {
        "titel": told.script.title if told.script else "",
        "beginstand": told.script.board if told.script else "",
        "maat": size,
        "versie": program_version(),
    }
    for key, value in about.items():
        etree.SubElement(properties, "property", name=key, value=_clean(value))
    for case in cases:
        suite.append(_testcase(told, case, name))
    return suite


def _testcase(told: Told, case: _Case, suite: str) -> etree._Element:
    element = etree.Element(
        "testcase",
        name=_clean(case.name),
        classname=_clean(suite),
        time=f"{case.seconds:.3f}",
        file=_clean(str(told.path)),
    )
    line = next((event.line for event in case.failed if event.line), case.line)
    if line:
        element.set("line", str(line))
    if case.failed:
        first = case.failed[0]
        failure = etree.SubElement(element, "failure", type="draaiboek", message=_clean(first.message or ""))
        failure.text = _clean("\n".join(_placed(told, event) for event in case.failed))
    elif not case.reached:
        etree.SubElement(element, "skipped", message="Zover kwam het niet.")
    elif case.unseen:
        etree.SubElement(element, "skipped", message=_clean(case.unseen[0].message or ""))
    seen = [event.seen for event in (*case.failed, *case.unseen) if event.seen]
    if seen:
        etree.SubElement(element, "system-out").text = _clean("\n".join(seen))
    return element


def _placed(told: Told, event: Event) -> str:
    place = f"{event.file or told.path}:{event.line}: " if event.line else f"{event.file or told.path}: "
    return f"{place}{event.message or ''}"


def _clean(text: str) -> str:
    return _IMPOSSIBLE.sub("�", text)
