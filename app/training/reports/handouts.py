"""What stands on a hand-out of a lesson: its steps, with answers or without, and the parts of its pictures that matter.

A picture is cut to the rows with what its step names (what is chosen, filled in, expected), with a few rows around them. One that
shows what a learner has to fill in comes only on a hand-out with answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from app.documents.handout import Cut, Handout, Picture, Task
from app.training.pictures import png_of
from app.training.scripts.cropping import COLUMN, ROW, Part, columns_of, cropped, part_of, texts_by_row
from app.training.scripts.document import Script, Step
from app.training.scripts.grammar import Command

SIZE, THEME = (120, 36), "esis-licht"
"""How its pictures are taken."""
AROUND = 2
"""Rows kept above and below what is named."""
CUTS = ((16, 22), (11, 16), (7, 12))
"""The least and the most rows of a picture: cut wide, closer, closest."""
COLUMNS = 84
"""Its columns: so few that they can be read in half the width of a sheet."""
LEFT_BLOCK = 27
"""Columns of the left block of a screen: beside it, a picture may begin."""
_NAMING = ("choose", "fill", "select", "tick", "untick", "expect")
_KEYS = {"escape": "Esc", "delete": "Del", "space": "de spatiebalk", "enter": "Enter", "tab": "Tab"}
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|^#+\s*", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
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
        case "open":
            return f"ga naar {given[0]}"
        case "choose":
            return f"kies {given[0]}" + (f" bij {given[1]}" if len(given) > 1 else "")
        case "fill" | "select":
            return f"{given[0]}: {given[1]}" if len(given) > 1 and given[1] else f"maak {given[0]} leeg"
        case "tick":
            return f"kruis {given[0]} aan"
        case "untick":
            return f"haal het kruisje bij {given[0]} weg"
        case "go":
            return f"ga naar {given[0]} (F6)"
        case "sign":
            return f"meld aan als {given[0]}" if given else "meld af"
        case "advance":
            return "verzet de schooltijd (F9)"
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
    last, columns = max(texts, default=0), min(COLUMNS, wide)
    rows = sorted({row for row, _, _ in found}) or [0]
    first, end = max(rows[0] - AROUND, 0), min(rows[-1] + AROUND, last)
    if end - first + 1 > most:  # what is named stands all over it: the part with most of it
        starts = [max(row - AROUND, 0) for row in rows]
        first = max(starts, key=lambda start: sum(start <= row < start + most for row in rows))
        end = min(first + most - 1, last)
    missing = max(least - (end - first + 1), 0)
    first = max(first - (missing + 1) // 2, 0)
    end = min(max(end, first + least - 1), last)
    lefts = [left for left in (0, LEFT_BLOCK, wide - columns) if 0 <= left <= wide - columns]
    inside = [(place, place + long) for row, place, long in found if first <= row <= end]
    left = max(lefts, key=lambda left: sum(left <= low and high <= left + columns for low, high in inside))
    return Part(first, left, end - first + 1, columns)


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
