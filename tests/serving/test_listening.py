"""A port that cannot be listened on is told in Dutch."""

from __future__ import annotations

import socket

import pytest
from aiohttp import web

from app.refusals import Refused
from app.serving.running import run


async def test_a_port_that_is_taken_is_told_in_the_users_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            Refused, match=f"poort {port} kan niet geluisterd worden: een ander programma luistert daar al"
        ):
            await run(web.Application(), "127.0.0.1", port, lambda _port: None)
