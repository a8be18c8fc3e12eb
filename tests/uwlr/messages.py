"""Messages of a supplier, one element a line, filled in for the practice school."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.exchange.uwlr import Authorisation
from app.exchange.uwlr_xml.namespaces import AUTHORISATION, OSO, PUPILS, RESULTS, SOAP_11

PUPIL = "PUPIL"
"""Stands for the leerlingnummer of a pupil in `RESULT`."""
SCORE = "<score>57</score>"
RESULT = f"""<toetsafname>
<leerlingid>{PUPIL}</leerlingid>
<resultaten>
<resultaat key="R1">
<afnamedatum>2020-01-21</afnamedatum>
<toetscode>lezen-6</toetscode>
{SCORE}
</resultaat>
</resultaten>
</toetsafname>"""
TEST = """<toets>
<toetscode>lezen-6</toetscode>
<toetsnaam>Lezen 6</toetsnaam>
</toets>"""


@dataclass(frozen=True)
class Letter:
    """What a message says; `more` comes after xsdversie of a pull, `sittings` and `tests` are what a push brings."""

    authorisation: Authorisation
    year: str = "2019-2020"
    brin: str = "99QQ"
    location: str = "00"
    version: str = "2.2"
    request: str = "leerlinggegevens_verzoek"
    more: str = ""
    sittings: str = RESULT
    tests: str = TEST
    created: str = "2020-04-14T09:00:00"
    soap: str = SOAP_11

    def but(self, **changes: str) -> Letter:
        """The same with something else."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def pull(self) -> str:
        """A request for pupils, structure or staff."""
        body = f"""<{self.request} xmlns="{PUPILS}">
<schooljaar>{self.year}</schooljaar>
<brincode>{self.brin}</brincode>
<dependancecode>{self.location}</dependancecode>
<xsdversie>{self.version}</xsdversie>
{self.more}</{self.request}>"""
        return self._enveloped(body)

    @property
    def push(self) -> str:
        """Results."""
        body = f"""<leerresultaten_verzoek xmlns="{RESULTS}" xmlns:oso="{OSO}">
<school>
<schooljaar>{self.year}</schooljaar>
<brincode>{self.brin}</brincode>
<dependancecode>{self.location}</dependancecode>
<aanmaakdatum>{self.created}</aanmaakdatum>
<xsdversie>{self.version}</xsdversie>
</school>
<toetsafnames>
{self.sittings}
</toetsafnames>
<toetsen>
{self.tests}
</toetsen>
</leerresultaten_verzoek>"""
        return self._enveloped(body)

    def _enveloped(self, body: str) -> str:
        said = self.authorisation
        return f"""<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="{self.soap}">
<soap:Header>
<autorisatie xmlns="{AUTHORISATION}">
<autorisatiesleutel>{said.key}</autorisatiesleutel>
<klantcode>{said.client_code}</klantcode>
<klantnaam>{said.client_name}</klantnaam>
</autorisatie>
</soap:Header>
<soap:Body>
{body}
</soap:Body>
</soap:Envelope>
"""


GROUPS = "<groepen>\n<groep/>\n</groepen>\n"


def sitting(pupil: str, *results: str, eckid: str = "") -> str:
    """The results of one pupil."""
    told = f"<eckid>{eckid}</eckid>\n" if eckid else ""
    inside = "\n".join(results)
    return (
        f"<toetsafname>\n<leerlingid>{pupil}</leerlingid>\n{told}<resultaten>\n{inside}\n</resultaten>\n</toetsafname>"
    )


def result(key: str, value: str = SCORE, test: str = "lezen-6", part: str = "", date: str = "2020-01-21") -> str:
    """A result; `value` is its score element."""
    told = f"<toetsonderdeelcode>{part}</toetsonderdeelcode>\n" if part else ""
    return (
        f'<resultaat key="{key}">\n<afnamedatum>{date}</afnamedatum>\n<toetscode>{test}</toetscode>\n{told}{value}\n'
        "</resultaat>"
    )


def assessment(code: str, norms: str = "", parts: str = "") -> str:
    """A toets, with norms as `norm` makes them and parts as `part_of` does."""
    told = f"<toetsnormering>\n{norms}\n</toetsnormering>\n" if norms else ""
    inside = f"<toetsonderdelen>\n{parts}\n</toetsonderdelen>\n" if parts else ""
    return f"<toets>\n<toetscode>{code}</toetscode>\n{told}{inside}</toets>"


def norm(first: int, last: int, term: str = "Voldoende") -> str:
    """A norm."""
    return (
        f"<norm>\n<term>{term}</term>\n<beginnormwaarde>{first}</beginnormwaarde>\n"
        f"<eindnormwaarde>{last}</eindnormwaarde>\n</norm>"
    )


def part_of(number: int, code: str, norms: str = "") -> str:
    """A toetsonderdeel."""
    told = f"<toetsonderdeelnormering>\n{norms}\n</toetsonderdeelnormering>\n" if norms else ""
    return (
        f"<toetsonderdeel>\n<toetsonderdeelvolgnummer>{number}</toetsonderdeelvolgnummer>\n"
        f"<toetsonderdeelcode>{code}</toetsonderdeelcode>\n{told}</toetsonderdeel>"
    )


def oso(score: str = "57", level: str = "III", reference: str = "") -> str:
    """An osoresultaat: the ontwikkelscore, the I-V score and the reference level."""
    told = _reference("RNTRM", reference) if reference else ""
    return (
        f"<osoresultaat>\n<oso:toetsscore>\n<oso:vaardigheidsscore>{score}</oso:vaardigheidsscore>\n</oso:toetsscore>\n"
        f"{_reference('IV', level) if level else ''}{told}</osoresultaat>"
    )


def _reference(code: str, value: str) -> str:
    return (
        f"<oso:referentiescore>\n<oso:codereferentiescore>{code}</oso:codereferentiescore>\n"
        "<oso:codevergelijkingsgroep>Landelijk</oso:codevergelijkingsgroep>\n"
        f"<oso:waarde>{value}</oso:waarde>\n</oso:referentiescore>\n"
    )
