"""What a message must meet, as rules with a lasting id, and a violation of one with its place in the message.

The ids are ours and stay: scripts rely on them. The fault codes are UWLR's (standards/README.md, section 3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class FaultCode(StrEnum):
    """The fault codes of UWLR."""

    INTERNAL = "Server.InterneFout"
    NOT_NOW = "Server.TijdelijkNietBeschikbaar"
    MESSAGE = "Client.OngeldigBericht"
    CLIENT = "Client.OngeldigeKlantIdentificatie"
    AUTHORISATION = "Client.AutorisatieOngeldig"
    TERM = "Client.VocabulaireTermOngeldig"
    VERSION = "Client.XsdVersieOngeldig"
    PUPIL = "Client.LeerlingOngeldig"
    NORM = "Client.ToetsNormeringOngeldig"
    SCORE = "Client.ScoreOngeldig"
    ELD = "Client.EldResultaatOngeldig"


class Stage(StrEnum):
    """The steps of checking a message, in the standard's order: the first that fails gives the fault."""

    TRANSPORT = "vervoer"
    XML = "xml"
    SOAP = "soap"
    HEADER = "autorisatieheader"
    FIELDS = "velden"
    CLIENT = "klant"
    KEY = "sleutel"
    SCHOOL = "school"
    CONTENT = "inhoud"


STAGES = tuple(Stage)


@dataclass(frozen=True)
class Rule:
    """A rule: its id, the step it belongs to, the fault when it is violated, and what it asks, in Dutch.

    `lenient`: a violation is forgiven and reported as a remark, unless the service is strict.
    """

    id: str
    stage: Stage
    code: FaultCode
    asks: str
    lenient: bool = False


@dataclass(frozen=True)
class Finding:
    """A violation: where (line and column from 1; 0 where there is none), what was found and what was expected."""

    rule: Rule
    line: int = 0
    column: int = 0
    xpath: str = ""
    found: str = ""
    expected: str = ""
    nearest: str = ""
    """The nearest value that would be right, or a hint; empty where there is none."""

    @property
    def sentence(self) -> str:
        """The violation in one sentence, for the fault's text and for screens: what is wrong first, the rule last."""
        parts = []
        if self.found or self.expected:
            expected = f"; verwacht: {self.expected}" if self.expected else ""
            parts.append(f"Gevonden: {self.found or '(niets)'}{expected}")
        if self.nearest:
            parts.append(self.nearest)
        where = f"regel {self.line}, kolom {self.column}" if self.line else ""
        place = f" ({', '.join(part for part in (where, self.xpath) if part)})" if where or self.xpath else ""
        told = " ".join(
            part if part.endswith((".", "?")) else f"{part}." for part in parts or ["Hieraan is niet voldaan"]
        )
        return f"{told}{place} [{self.rule.id}: {self.rule.asks}]"

    def at(self, stage: Stage) -> Finding:
        """The same for another step: a field of the header is checked as the header, for instance."""
        return replace(self, rule=replace(self.rule, stage=stage))


class Violation(Exception):
    """A message that cannot be read further; `findings` has at least one."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].sentence)
        self.findings = findings


def _rule(id: str, stage: Stage, code: FaultCode, asks: str, lenient: bool = False) -> Rule:
    rule = Rule(id, stage, code, asks, lenient)
    assert id not in RULES
    RULES[id] = rule
    return rule


RULES: dict[str, Rule] = {}
"""Every rule by id, in the order in which they are checked."""
_T, _X, _S, _H, _F = Stage.TRANSPORT, Stage.XML, Stage.SOAP, Stage.HEADER, Stage.FIELDS
_MESSAGE = FaultCode.MESSAGE

METHOD = _rule("HTTP-01", _T, _MESSAGE, "Een UWLR-bericht komt met HTTP POST")
ADDRESS = _rule("HTTP-02", _T, _MESSAGE, "Het adres is dat van een dienst")
CONTENT_TYPE = _rule(
    "HTTP-03", _T, _MESSAGE, "Content-Type is text/xml (SOAP 1.1) of application/soap+xml (SOAP 1.2)", lenient=True
)
TOO_LARGE = _rule("HTTP-04", _T, _MESSAGE, "Het bericht is niet groter dan de dienst aanneemt")
CUT_OFF = _rule("HTTP-05", _T, _MESSAGE, "Het bericht komt heel over")
ENCODED = _rule("HTTP-06", _T, _MESSAGE, "De inhoud is niet ingepakt, of met gzip of deflate")
NOT_HTTP = _rule("HTTP-07", _T, _MESSAGE, "Wat binnenkomt is een heel HTTP-verzoek")
NOT_SECURED = _rule("HTTP-08", _T, _MESSAGE, "Op een https-adres komt een beveiligde verbinding")
HANDSHAKE = _rule(
    "HTTP-09",
    _T,
    FaultCode.CLIENT,
    "De TLS-verbinding komt tot stand, met een certificaat dat deze dienst heeft gemaakt",
)
GONE = _rule("HTTP-10", _T, _MESSAGE, "De beller wacht tot hij het hele antwoord heeft", lenient=True)

WELL_FORMED = _rule("XML-01", _X, _MESSAGE, "Het bericht is welgevormde XML")
DOCTYPE = _rule("XML-02", _X, _MESSAGE, "Het bericht heeft geen DOCTYPE en geen entiteiten")
CHARSET = _rule("XML-03", _X, _MESSAGE, "De codering is die van de XML-declaratie: UTF-8, UTF-16 of ISO-8859-1")
LIMITS = _rule("XML-04", _X, _MESSAGE, "Het bericht is niet onredelijk diep of groot van opbouw")

ENVELOPE = _rule("SOAP-01", _S, _MESSAGE, "Het bericht is een SOAP 1.1- of 1.2-envelop")
BODY = _rule("SOAP-02", _S, _MESSAGE, "De envelop heeft een Body met een element")
OPERATION = _rule("SOAP-03", _S, _MESSAGE, "Het element in de Body is een verzoek dat deze dienst kent")
ACTION = _rule("SOAP-04", _S, _MESSAGE, "SOAPAction is die van het verzoek", lenient=True)
UNDERSTAND = _rule("SOAP-05", _S, _MESSAGE, "Een headerblok met mustUnderstand is er een dat deze dienst kent")
SOAP_VERSION = _rule("SOAP-06", _S, _MESSAGE, "Het bericht is SOAP 1.1, zoals UWLR voorschrijft", lenient=True)
ACTION_FORM = _rule("SOAP-07", _S, _MESSAGE, "SOAPAction staat er, tussen aanhalingstekens", lenient=True)

NO_HEADER = _rule("AUT-01", _H, FaultCode.AUTHORISATION, "De Header heeft een element autorisatie")
HEADER_FIELD = _rule(
    "AUT-02", _H, FaultCode.AUTHORISATION, "autorisatiesleutel, klantcode en klantnaam zijn alle drie gevuld"
)
HEADER_SHAPE = _rule("AUT-03", _H, FaultCode.AUTHORISATION, "De velden van autorisatie hebben hun vorm")
HEADER_SPACE = _rule(
    "AUT-04", _H, FaultCode.AUTHORISATION, "autorisatie en zijn velden staan in hun namespace", lenient=True
)

NAMESPACE = _rule("MSG-01", _F, _MESSAGE, "Elk element staat in de namespace van zijn bericht")
UNKNOWN = _rule("MSG-02", _F, _MESSAGE, "Er staat geen element dat het bericht niet kent")
MISSING = _rule("MSG-03", _F, _MESSAGE, "Elk verplicht element is er")
ORDER = _rule("MSG-04", _F, _MESSAGE, "De elementen staan in de volgorde van het schema", lenient=True)
TOO_MANY = _rule("MSG-05", _F, _MESSAGE, "Een element staat er niet vaker dan het schema toelaat")
ATTRIBUTE = _rule("MSG-06", _F, _MESSAGE, "Elk verplicht attribuut is er, en geen ander")
VALUE = _rule("MSG-07", _F, _MESSAGE, "Een waarde heeft de vorm van zijn type")
LOOSE_TEXT = _rule("MSG-08", _F, _MESSAGE, "Tussen elementen staat geen losse tekst")
ABSTRACT = _rule("MSG-09", _F, _MESSAGE, "anderresultaat en blok noemen met xsi:type een afgesproken vorm")
LONG_KEY = _rule("MSG-10", _F, _MESSAGE, "Een sleutel is niet langer dan zijn versie toelaat", lenient=True)
SCHOOL_YEAR = _rule(
    "MSG-11", _F, _MESSAGE, "schooljaar is gevuld; leeg wordt gelezen als het huidige schooljaar", lenient=True
)
BOTH_SCHOOLS = _rule("MSG-12", _F, _MESSAGE, "Een verzoek noemt brincode of schoolkey, niet allebei", lenient=True)
NO_VERSION = _rule(
    "MSG-13", _F, FaultCode.VERSION, "xsdversie is gevuld; zonder geldt de oudste versie, 2.0", lenient=True
)
VERSION = _rule("MSG-14", _F, FaultCode.VERSION, "xsdversie is 2.0, 2.1 of 2.2")
PROFILE = _rule("MSG-15", _F, _MESSAGE, "gegevenssetid is van een profiel dat deze dienst kent", lenient=True)

UNKNOWN_CLIENT = _rule(
    "KLANT-01", Stage.CLIENT, FaultCode.CLIENT, "klantcode en klantnaam zijn bekend en horen bij elkaar"
)
CERTIFICATE = _rule("KLANT-02", Stage.CLIENT, FaultCode.CLIENT, "Het certificaat is van deze leverancier")
UNKNOWN_KEY = _rule(
    "SLEUTEL-01",
    Stage.KEY,
    FaultCode.AUTHORISATION,
    "autorisatiesleutel is de verificatiecode van een actieve koppeling van deze leverancier",
)
OTHER_SCHOOL = _rule(
    "SLEUTEL-02", Stage.KEY, FaultCode.AUTHORISATION, "autorisatiesleutel hoort bij deze brincode en dependancecode"
)
STOPPED = _rule("SLEUTEL-03", Stage.KEY, FaultCode.NOT_NOW, "De koppeling is niet tijdelijk gestopt")
SLOWED = _rule("SLEUTEL-04", Stage.KEY, FaultCode.NOT_NOW, "Er kwamen niet te veel verkeerde sleutels achter elkaar")
OTHER_YEAR = _rule(
    "SCHOOL-01", Stage.SCHOOL, _MESSAGE, "schooljaar is dat waarin de school werkt; ESIS geeft alleen dat", lenient=True
)
SCHOOL_KEY = _rule(
    "SCHOOL-02", Stage.SCHOOL, FaultCode.AUTHORISATION, "schoolkey is het BRIN- en vestigingsnummer van de vestiging"
)

_C = Stage.CONTENT
SAME_KEY = _rule("INHOUD-01", _C, _MESSAGE, "De sleutel (key) van een resultaat is in het bericht eenmalig")
SAME_TEST = _rule("INHOUD-02", _C, _MESSAGE, "Elke toetscode staat één keer in toetsen")
NO_SUCH_TEST = _rule("INHOUD-03", _C, FaultCode.TERM, "De toetscode van een resultaat staat in toetsen")
NO_SUCH_PART = _rule("INHOUD-04", _C, FaultCode.TERM, "De toetsonderdeelcode van een resultaat staat bij zijn toets")
UNKNOWN_TEST = _rule("INHOUD-05", _C, FaultCode.TERM, "De toets is er een die de school bij deze koppeling kent")
OUTSIDE_NORM = _rule("INHOUD-06", _C, FaultCode.SCORE, "Een score valt binnen de normering van zijn toets of onderdeel")
NORM_ORDER = _rule("INHOUD-07", _C, FaultCode.NORM, "Een norm begint niet na zijn einde, en normen overlappen niet")
SCORE_VALUE = _rule("INHOUD-08", _C, FaultCode.SCORE, "Het resultaat heeft een score die ESIS kan opslaan")
ELD_VALUE = _rule("INHOUD-09", _C, FaultCode.ELD, "Een osoresultaat heeft termen van de OSO-lijsten en een getal")
IMPOSSIBLE_DATE = _rule("INHOUD-10", _C, FaultCode.PUPIL, "De afnamedatum kan bij deze leerling")
SAME_PART_NUMBER = _rule("INHOUD-11", _C, _MESSAGE, "toetsonderdeelvolgnummer is binnen een toets eenmalig")
DANGLING = _rule("INHOUD-12", _C, _MESSAGE, "Een verwijzing naar een groep of vestiging wijst naar een die er staat")
SAME_PERSON = _rule("INHOUD-13", _C, _MESSAGE, "De sleutel en het ECK iD van een leerling of leerkracht zijn eenmalig")
NOT_NOW = _rule("DIENST-01", _C, FaultCode.NOT_NOW, "De dienst is bereikbaar")
BROKEN = _rule("DIENST-02", _C, FaultCode.INTERNAL, "De dienst doet zijn werk")
DISTURBED = _rule("DIENST-03", _C, FaultCode.NOT_NOW, "Er staat voor deze aanroep geen storing aan")
