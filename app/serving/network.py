"""The addresses by which others in the network reach this machine, found without sending anything."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, suppress

from app.platform_parts import addresses_of_cards

_ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses of documentation: nobody has them, and nothing is sent there."""


def own_addresses(host: str) -> list[str]:
    """Of a server that listens everywhere (`0.0.0.0` or `::`): the addresses of this machine, the one by which it reaches
    others first. Empty where it is in no network.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = [*_on_the_way_out(family), *(addresses_of_cards() if family == socket.AF_INET else ())]
    return [one for one in dict.fromkeys(found) if not one.startswith(("127.", "169.254.", "fe80:")) and one != "::1"]


def _on_the_way_out(family: int) -> Iterator[str]:
    """A datagram socket that is connected has chosen its own address; only a datagram would go out, and there is none."""
    for kind, elsewhere in _ELSEWHERE:
        if kind == family:
            with suppress(OSError), closing(socket.socket(kind, socket.SOCK_DGRAM)) as asking:
                asking.connect((elsewhere, 9))
                yield asking.getsockname()[0].partition("%")[0]
