"""A web service to kill: serves the practice board of a database, as `esis webservice` does.

`python -m tests.uwlr.program URL BOARD`; it prints its port.
"""

from __future__ import annotations

import asyncio
import sys

from app.files import temporary
from app.serving.running import run
from app.uwlr.handling import Manner
from app.uwlr.kept_answers import KeptAnswers
from app.uwlr.passing import Passage
from app.uwlr.server import Service
from models.schema import open_database


def main(url: str, board: str) -> None:
    open_database(url)
    with temporary.folder() as folder:
        manner = Manner(folder=folder, kept=KeptAnswers(folder))
        service = Service(lambda slug: None if slug else int(board), manner, passage=Passage(folder=folder))
        asyncio.run(run(service.application(), "127.0.0.1", 0, lambda port: print(port, flush=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
