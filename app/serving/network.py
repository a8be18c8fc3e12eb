"""The addresses by which other machines reach this one, found without sending anything."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, suppress

from app.platform_parts import addresses_of_cards

_ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Documentation addresses: nobody has them, and nothing is sent there."""


def own_addresses(host: str) -> list[str]:
    """For a server that listens everywhere (`0.0.0.0` or `::`): this machine's addresses, first the one it uses to
    reach others. Empty without a network.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = [*_on_the_way_out(family), *(addresses_of_cards() if family == socket.AF_INET else ())]
    return [one for one in dict.fromkeys(found) if not one.startswith(("127.", "169.254.", "fe80:")) and one != "::1"]


def _on_the_way_out(family: int) -> Iterator[str]:
    """Connecting a datagram socket selects its local address without sending anything."""
    for kind, elsewhere in _ELSEWHERE:
        if kind == family:
            with suppress(OSError), closing(socket.socket(kind, socket.SOCK_DGRAM)) as asking:
                asking.connect((elsewhere, 9))
                yield asking.getsockname()[0].partition("%")[0]
