"""Names of learners: who sits at which board, as lists, results and certificates say.

A name is a person's own: it may stay empty, goes with the board, and can be forgotten by itself. It stays when the board
starts again, for then the same person goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.exchange import list_lines
from app.exchange.names import folded, full_name
from app.refusals import Refused
from app.school.text import clean_text
from models.board import Board

LONGEST = int(Board.learner.max_length)
QUESTION = "Hoe heet u? Dit staat op uw resultaten; het mag leeg blijven."
_WHOLE = ("naam", "name", "cursist", "deelnemer")
_PARTS = (("voornaam", "roepnaam"), ("tussenvoegsel", "voorvoegsel"), ("achternaam",))
_HEADER = (*_WHOLE, *(word for words in _PARTS for word in words))


def checked(text: str) -> str:
    """A name as it is kept; may be empty. Raises `Refused`."""
    return clean_text(text, LONGEST, "learner", "De naam")


def name(board: Board, text: str) -> str:
    """Write down who sits at a board; returns the name as kept. Raises `Refused`, also for a real board."""
    kept = checked(text)
    if not board.practice:
        raise Refused(f"{board.name} is geen oefenbestuur: daar staan geen namen van cursisten.")
    Board.update(learner=kept).where(Board.id == board.id).execute()
    board.learner = kept
    return kept


def of(board: Board) -> str:
    """Who sits at a board, as it is now; empty: nobody said."""
    found: Board | None = Board.select(Board.learner).where(Board.id == board.id).first()
    return "" if found is None else str(found.learner)


def asks(board: Board) -> bool:
    """Whether the one who signs in is asked for a name: the first time on a board of a class that has none."""
    found: Board = Board.get_by_id(board.id)
    return bool(found.password_hash) and not found.learner and found.used_at is None


def forget(boards: Sequence[Board]) -> int:
    """Erase the names of who sits at these boards; returns how many there were."""
    ids = [board.id for board in boards]
    return int(Board.update(learner="").where(Board.id.in_(ids), Board.learner != "").execute())


def read_names(path: Path, most: int) -> list[str]:
    """The names in a list: one a line, or a CSV or Excel file with a column Naam, or Voornaam, Tussenvoegsel and Achternaam.

    Raises `Refused` with the line at fault, and for an empty list or one of more than `most` names.
    """
    found: list[str] = []
    for line, text in _names(path):
        try:
            kept = checked(text)
        except Refused as refusal:
            raise Refused(f"{path.name}, regel {line}: {refusal.sentence}", field="names") from None
        if kept:
            found.append(kept)
    if not found:
        raise Refused(f"In {path.name} staan geen namen. Zet er op elke regel een.", field="names")
    if len(found) > most:
        raise Refused(f"In {path.name} staan {len(found)} namen; er kunnen er {most} in een klas.", field="names")
    return found


def _names(path: Path) -> Iterator[tuple[int, str]]:
    lines = list_lines.lines(path, _HEADER)
    columns: list[list[int]] | None = None
    for count, (line, cells) in enumerate(lines):
        if count == 0 and (columns := _columns([folded(cell) for cell in cells])):
            continue
        if columns:
            values = ((cells[place] for place in places if place < len(cells)) for places in columns)
            yield line, full_name(*(next(iter(part), "").strip() for part in values))
        else:
            yield line, full_name(*(cell.strip() for cell in cells))


def _columns(head: Sequence[str]) -> list[list[int]]:
    """The columns that hold a name, in the order in which it is spoken; none where the first line is a name itself."""
    whole = [place for place, title in enumerate(head) if title in _WHOLE]
    if whole:
        return [whole[:1]]
    parts = [[place for place, title in enumerate(head) if title in words] for words in _PARTS]
    return [places for places in parts if places] if parts[0] or parts[2] else []
