"""The addresses of the web service: ESIS's own path shapes, for each board, with the WSDL at the same address."""

from __future__ import annotations

from app.exchange.uwlr_xml.namespaces import PUPILS, RESULTS

BOTH = "/UWLR/UwlrStandaard2.2.svc"
"""The shape that a connector for the real ESIS uses; it takes every operation, and its WSDL is that of pupils."""
SHORT = "/uwlr2.2.svc"
OF_RESULTS = "/UWLR/UwlrLeerresultaten2.2.svc"
OF_PUPILS = "/UWLR/UwlrLeerlinggegevens2.2.svc"
PATHS = {BOTH: "", SHORT: "", OF_PUPILS: PUPILS, OF_RESULTS: RESULTS}
"""Path -> the namespace of its service, empty for both; matched without regard to case."""


def service_of(path: str) -> str | None:
    """The service at a path below that of a board; None for no service."""
    wanted = path.rstrip("/").lower()
    return next((space for known, space in PATHS.items() if known.lower() == wanted), None)


def told(root: str) -> dict[str, str]:
    """The addresses of a board below `root`, such as `http://127.0.0.1:8443/b/oefenbestuur-1`, as JSON names them."""
    found = {"pupils": f"{root}{OF_PUPILS}", "results": f"{root}{OF_RESULTS}"}
    return found | {f"{name}_wsdl": f"{address}?wsdl" for name, address in found.items()}
