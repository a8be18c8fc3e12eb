"""A run in every form: lines for people, JSON and JUnit for programs. Two runs are equal but for the seconds."""

from __future__ import annotations

from typing import Any

from lxml import etree

from app.counted import counted
from app.uwlr.conformance.model import LEVELS, VERDICTS, Result, Verdict
from app.uwlr.conformance.running import Run

_leaf = etree.SubElement


def line(result: Result) -> str:
    """A test in a line, and for what failed what was expected."""
    seen = result.seen
    told = f"{VERDICTS[seen.verdict]:12} {result.id:17} {LEVELS[result.level]:9} {result.title}"
    if seen.verdict is Verdict.PASSED:
        return told
    if seen.verdict is Verdict.SKIPPED:
        return f"{told}\n             {seen.told}"
    about = f"\n             Zie de eisen: {', '.join(result.rules)}" if result.rules else ""
    return f"{told}\n             Verwacht: {result.expected}\n             Uitkomst: {seen.told}{about}"


def summary(run: Run) -> str:
    """The counts, and what came out otherwise than expected."""
    parts = [f"{len(run.of(verdict))} {word}" for verdict, word in VERDICTS.items()]
    lines = [f"{counted(len(run.results), 'test', 'tests')}: {', '.join(parts)}."]
    if run.expected:
        known = len(run.expected) - len(run.mended)
        lines.append(f"{counted(known, 'fout was', 'fouten waren')} verwacht.")
    for one in run.mended:
        lines.append(
            f"{one.id} stond bij de verwachte fouten en is nu {VERDICTS[one.seen.verdict]}: haal hem daar weg."
        )
    return "\n".join(lines)


def as_json(run: Run) -> dict[str, Any]:
    """The run as data."""
    return {
        "about": run.about,
        "as_expected": run.as_expected,
        "counts": {str(verdict): len(run.of(verdict)) for verdict in Verdict},
        "unexpected": [one.id for one in run.unexpected],
        "no_longer_failing": [one.id for one in run.mended],
        "tests": [
            {
                "id": one.id,
                "level": str(one.level),
                "title": one.title,
                "rules": list(one.rules),
                "verdict": str(one.seen.verdict),
                "expected": one.expected,
                "seen": one.seen.told,
                "expected_to_fail": one.id in run.expected,
                "seconds": round(one.seconds, 3),
            }
            for one in run.results
        ],
    }


def as_junit(run: Run) -> bytes:
    """The run as JUnit XML: an expected failure counts as skipped, one that no longer fails as a failure."""
    wrong = {one.id for one in (*run.unexpected, *run.mended)}
    left_out = [one for one in run.results if one.id not in wrong and one.seen.verdict is not Verdict.PASSED]
    suite = etree.Element(
        "testsuite",
        name="esis uwlr check",
        tests=str(len(run.results)),
        failures=str(len(wrong)),
        errors="0",
        skipped=str(len(left_out)),
        time=f"{sum(one.seconds for one in run.results):.3f}",
    )
    for one in run.results:
        case = _leaf(suite, "testcase", classname=f"uwlr.{one.level}", name=f"{one.id} {one.title}")
        case.set("time", f"{one.seconds:.3f}")
        told = f"Verwacht: {one.expected} Uitkomst: {one.seen.told}"
        if one in run.mended:
            _leaf(case, "failure", message=_plain(f"Stond bij de verwachte fouten en faalt niet meer. {told}"))
        elif one.id in wrong:
            _leaf(case, "failure", message=_plain(told)).text = _plain(f"{told}\nEisen: {', '.join(one.rules)}")
        elif one.seen.verdict is not Verdict.PASSED:
            _leaf(case, "skipped", message=_plain(told))
    return etree.tostring(suite, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _plain(text: str) -> str:
    """What a LAS said may hold what XML cannot."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in text)
