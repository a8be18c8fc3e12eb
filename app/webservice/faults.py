"""How ESIS refuses a call: a UWLR fault code and a Dutch sentence (standards/README.md, section 3).

Over HTTP each becomes a soap:Fault; inside the program it is raised directly. The code for a stopped coupling is our
choice: the standard has none, so the only one that means "later" is used.
"""

from __future__ import annotations

from app.exchange.uwlr_xml.rules import FaultCode
from app.refusals import Refused


class WebServiceFault(Refused):
    """ESIS refuses a call; nothing changed. Never retried automatically."""

    code = FaultCode.AUTHORISATION


class UnknownClient(WebServiceFault):
    """Klantcode and klantnaam are unknown or do not match."""

    code = FaultCode.CLIENT


class InvalidMessage(WebServiceFault):
    """The message violates its format."""

    code = FaultCode.MESSAGE


class UnknownCode(WebServiceFault):
    """ESIS does not know the verification code: it differs, or the coupling is not active."""


class CouplingStopped(WebServiceFault):
    """The coupling has no verification code in ESIS: it is paused."""

    code = FaultCode.NOT_NOW


class WrongLocation(WebServiceFault):
    """The BRIN and location number are unknown, or the code belongs to another location."""


class ResultsRefused(WebServiceFault):
    """ESIS refuses one or more results of a message, and so the message; `reasons`: by key, in Dutch sentences."""

    code = FaultCode.TERM

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__(next(iter(reasons.values())))
        self.reasons = reasons
