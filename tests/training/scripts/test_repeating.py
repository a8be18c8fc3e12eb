"""Two plays of a draaiboek are the same to the byte, or it is told where they are not."""

from __future__ import annotations

from app.refusals import Refused
from app.training.scripts.outcome import Outcome
from app.training.scripts.repeating import unequal
from app.training.scripts.shots import Shot
from tests.drawn import shot


def outcome(*shots: Shot, refusal: Refused | None = None) -> Outcome:
    return Outcome(shots, refusal, (), 0.0)


def test_equal_plays_say_nothing_whatever_name_textual_gives_a_picture() -> None:
    was = shot("een", "tekst")
    other = Shot("een", 1, was.text, was.svg.replace("terminal-", "terminal-9"))
    assert list(unequal(outcome(was), outcome(other), 2, 20)) == []


def test_the_byte_of_the_text_or_else_of_the_picture_is_told() -> None:
    first = outcome(shot("een", "wit é zwart"), shot("twee", "tekst"))
    other = outcome(shot("een", "wit é zwatt"), shot("twee", "tekst", style="bold", styled=(0, 0, 3)))
    text, picture = unequal(first, other, 7, 20)
    assert text.sentence == "'een' is bij keer 7 van 20 niet gelijk aan keer 1: een.txt vanaf byte 11, 'rt↵' en 'tt↵'."
    assert picture.sentence.startswith("'twee' is bij keer 7 van 20 niet gelijk aan keer 1: twee.svg vanaf byte ")


def test_a_play_that_fails_once_is_told() -> None:
    (one,) = unequal(outcome(), outcome(refusal=Refused("f.md:3: Dat staat er niet.\n\nOp het scherm")), 2, 3)
    assert one.sentence == "Bij keer 2 van 3 ging het anders dan bij keer 1: f.md:3: Dat staat er niet."
    (one,) = unequal(outcome(refusal=Refused("f.md:3: Dat staat er niet.")), outcome(), 2, 3)
    assert one.sentence == "Bij keer 2 van 3 ging het anders dan bij keer 1: toen ging alles goed"
