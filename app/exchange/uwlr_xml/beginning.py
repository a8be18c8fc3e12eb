"""What stands before the first record of a large message: who calls, and for which school.

Of somebody without a key no more is read than that.
"""

from __future__ import annotations

from typing import IO

from app.exchange.uwlr_xml.nodes import Limits, Node, read
from app.exchange.uwlr_xml.operations import PUSH_RESULTS
from app.exchange.uwlr_xml.requested import RECORDS, Request, understood_root

_LISTS = {"toetsafname": "toetsafnames", "toets": "toetsen"}


class _Enough(Exception):
    """The first record was read."""


def beginning(file: IO[bytes], limits: Limits = Limits()) -> Request:  # noqa: B008  # immutable
    """The request as it would be if it had only this one record; its findings are those of what was read.

    Raises `Violation` where it cannot be read as XML up to there.
    """
    found: list[Node] = []

    def first(node: Node) -> None:
        found.append(node)
        raise _Enough

    file.seek(0)
    try:
        found.append(read(file, RECORDS, first, limits))
    except _Enough:
        pass
    finally:
        file.seek(0)
    root = found[0]
    while root.parent is not None:
        root = root.parent
    if found[0] is not root:
        _complete(found[0])
    return understood_root(Request(), root)


def _complete(record: Node) -> None:
    """Let the rest be there, as far as its shape goes: it was not read yet."""
    asked = record.parent.parent if record.parent is not None else None
    if asked is None or asked.name != PUSH_RESULTS.request:
        return
    for name, container in _LISTS.items():
        if asked.child(container) is None:
            made = Node(container, asked.space, {}, asked, (record.line, record.column))
            Node(name, asked.space, {}, made, (record.line, record.column))
            asked.children.append(made)
