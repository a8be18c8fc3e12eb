"""The operations of the two services of UWLR 2.2 (standards/README.md, section 1)."""

from __future__ import annotations

from dataclasses import dataclass

from app.exchange.uwlr_xml import types
from app.exchange.uwlr_xml.namespaces import PUPILS, RESULTS
from app.exchange.uwlr_xml.pupil_data import DATA, DATA_PUPILS, DATA_TEACHERS, STRUCTURE
from app.exchange.uwlr_xml.requests import ASK, ASK_OF_GROUPS
from app.exchange.uwlr_xml.result_data import PUSH
from app.exchange.uwlr_xml.shapes import Element, Shape, choice


@dataclass(frozen=True, eq=False)
class Operation:
    """An operation of a service: its request and answer, and the SOAPAction of the WSDL."""

    name: str
    space: str
    request: str
    asked: Shape
    answer: str
    answered: Shape
    action: str
    data: str = ""
    """The element with the data in the answer; empty where the answer has none."""
    records: tuple[str, ...] = ()
    """The elements that a large message has very many of, the only ones of their name in it."""
    port: str = ""

    @property
    def staged(self) -> bool:
        """Whether it belongs to the port for staged pulls."""
        return self.port == "getrapt"


def _answer(name: str, element: str, data: Shape) -> Shape:
    none = (Element("geenwijzigingen", types.EMPTY), Element("geengegevens", types.EMPTY))
    return Shape(name, choice(Element(element, data), *none))


def _staged(name: str, request: str, asked: Shape, answered: Shape, data: str) -> Operation:
    answer = request.replace("verzoek", "antwoord")
    return Operation(
        name,
        PUPILS,
        request,
        asked,
        answer,
        _answer(f"ctp{name}", data, answered),
        f"{PUPILS}/{request}",
        data,
        port="getrapt",
    )


PULL_ALL = Operation(
    "HaalLeerlinggegevens",
    PUPILS,
    "leerlinggegevens_verzoek",
    ASK,
    "leerlinggegevens_antwoord",
    _answer("ctpLeerlinggegevensAntwoord", "leerlinggegevens", DATA),
    "HaalLeerlinggegevens",
    "leerlinggegevens",
)
PULL_STRUCTURE = _staged("HaalStructuur", "structuur_verzoek", ASK, STRUCTURE, "leerlinggegevens-structuur")
PULL_PUPILS = _staged("HaalLeerlingen", "leerlingen_verzoek", ASK_OF_GROUPS, DATA_PUPILS, "leerlinggegevens-leerlingen")
PULL_TEACHERS = _staged(
    "HaalLeerkrachten", "leerkrachten_verzoek", ASK_OF_GROUPS, DATA_TEACHERS, "leerlinggegevens-leerkrachten"
)
PUSH_RESULTS = Operation(
    "BrengLeerresultaten",
    RESULTS,
    "leerresultaten_verzoek",
    PUSH,
    "leerresultaten_bevestiging",
    types.EMPTY,
    "BrengLeerresultaten",
    records=("toetsafname", "toets"),
)
OF_PUPILS = (PULL_ALL, PULL_STRUCTURE, PULL_PUPILS, PULL_TEACHERS)
OPERATIONS = (*OF_PUPILS, PUSH_RESULTS)
