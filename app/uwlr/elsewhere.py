"""Which boards the web service is used on, for who looks at another."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from models.board import OWN, Board
from models.webservice import ExchangedMessage, Supplier


def used_instead(board_id: int, suppliers: bool = False) -> list[str]:
    """The boards with calls, if this one has none; the one with the newest board number first.

    `suppliers`: a board with a supplier of its own counts as used too. Empty if this board is used.
    """
    users: list[Any] = [ExchangedMessage, Supplier] if suppliers else [ExchangedMessage]
    if any(one.select().where(one.board == board_id).exists() for one in users):
        return []
    used = reduce(or_, (Board.id.in_(one.select(one.board)) for one in users))
    return [row.name for row in Board.select(Board.name).where(OWN, used).order_by(Board.id.desc())]
