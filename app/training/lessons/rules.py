"""Rules for the texts of a lesson, so that it teaches: hints that do not give the answer, remarks that explain, goals
that do not give the way.

Shared by the test of the lessons that come along and by whoever checks a lesson of his own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.partners.registry import partners
from app.training.lessons.hints import HINTS, own_hints, text_of
from app.training.lessons.tasks import Remark, Task, tasks_of
from app.training.scripts.checks import Check
from app.training.scripts.document import Script
from app.training.scripts.errors import Mistake
from app.training.scripts.grammar import Command

_CHECK_TOLD = re.compile(r"^(dan staat er|als dit gelukt is|op het scherm staat dan)\b", re.IGNORECASE)
_WRONG = re.compile(r"\b(dit|dat) is (fout|verkeerd|onjuist|niet goed)\b|^(fout|helaas|onjuist)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?](?=\s|$)")
SENTENCES = 2
"""A remark has at least so many: what happened, and why that does not help or how it is seen."""
_CURE = re.compile(
    r"\b(beide kanten|andere (kant|helft)|dezelfde (verificatie)?code|e-mail(adres\w*)?)\b", re.IGNORECASE
)
"""What a goal must not name before the story did: where it sits is what the learner is to find out."""
SEPARATOR = " > "
_OPEN = ("KEY", "CODE", "NAME", "DAY", "MOMENT", "ROLE")
"""Placeholders of a check in which stands what a learner is to find."""


def answers(script: Script, task: Task) -> set[str]:
    """What has to be filled in, typed or chosen from a list, and what its checks name and the story does not: no hint may
    hold it.
    """
    typed = {row.given[-1].strip() for row in task.commands if row.word in ("fill", "type", "select")}
    story = f"{script.title}\n{script.steps[0].text}"
    named = {word for check in task.checks for word in _named(check) if not holds(story, word)}
    gone_to = {row.given[0] for row in task.commands if row.word == "go"}
    return {text for text in typed | named if len(text) > 2} - _programs() - gone_to


def _named(check: Check) -> Iterator[str]:
    for one in (check, *check.also):
        parts = [part for part in one.kind.written.split() if part.isupper()]
        for part, word in zip(parts, one.given, strict=True):
            if part in _OPEN:
                yield word.replace("_", " ")


def ways(task: Task) -> set[str]:
    """Every path (whole, and each part), label and value of its lines. The name of a program is none, nor is a lone
    letter or digit.
    """
    found: set[str] = set()
    for command in task.commands:
        found.update(_words(command))
    return {text for text in found if len(text) > 1 and any(map(str.isalnum, text))} - _programs()


def _words(command: Command) -> Iterable[str]:
    given = [text.strip().strip('"') for text in command.given]
    if command.word == "open":
        return (given[0], *given[0].split(SEPARATOR))
    if command.word in ("choose", "fill", "select", "tick", "untick", "type", "scroll"):
        return given
    return given[:1] if command.word == "sign" else ()


def _programs() -> set[str]:
    return {"ESIS", *(partner.name for partner in partners())}


def holds(text: str, word: str) -> bool:
    """Whether a word or phrase stands in a text, as a whole. Of one word the capitals count too: a label is `School`, a
    sentence speaks of a school.
    """
    flags = re.IGNORECASE if " " in word else re.RegexFlag(0)
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, flags))


def leaks(text: str, tasks: Iterable[Task]) -> set[str]:
    """The paths, labels and values of these tasks that a text gives away."""
    return {word for task in tasks for word in ways(task) if holds(text, word)}


def faults(script: Script) -> list[Mistake]:
    """Everything in the texts of a lesson that does not teach, with its line."""
    tasks = tasks_of(script)
    found = [one for task in tasks for one in (*_of_hints(script, task), *_of_remarks(script, task))]
    for place, task in enumerate(tasks):
        found += _of_goal(script, task, tasks[place:])
    return found


def _of_hints(script: Script, task: Task) -> Iterator[Mistake]:
    hints = own_hints(task)
    for hint in hints[2:]:
        yield script.mistake(
            hint, "Een stap heeft twee hints: waar u kijkt, en wat u doet. Daarna wordt het voorgedaan."
        )
    told = {check.sentence for check in task.checks} | {f"'{one.text}'" for one in task.expected}
    hidden = sorted(answers(script, task))
    for stage in HINTS[len(hints) : 2]:
        for answer in (answer for answer in hidden if holds(text_of(task, stage), answer)):
            sentence = f"De hint die ESIS hier zelf maakt, geeft het antwoord: {answer}. Schrijf twee hints."
            yield Mistake(str(script.path), task.steps[-1].line, sentence)
    for hint in hints[:2]:
        text = hint.given[0]
        for answer in (answer for answer in hidden if holds(text, answer)):
            yield script.mistake(hint, f"Deze hint geeft het antwoord: {answer}.")
        if _CHECK_TOLD.search(text) or any(one in text for one in told):
            yield script.mistake(hint, "Deze hint zegt wat er dan staat. Zeg waar de leerling kijkt, of wat hij doet.")


def _of_remarks(script: Script, task: Task) -> Iterator[Mistake]:
    for remark in task.remarks:
        if sentence := fault_of(remark):
            yield Mistake(remark.file or str(script.path), remark.line, sentence)


def fault_of(remark: Remark) -> str:
    """Why a remark does not teach; empty if it does."""
    if _WRONG.search(remark.text):
        return "Een opmerking zegt niet dat iets fout is, maar wat er gebeurde en waarom dat niet helpt."
    if len(_SENTENCE.findall(remark.text)) < SENTENCES:
        return "Een opmerking zegt wat er gebeurde, waarom dat niet helpt en waaraan de leerling dat ziet."
    return ""


def _of_goal(script: Script, task: Task, still_open: Iterable[Task]) -> Iterator[Mistake]:
    own = [command for command in task.commands if command.word == "goal"]
    for goal in own:
        for word in sorted(leaks(goal.given[0], still_open)):
            yield script.mistake(goal, f"Dit doel geeft de weg: '{word}' hoort bij een stap die nog open is.")
        story = f"{script.title}\n{script.steps[0].text}".casefold()
        for cure in (found[0] for found in _CURE.finditer(goal.given[0]) if found[0].casefold() not in story):
            yield script.mistake(goal, f"Dit doel zegt al waar het aan ligt: '{cure}' staat niet in het verhaal.")
