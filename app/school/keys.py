"""The next key in a series of a board (`M022`, `99QQ00-2019-17`): keys of staff and groups, which are never reused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from app.history import was_deleted
from models.board import Location
from models.bulk import insert_missing
from models.school import FormerKey, Pupil


def next_key(model: Any, location: Location, prefix: str, digits: int) -> str:
    """The prefix and one more than the highest number ever used with it, padded to this many digits.

    Records of other locations of the board, and deleted ones, count as well: other systems may know them.
    """
    return next(next_keys(model, location, prefix, digits))


def next_keys(model: Any, location: Location, prefix: str, digits: int) -> Iterator[str]:
    """Yield one key after another, for records that are created together."""
    locations = Location.select(Location.id).where(Location.board == location.board_id)
    used = model.select(model.key).where(model.location.in_(locations), model.key.startswith(prefix))
    numbers = [int(row.key[len(prefix) :]) for row in used if _is_number(row.key[len(prefix) :])]
    for number in count(max(numbers, default=0) + 1):
        key = f"{prefix}{number:0{digits}d}"
        if not was_used(model, location.board_id, key):
            yield key


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def was_used(model: Any, board_id: int, key: str) -> bool:
    """Whether a record with this key was deleted, or a pupil had it before renumbering."""
    if model is Pupil:
        return bool(FormerKey.select().where(FormerKey.board == board_id, FormerKey.key == key).exists())
    return was_deleted(board_id, model, "key", key)


def give_up(board_id: int, pupil: Pupil) -> None:
    """Keep the leerlingnummer of a pupil about to be deleted, so that it is recognised if it turns up again."""
    insert_missing(FormerKey, [{"board": board_id, "key": pupil.key, "pupil": None}], ("board", "key"))
