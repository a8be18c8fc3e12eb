"""Every draaiboek that comes with the program is a complete lesson."""

from __future__ import annotations

import re

import pytest

from app.training.lessons import catalogue
from app.training.lessons.course import Course
from app.training.scripts import goldens
from app.training.scripts.document import SUFFIX, Script, read

PATHS = sorted(catalogue.folder().glob(f"*{SUFFIX}"))
MOVING = ("advance",)
"""Words after which the board is another."""


@pytest.fixture(params=PATHS, ids=lambda path: path.name.removesuffix(SUFFIX))
def script(request: pytest.FixtureRequest) -> Script:
    return read(request.param)


def test_there_are_enough_with_a_name_of_their_own() -> None:
    scripts = [read(path) for path in PATHS]
    assert len(scripts) >= 16
    assert len({found.title for found in scripts}) == len(scripts)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", found.name) for found in scripts)


def test_it_says_what_it_is_and_for_whom(script: Script) -> None:
    assert script.lesson
    assert script.audience
    assert script.steps[0].text
    assert 3 <= len(script.shots) <= 10
    assert len(script.steps) > 3


def test_it_can_be_done_as_a_lesson(script: Script) -> None:
    tasks = Course(script).tasks
    assert tasks[-1].checks
    assert all(task.text for task in tasks if task.steps[-1].title.startswith("Vraag"))
    for step in script.steps:
        if any(command.word in MOVING for command in step.commands):
            assert any(command.word == "check" for command in step.commands), step.title
    for task in tasks:
        assert task.goal
        assert all(
            remark.text.startswith(("U ", "De ", "Na ")) and remark.text.endswith(".") for remark in task.remarks
        )


def test_its_pictures_are_kept(script: Script) -> None:
    folder = script.path.with_name(f"{script.name}.golden")
    wanted = {f"{name}{tail}" for name in script.shots for tail in (".txt", ".svg")}
    assert {path.name for path in folder.iterdir()} == {*wanted, goldens.LIST}
    assert wanted == {*(folder / goldens.LIST).read_text(encoding="utf-8").splitlines()[1:]}
