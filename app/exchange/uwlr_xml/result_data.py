"""What a supplier brings: results with the tests they are of, as shapes of UWLR 2.2 (OSO 1.2 for an osoresultaat)."""

from __future__ import annotations

from app.exchange.uwlr_xml import types
from app.exchange.uwlr_xml.namespaces import OSO
from app.exchange.uwlr_xml.requests import WHICH_SCHOOL
from app.exchange.uwlr_xml.shapes import Attribute, Element, Shape, Text, Unique, choice, many, optional, sequence

_COLOUR = Text("tpKleurcode", base="nonNegativeInteger", least="0", most="255")
_GRADE = Text("tpSchoolcijfer", base="decimal", least="1.00", most="10.00")
_NORM = Shape(
    "ctpNorm",
    sequence(
        Element("term", types.STRING_64),
        optional("omschrijving", types.STRING_128),
        Element("beginnormwaarde", types.SCORE),
        Element("eindnormwaarde", types.SCORE),
        optional(
            "normkleur",
            Shape(
                "ctpNormkleur",
                sequence(
                    Element("rood_code", _COLOUR),
                    Element("groen_code", _COLOUR),
                    Element("blauw_code", _COLOUR),
                    Element("transparantie", Text("tpTransparantiecode", base="decimal", least="0.00", most="1.00")),
                ),
            ),
        ),
        optional("schoolcijfer_vanaf", _GRADE),
        optional("schoolcijfer_totenmet", _GRADE),
    ),
)
_NORMS = Shape(
    "ctpNormering",
    sequence(
        optional("toetscategorie", types.TERM),
        optional("toetsniveau", types.TERM),
        optional("wegingsfactor", types.DECIMAL),
        many("norm", _NORM),
    ),
    types.VOCABULARY,
)
TEST = Shape(
    "ctpToets",
    sequence(
        Element("toetscode", types.TERM),
        optional("versie", types.TERM),
        optional("toetsnaam", types.STRING_128),
        optional("leerjaar", types.TERM),
        optional("vakgebied", types.TERM),
        optional("toetsnormering", _NORMS),
        optional(
            "toetshierarchie",
            Shape(
                "ctpToetshierarchie",
                sequence(
                    many(
                        "ingang",
                        Shape(
                            "ctpIngang",
                            text=types.STRING_256,
                            attributes=(*types.VOCABULARY, Attribute("niveau", types.INTEGER, required=True)),
                        ),
                    )
                ),
            ),
        ),
        optional(
            "toetsonderdelen",
            Shape(
                "ctpToetsonderdelen",
                sequence(
                    many(
                        "toetsonderdeel",
                        Shape(
                            "ctpToetsOnderdeel",
                            sequence(
                                Element("toetsonderdeelvolgnummer", Text(base="positiveInteger")),
                                Element("toetsonderdeelcode", types.TERM),
                                optional("toetsonderdeelnaam", types.STRING_128),
                                optional("toetsonderdeelnormering", _NORMS),
                            ),
                        ),
                    )
                ),
                unique=(Unique("uOnderdeelVolgnummer", "toetsonderdeel", "toetsonderdeelvolgnummer"),),
            ),
        ),
    ),
)
_INT = Text(base="integer")
OSO_SCORE = Shape(
    "toetsscoreType",
    sequence(
        *(optional(name, _INT) for name in ("aantalopgaven", "aantalgoed", "aantalfout", "aantalgelezen")),
        optional("tijd", types.DECIMAL),
        optional("vaardigheidsscore", types.DECIMAL),
        optional("codevaardigheidsschaal", types.NOT_EMPTY),
        optional(
            "betrouwbaarheidsinterval",
            Shape(
                "betrouwbaarheidsintervalType",
                sequence(Element("bivlaag", types.DECIMAL), Element("bivhoog", types.DECIMAL)),
            ),
        ),
    ),
)
OSO_REFERENCE = Shape(
    "referentiescoreType",
    sequence(
        Element("codereferentiescore", types.NOT_EMPTY),
        Element("codevergelijkingsgroep", types.NOT_EMPTY),
        Element("waarde", types.NOT_EMPTY),
        optional("kwalificatie", types.NOT_EMPTY),
    ),
)
RESULT = Shape(
    "ctpResultaat",
    sequence(
        Element("afnamedatum", types.DATE),
        Element("toetscode", types.KEY),
        optional("versie", types.TERM),
        optional("toetsonderdeelcode", types.KEY),
        choice(
            Element("score", types.SCORE),
            Element(
                "osoresultaat",
                Shape(
                    "ctpOsoResultaat",
                    sequence(optional("toetsscore", OSO_SCORE, OSO), many("referentiescore", OSO_REFERENCE, 0, OSO)),
                ),
            ),
            Element(
                "anderresultaat",
                Shape("ctpAnderResultaatType", sequence(optional("andere_score", types.ANY)), abstract=True),
            ),
        ),
        optional("infourl", types.STRING_256),
    ),
    (Attribute("key", types.KEY, required=True),),
)
SITTING = Shape(
    "ctpToetsafname",
    sequence(
        Element("leerlingid", types.KEY),
        optional("eckid", types.ECKID),
        optional("resultaatverwerkerid", types.KEY),
        Element("resultaten", Shape("ctpResultaten", sequence(many("resultaat", RESULT)))),
    ),
)
RESULTS_SCHOOL = Shape(
    "ctpSchool",
    sequence(
        Element("schooljaar", types.SCHOOL_YEAR),
        *WHICH_SCHOOL,
        Element("aanmaakdatum", types.MOMENT),
        optional("auteur", types.STRING_128),
        Element("xsdversie", types.STRING_32),
        optional("commentaar", types.STRING_128),
    ),
)
PUSH = Shape(
    "ctpLeerresultatenVerzoek",
    sequence(
        Element("school", RESULTS_SCHOOL),
        Element("toetsafnames", Shape("ctpToetsafnames", sequence(many("toetsafname", SITTING)))),
        Element("toetsen", Shape("ctpToetsen", sequence(many("toets", TEST)))),
    ),
    unique=(
        Unique("kResultaat", "toetsafnames/toetsafname/resultaten/resultaat", "@key", "key"),
        Unique("kToetscode", "toetsen/toets", "toetscode", "key"),
        Unique("krAfnameToets", "toetsafnames/toetsafname/resultaten/resultaat", "toetscode", "keyref", "kToetscode"),
    ),
)
