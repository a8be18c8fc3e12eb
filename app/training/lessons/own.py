"""Lessons of one's own: draaiboeken in the folder of a class, and those that a trainer added to the database.

Such a lesson is one file: what it would include or send from beside it is not there for who does it. A file that is
wrong is kept out of the list, and told with its lines to the trainer; it is nothing to the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app import clock
from app.access import Actor, writing
from app.files.regular import read_text
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.training import classes
from app.training.lessons import folder
from app.training.scripts.composing import LONGEST
from app.training.scripts.document import SUFFIX, Script, parse_script
from app.training.scripts.errors import InvalidScript, Mistake
from app.training.scripts.varying import DEFAULT
from models.training import OwnLesson

FOLDER, DATABASE = "map", "toegevoegd"
MOST = 500
"""Files of a folder that are read."""
LONGEST_NAME = int(OwnLesson.name.max_length)
_NAME = re.compile(r"\w[\w.() -]{0,99}")


@dataclass(frozen=True)
class Own:
    """A lesson of one's own, as it is listed; of a wrong one only the name and why."""

    name: str
    origin: str
    """`map` or `toegevoegd`."""
    script: Script | None
    text: str
    wrong: str = ""
    """Every mistake on a line of its own, each with `FILE:LINE`; empty if it can be done."""

    @property
    def path(self) -> Path:
        """For messages."""
        return self.script.path if self.script else Path(f"{self.name}{SUFFIX}")

    @property
    def title(self) -> str:
        """Its title, or its file if that cannot be read."""
        return self.script.title if self.script else f"{self.name}{SUFFIX}"


def read_lesson(text: str, path: Path, seed: int = DEFAULT) -> Script:
    """A lesson of one's own from its text. Raises `InvalidScript` with all that is wrong."""
    name = name_of(path)
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise InvalidScript([Mistake(str(path), 1, _FILE_NAME)])
    script = _parsed(text, path, seed)
    mistakes = [] if script.lesson else [Mistake(str(path), script.lines.get("kind", 1), _DEMO)]
    for step in script.steps:
        for command in step.commands:
            if command.file or (command.word == "send" and command.form == _SEND_FILE):
                mistakes.append(Mistake(str(path), command.at, _BESIDE))
    if mistakes:
        raise InvalidScript(dict.fromkeys(mistakes))
    return script


_SEND_FILE = 2
_DEMO = "Dit is een demo (kind: demo), en geen les. Haal die regel weg, of speel het met esis play."
_FILE_NAME = "Zo kan een les niet heten: geef het bestand een naam van 1 tot 100 letters, cijfers en streepjes."
_BESIDE = "Een eigen les is een bestand: wat ernaast staat, gaat niet mee. Zet de regels in de les zelf."


@lru_cache(maxsize=256)
def _parsed(text: str, path: Path, seed: int) -> Script:
    return parse_script(text, path, seed)


def read_file(path: Path, seed: int = DEFAULT) -> tuple[Script, str]:
    """A lesson from a file, with its text. Raises `InvalidScript`, or `Refused` if it cannot be read."""
    text = read_text(path, 4 * LONGEST)
    return read_lesson(text, path, seed), text


def listed(taken: frozenset[str] = frozenset()) -> list[Own]:
    """Those of the folder and of the database, by name; `taken` are names that other lessons have."""
    found: list[Own] = []
    names = set(taken)
    for one in [*_in_folder(), *_in_database()]:
        if one.name in names:
            one = Own(
                one.name,
                one.origin,
                None,
                one.text,
                f"Er is al een les die {one.name} heet. Geef deze een andere naam.",
            )
        names.add(one.name)
        found.append(one)
    return sorted(found, key=lambda one: one.name)


def _in_folder() -> list[Own]:
    where = folder.chosen()
    if where is None:
        return []
    try:
        paths = sorted(where.glob(f"*{SUFFIX}"))[:MOST] if where.is_dir() else None
    except OSError:
        paths = None
    if paths is None:
        return [Own(where.name, FOLDER, None, "", f"De map {where} is er niet, of is niet te lezen.")]
    return [_of_file(path) for path in paths]


def _of_file(path: Path) -> Own:
    name = name_of(path)
    try:
        text = read_text(path, 4 * LONGEST)
    except Refused as refusal:
        return Own(name, FOLDER, None, "", refusal.sentence)
    return _own(name, FOLDER, text, path)


def _in_database() -> list[Own]:
    rows = OwnLesson.select().order_by(OwnLesson.name)
    return [_own(row.name, DATABASE, row.text, Path(f"{row.name}{SUFFIX}")) for row in rows]


def _own(name: str, origin: str, text: str, path: Path) -> Own:
    try:
        return Own(name, origin, read_lesson(text, path), text)
    except Refused as refusal:
        return Own(name, origin, None, text, refusal.sentence)


def name_of(path: Path) -> str:
    """The name of a lesson in this file."""
    return path.name.removesuffix(SUFFIX).removesuffix(".md").strip().lower()


def check(name: str, text: str, taken: frozenset[str]) -> Script:
    """The lesson that this would be. Raises `Refused`: with what is wrong in it, or because of its name."""
    if not _NAME.fullmatch(name):
        raise Refused("Geef de les een naam van letters, cijfers en streepjes, zoals onze-koppeling.", field="name")
    if name in taken:
        raise Refused(f"Er is al een les die {name} heet, en die blijft. Kies een andere naam.", field="name")
    try:
        return read_lesson(text, Path(f"{name}{SUFFIX}"))
    except Refused as refusal:
        raise Refused(refusal.sentence, field="text") from refusal


def exists(name: str) -> bool:
    """Whether a lesson of this name was added before."""
    return bool(OwnLesson.select().where(OwnLesson.name == name).exists())


def add(actor: Actor, name: str, text: str, taken: frozenset[str], *, replace: bool = False) -> str:
    """Add a lesson, or replace one; returns what was done as a sentence. Who is doing it goes on with the text that was
    there then. Raises `Refused` as `check` does, or if it is there and may not be replaced, and `NotAllowed` for
    who does not lead the class: all boards of this database get it.
    """
    script = check(name, text, taken)
    classes.require_leading(actor)
    with writing(actor, Permission.LEAD_CLASS):
        row = OwnLesson.get_or_none(OwnLesson.name == name)
        if row is not None and not replace:
            raise Refused(f"De les {name} is er al. Vervang haar, of kies een andere naam.", field="name")
        if row is None:
            OwnLesson.create(name=name, text=text, added_at=clock.wall_now())
        else:
            OwnLesson.update(text=text, added_at=clock.wall_now()).where(OwnLesson.id == row.id).execute()
    return f"De les '{script.title}' is {'toegevoegd' if row is None else 'vervangen'}."


def remove(actor: Actor, name: str) -> str:
    """Remove a lesson that was added; returns what was done as a sentence. Raises `NotFound`, and `NotAllowed` for who
    does not lead the class.
    """
    classes.require_leading(actor)
    with writing(actor, Permission.LEAD_CLASS):
        if not OwnLesson.delete().where(OwnLesson.name == name).execute():
            raise NotFound(f"De les {name} is er niet (meer).")
    return f"De les {name} is weggehaald."
