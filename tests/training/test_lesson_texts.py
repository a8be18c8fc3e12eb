"""The texts of every lesson that comes along teach, and the panel of an exam gives nothing of the way."""

from __future__ import annotations

import re

import pytest

from app.training.lessons import catalogue, rules
from app.training.lessons.course import Course
from app.training.lessons.hints import TOO_SOON, WAIT, own_hints
from app.training.lessons.tasks import tasks_of
from app.training.scripts.document import Script
from app.training.scripts.grammar import Command
from screens.presenting.lesson_words import FINAL, caption, story_of

SENTENCE = re.compile(r"[.!?:;](?=\s|$)")


@pytest.fixture(params=catalogue.lessons(), ids=lambda script: script.name)
def script(request: pytest.FixtureRequest) -> Script:
    found: Script = request.param
    return found


def test_nothing_in_it_gives_the_answer_or_explains_nothing(script: Script) -> None:
    assert rules.faults(script) == []


def test_every_task_has_a_goal_and_two_hints_of_its_own(script: Script) -> None:
    for task in tasks_of(script):
        assert [command.word for command in task.commands].count("goal") >= 1, task.title
        where, what = own_hints(task)
        assert re.match("Kijk ", where.given[0]), where.given[0]
        assert where.given[0] != what.given[0]


def test_every_remark_says_what_why_and_how_it_is_seen(script: Script) -> None:
    for task in tasks_of(script):
        for remark in task.remarks:
            assert len(SENTENCE.findall(remark.text)) >= 3, remark.text
            assert len(remark.text) <= 260, remark.text


def test_the_story_is_enough_to_begin_and_the_exam_has_a_time(script: Script) -> None:
    assert len(script.steps[0].text) > 200
    assert rules.SEPARATOR not in script.steps[0].text
    assert script.minutes


def test_in_the_panel_of_the_exam_no_path_label_or_value_of_an_open_step_stands(script: Script) -> None:
    course = Course(script, exam=True)
    for place in range(len(course.tasks)):
        course.done = place
        course.remark = "een opmerking"
        told = caption(course, "een hint", 75.0, 225).text
        assert rules.leaks(told, course.tasks[place:]) == set()
        assert course.tasks[place].goal in told
        assert "opmerking" not in told
        assert "een hint" not in told
        assert script.title not in told


KEYS = {"g": "G", "!": "!", "f1": "F1", "f4": "F4", "f8": "F8", "f10": "F10", "ctrl+p": "Ctrl+P", "delete": "Del"}
"""Keys that a newcomer cannot know, as a lesson calls them."""


def wanted(command: Command) -> str:
    """The screen, program, user or key of a line."""
    given = str(command.given[0]).strip('"') if command.given else ""
    match command.word:
        case "advance":
            return "F9"
        case "press":
            return KEYS.get(given.lower(), "")
        case "open":
            return given.split(rules.SEPARATOR)[-1]
        case "go" | "sign":
            return given
    return ""


def test_at_level_1_every_task_says_which_screen_program_user_and_key(script: Script) -> None:
    for task in tasks_of(script):
        assert task.text, task.title
        told = f"{task.title} {task.text}".casefold()
        assert [want for want in map(wanted, task.commands) if want.casefold() not in told] == [], task.title


def test_who_is_to_look_at_a_group_of_his_choice_is_done_when_that_group_shows(script: Script) -> None:
    for step in script.steps:
        groups = [row.given[0] for row in step.commands if row.word == "choose" and row.given[0].startswith("Groep ")]
        shown = [row.given[0] for row in step.commands if row.word == "expect"]
        for group in groups if "Mijn groep" in [row.given[0] for row in step.commands if row.word == "open"] else ():
            assert any(text.startswith(f"{group}, ") for text in shown), step.title


def test_what_cannot_be_undone_is_not_promised_to_be_mended(script: Script) -> None:
    told = story_of(Course(script, level=2))
    assert (FINAL in script.steps[0].text) == ("u herstelt het zelf" not in told.replace("\n", " "))


def test_the_first_task_of_the_first_lesson_says_what_to_press() -> None:
    assert "Tab" in tasks_of(catalogue.find("rondleiding"))[0].title


def test_every_lesson_that_comes_along_reads_and_begins_with_the_easy_ones() -> None:
    found = catalogue.lessons()
    assert found
    assert [row.difficulty for row in found] == sorted(row.difficulty for row in found)
    assert all(Course(row).tasks for row in found)


def test_who_asks_too_soon_hears_after_how_long_he_may_ask_again() -> None:
    assert f"na {WAIT:.0f} seconden" in TOO_SOON
