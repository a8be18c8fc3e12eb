"""What playing goes on after, and what is told of it at the end: `expect?`, `check?`, and masks that hid nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from app.training.lessons.course import Course
from app.training.scripts import events
from app.training.scripts.document import parse_script
from app.training.scripts.errors import CannotDo, PlayFailed
from app.training.scripts.expecting import Expectation
from app.training.scripts.masking import Mask
from app.training.scripts.playing import Player
from app.training.scripts.shots import Shot, Taken
from models.board import Board

HEAD = "---\ntitle: Proef\nkind: demo\n---\n"
FILE = Path("proef.draaiboek.md")


class Paper:
    """A driver of a program whose screen shows what was typed."""

    def __init__(self) -> None:
        self.screen = ""

    def check_runs(self) -> None:
        """It runs."""

    async def type(self, text: str) -> None:
        self.screen = text

    async def expect(self, expected: Expectation) -> None:
        if expected.told.strip("'") != self.screen:
            raise CannotDo(f"{expected.told} staat er niet.")

    async def still(self) -> None:
        """Nothing moves."""

    def take(self, masks: Sequence[Mask]) -> Taken:
        hid = frozenset(place for place, mask in enumerate(masks) if mask.places(self.screen))
        return Taken(self.shown(), self.picture(), hid)

    def shown(self) -> str:
        return self.screen

    def picture(self) -> str:
        return f"<svg>{self.screen}</svg>"


async def played(*lines: str) -> list[Shot]:
    script = parse_script(f"{HEAD}1. Stap\n\n```esis\n" + "\n".join(lines) + "\n```\n", FILE)
    return await Player(script, cast("Any", Paper()), Board()).play()


async def failing(*lines: str) -> PlayFailed:
    with pytest.raises(PlayFailed) as caught:
        await played(*lines)
    return caught.value


async def test_what_is_softly_wrong_is_told_at_the_end_with_the_screen_of_that_moment() -> None:
    assert [shot.name for shot in await played('type "a"', 'expect? "a"', "shot een")] == ["een"]
    found = await failing('type "a"', 'expect? "b"', 'type "c"', 'expect? focus "d"', 'type "e"', "shot een")
    told = [(one.mistake.line, one.mistake.sentence, one.shown, one.picture, one.step) for one in found.each]
    assert told == [
        (9, "'b' staat er niet.", "a", "<svg>a</svg>", 1),
        (11, "'d' staat er niet.", "c", "<svg>c</svg>", 1),
    ]
    assert [shot.name for shot in found.shots] == ["een"]
    assert found.whole, "the pictures that are no longer taken count"
    assert found.sentence.count("Op het scherm stond:") == 2
    assert [(one.line, one.step, one.seen) for one in events.of_refusal(FILE, found)] == [(9, 1, "a"), (11, 1, "c")]


async def test_what_was_noted_is_told_too_when_another_line_stops_it() -> None:
    found = await failing('expect? "b"', 'expect "c"', 'type "d"')
    assert [one.mistake.line for one in found.each] == [8, 9]
    assert not found.whole


async def test_a_mask_that_hides_nothing_after_it_fails_at_its_line() -> None:
    await played('mask "a"', "mask /B+/", 'type "A"', "shot een", 'type "BB"', "shot twee")
    found = await failing(
        'type "a"', "shot een", 'mask "a"', "mask /^c$/", 'type "b"', "shot twee", "shot drie", 'mask "b"'
    )
    assert [(one.mistake.line, one.mistake.sentence) for one in found.each] == [
        (10, "'a' staat in geen van de 2 plaatjes hierna, en verbergt dus niets."),
        (11, "/^c$/ staat in geen van de 2 plaatjes hierna, en verbergt dus niets."),
        (15, "Na deze regel komt geen plaatje (shot) waarin hij iets kan verbergen."),
    ]


def test_a_lesson_pays_no_attention_to_what_is_for_tests_only() -> None:
    only = (
        'mask "x"\nexpect focus "y"\nexpect colour good on "z"\nexpect? "w"\ncheck? coupling iep-lvs active\nshot een'
    )
    text = f'---\ntitle: Proef\n---\n1. Een\n\n```esis\n{only}\n```\n\n2. Twee\n\n```esis\n{only[:-3]}twee\nexpect "Q"\n```\n'
    (task,) = Course(parse_script(text, FILE)).tasks
    assert (task.title, task.checks, [one.text for one in task.expected]) == ("1. Een; 2. Twee", (), ["Q"])
