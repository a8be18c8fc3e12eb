"""A message as it came to a service, and the answer that goes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO

from app.exchange.uwlr_xml.requested import Request
from app.uwlr.disturbing import Disturbance
from app.uwlr.journal import Entry


@dataclass
class Call:
    """What came: the body, rewound, and what HTTP said of it."""

    board_id: int
    body: IO[bytes]
    size: int = 0
    address: str = ""
    client: str = ""
    action: str | None = None
    """SOAPAction; empty without one, None for what did not come over HTTP."""
    service: str = ""
    """The namespace of the service that was called; empty for an address of both."""
    certificate: str = ""
    """The klantcode in the caller's certificate; empty without one."""
    media: str | None = None
    """The media type; empty without one, None for what did not come over HTTP."""


@dataclass
class Answer:
    """What goes back: the body, rewound, its media type and the status of HTTP."""

    body: IO[bytes]
    entry: Entry
    content_type: str = "text/xml"
    status: int = 200
    request: Request = field(default_factory=Request)
    disturbance: Disturbance | None = None
    """What is to go wrong with it on its way."""
