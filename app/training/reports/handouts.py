"""What stands on a hand-out of a lesson: its steps, with answers or without, and the parts of its pictures that matter.

A picture is cut to the rows with what its step names (what is chosen, filled in, expected), with a few rows around them. One that
shows what a learner has to fill in comes only on a hand-out with answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from app.documents.handout import Cut, Handout, Picture, Task
from app.training.lessons.hints import act
from app.training.pictures import png_of
from app.training.scripts.cropping import COLUMN, ROW, Part, columns_of, cropped, part_of, texts_by_row
from app.training.scripts.document import Script, Step
from app.training.scripts.grammar import Command

SIZE, THEME = (120, 36), "esis-licht"
"""How its pictures are taken."""
AROUND = 2
"""Rows kept above and below what is named."""
CUTS = ((16, 34), (16, 22), (11, 16), (7, 12))
"""The least and the most rows of a picture: all that is named, cut wide, closer, closest."""
COLUMNS, FEWEST, MOST = 84, 76, 92
"""Its columns, rather: so few that they can be read in half the width of a sheet; and a few more or less where that cuts
fewer words.
"""
CURSOR = "▶"
"""What stands before the row of a list where one is."""
LEFT_BLOCK = 27
"""Columns of the left block of a screen: beside it, a picture may begin."""
_NAMING = ("choose", "fill", "select", "tick", "untick", "expect")
_KEYS = {"escape": "Esc", "delete": "Del", "space": "de spatiebalk", "enter": "Enter", "tab": "Tab"}
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|^#+\s*", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_FRAME = re.compile("[\u2500-\u259f]")
"""What frames and bars are drawn with."""
_BULLET = re.compile(r"^\s*[-*]\s+", re.MULTILINE)


def handout(script: Script, shots: Mapping[str, str], *, answers: bool) -> Handout:
    """The hand-out of a lesson; `shots` has the SVG of its pictures by name, those that were taken."""
    story, *steps = script.steps
    filled = (row for step in steps for row in step.commands if row.word == "fill" and len(row.given) > 1)
    typed = {value for row in filled if len(value := str(row.given[1])) > 1}
    taken = [
        (step, row.given[0])
        for step in script.steps
        for row in step.commands
        if row.word == "shot" and row.given[0] in shots
    ]
    shown = [(step, shots[name]) for step, name in taken if answers or not _tells(shots[name], typed)]
    pictures = tuple(_picture(step, svg) for step, svg in shown)
    return Handout(
        title=script.title,
        audience=script.audience,
        story=plain_prose(story.text),
        tasks=tuple(
            Task(step.number, plain_prose(step.title), plain_prose(step.text), _answer(step) if answers else "")
            for step in steps
        ),
        pictures=pictures,
        matter=_by_weight([step for step, _ in shown]),
        foot=f"ESIS in de terminal: esis lesson start {script.name}" + (", met antwoorden" if answers else ""),
    )


def plain_prose(text: str) -> str:
    """Markdown as the text of one paragraph: without marks, links as their words."""
    return " ".join(_MARKS.sub("", _BULLET.sub("", _LINK.sub(r"\1", text))).split())


def _answer(step: Step) -> str:
    """How a step is done, as one line; what is done several times in a row stands there once, with how often."""
    found = [(told, len(list(same))) for told, same in groupby(filter(None, map(_told, step.commands)))]
    return "; ".join(told if times == 1 else f"{told} ({times} keer)" for told, times in found)


def _told(command: Command) -> str:
    given = [str(one) for one in command.given]
    match command.word:
        case "open" | "go" | "sign" | "advance":
            return act(command)
        case "choose":
            return f"kies {given[0]}" + (f" bij {given[1]}" if len(given) > 1 else "")
        case "fill" | "select":
            return f"{given[0]}: {given[1]}" if len(given) > 1 and given[1] else f"maak {given[0]} leeg"
        case "tick":
            return f"kruis {given[0]} aan"
        case "untick":
            return f"haal het kruisje bij {given[0]} weg"
        case "press":
            return f"druk op {', '.join(_key(one) for one in given)}"
        case "type":
            return f"typ {given[0]}"
    return ""


def _key(name: str) -> str:
    return _KEYS.get(name.lower(), name.upper() if len(name) < 4 else name.title())


def _tells(svg: str, typed: set[str]) -> bool:
    """Whether a picture shows something that has to be filled in."""
    words = "\n".join(texts_by_row(svg).values())
    return any(one in words for one in typed)


def _picture(step: Step, svg: str) -> Picture:
    whole = cropped(svg)
    texts, wide = texts_by_row(whole), columns_of(whole)
    title = plain_prose(step.title)
    return Picture(
        f"Bij {step.number}. {title}" if step.number else "Aan het begin",
        tuple(_cut(whole, what_matters(step, texts, wide, least, most)) for least, most in CUTS),
    )


def _cut(svg: str, part: Part) -> Cut:
    return Cut(part.columns * COLUMN, part.rows * ROW, lambda: png_of(part_of(svg, part)))


def what_matters(step: Step, texts: Mapping[int, str], wide: int, least: int, most: int) -> Part:
    """The part of a picture with what the step names, of so many rows; `texts` are its rows, `wide` its columns."""
    named = [str(given) for row in step.commands if row.word in _NAMING for given in row.given if len(str(given)) > 2]
    found = [(row, text.find(one), len(one)) for row, text in texts.items() for one in named if one in text]
    last = max(texts, default=0)
    rows = sorted({row for row, _, _ in found}) or [0]
    first, end = max(rows[0] - AROUND, 0), min(rows[-1] + AROUND, last)
    if end - first + 1 > most:  # what is named stands all over it: the part with most of it
        starts = [max(row - AROUND, 0) for row in rows]
        cursor = next((row for row, text in texts.items() if CURSOR in text), -1)
        first = max(
            starts,
            key=lambda start: (sum(start <= row < start + most for row in rows), start <= cursor < start + most),
        )
        end = min(first + most - 1, last)
    missing = max(least - (end - first + 1), 0)
    first = max(first - (missing + 1) // 2, 0)
    end = min(max(end, first + least - 1), last)
    inside = [(place, place + long) for row, place, long in found if first <= row <= end]
    left, columns = _columns([text for row, text in texts.items() if first <= row <= end], inside, wide)
    return Part(first, left, end - first + 1, columns)


def _columns(rows: Sequence[str], inside: Sequence[tuple[int, int]], wide: int) -> tuple[int, int]:
    """The first column and how many, with most of what is named (`inside`) and the fewest words cut through."""
    if wide <= COLUMNS:
        return 0, wide
    sizes = range(FEWEST, min(MOST, wide) + 1)
    ways = [(left, size) for size in sizes for left in range(wide - size + 1)]

    def worth(way: tuple[int, int]) -> tuple[int, ...]:
        left, right = way[0], way[0] + way[1]
        usual = min(abs(left - one) for one in (0, LEFT_BLOCK, wide - way[1]))
        named = sum(left <= low and high <= right for low, high in inside)
        return (
            named,
            -sum(_cut_at(text, edge) for text in rows for edge in (left, right)),
            -abs(way[1] - COLUMNS),
            -usual,
        )

    return max(ways, key=worth)


def _cut_at(text: str, edge: int) -> int:
    """How badly a row is cut before this column: through a word, or between two words of a sentence."""
    before, after = text[:edge].rstrip(), text[edge:].lstrip()
    if not before or not after or _FRAME.match(before[-1]) or _FRAME.match(after[0]):
        return 0
    return max(0, 2 - (len(text) - len(before) - len(after)))


def _by_weight(steps: Sequence[Step]) -> tuple[int, ...]:
    """The places of pictures, what matters most first: the outcome of the lesson, other outcomes, then those farthest
    from what is shown already.
    """
    outcomes = [place for place, step in enumerate(steps) if any(row.word == "check" for row in step.commands)]
    order = list(dict.fromkeys([*reversed(outcomes[-1:]), *outcomes]))
    rest = [place for place in range(len(steps)) if place not in order]
    while rest:
        best = max(rest, key=lambda place: min((abs(place - one) for one in order), default=0))
        order.append(best)
        rest.remove(best)
    return tuple(order)
