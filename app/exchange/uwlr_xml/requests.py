"""What a supplier sends with every message, and what it asks: the header and the requests of UWLR 2.2, as shapes."""

from __future__ import annotations

from app.exchange.uwlr_xml import types
from app.exchange.uwlr_xml.shapes import Attribute, Element, Part, Shape, choice, optional, sequence

HEADER = Shape(
    "ctpAutorisatie",
    sequence(
        Element("autorisatiesleutel", types.STRING_64),
        Element("klantcode", types.STRING_64),
        Element("klantnaam", types.STRING_64),
    ),
)
WHICH_SCHOOL = (
    choice(
        sequence(Element("brincode", types.BRIN), Element("dependancecode", types.LOCATION, least=0, default="00")),
        Element("schoolkey", types.STRING_256),
    ),
)
_ASKED: tuple[Part, ...] = (
    Element("schooljaar", types.SCHOOL_YEAR),
    *WHICH_SCHOOL,
    Element("xsdversie", types.STRING_32),
    optional("gegevenssetid", types.STRING_64),
    optional("laatstontvangengegevens", types.MOMENT),
)
_GROUP_ASKED = Shape("ctpGroepVerzoek", attributes=(Attribute("key", types.KEY),))
_GROUPS_ASKED = Element(
    "groepen",
    Shape(
        "ctpGroepenVerzoek",
        choice(Element("groep", _GROUP_ASKED), Element("samengestelde_groep", _GROUP_ASKED), most=None),
    ),
)
ASK = Shape("ctpVerzoek", sequence(*_ASKED))
ASK_OF_GROUPS = Shape("ctpVerzoekGroepen", sequence(*_ASKED, _GROUPS_ASKED))
