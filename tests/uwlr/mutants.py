"""Good messages with one thing wrong: the rule that is broken, and the line where."""

from __future__ import annotations

from dataclasses import dataclass

from app.exchange.uwlr_xml.namespaces import AUTHORISATION, OSO, PUPILS, RESULTS, SOAP_11
from tests.uwlr.messages import GROUPS, PUPIL, SCORE, Letter, assessment, norm, oso, part_of, result, sitting

KEY = "99QQ00oefensleutel2020"
BASES = ("pull", "staged", "push", "oso")


@dataclass(frozen=True)
class Mutant:
    """An edit: each `(old, new)` of a text that is there, and where the result is wrong.

    `at`: what stands on the wrong line, the `nth` time; empty where no line is wrong.
    """

    base: str
    rule: str
    at: str
    edits: tuple[tuple[str, str], ...]
    nth: int = 1

    def __str__(self) -> str:
        old, new = self.edits[0]
        return f"{self.base} {self.rule} {old.strip()[:24]} > {new.strip()[:24]}".replace("\n", " ").replace(KEY, "KEY")

    def text(self, letter: Letter) -> str:
        """The message."""
        found = base_of(letter, self.base)
        for old, new in self.edits:
            assert old in found, old
            found = found.replace(old, new, 1)
        return found

    def line(self, letter: Letter) -> int:
        """The line that is wrong; 0 for none."""
        lines = self.text(letter).split("\n")
        places = [number for number, line in enumerate(lines, 1) if self.at and self.at in line]
        return places[self.nth - 1] if self.at else 0


def base_of(letter: Letter, name: str) -> str:
    """A good message."""
    if name == "pull":
        return letter.pull
    if name == "staged":
        return letter.but(request="leerlingen_verzoek", more=GROUPS).pull
    return letter.push if name == "push" else letter.but(sittings=sitting(PUPIL, result("R1", oso()))).push


def _m(base: str, rule: str, at: str, *edits: tuple[str, str], nth: int = 1) -> Mutant:
    return Mutant(base, rule, at, edits, nth)


_ENVELOPE = (
    _m("pull", "XML-01", "</klantnaem>", ("</klantnaam>", "</klantnaem>")),
    _m("pull", "XML-01", "<klantnaam>", ("<klantnaam>", "<klantnaam>&naam;")),
    _m("push", "XML-01", "", ("</soap:Envelope>\n", "")),
    _m("pull", "XML-01", "<xsdversie", ("</xsdversie>", "</xsdversie>\x01")),
    _m("pull", "XML-02", "<!DOCTYPE", ("<soap:Envelope", "<!DOCTYPE a>\n<soap:Envelope")),
    _m("pull", "XML-03", "<?xml", ('"utf-8"', '"koi8-r"')),
    _m("pull", "SOAP-01", "<soap:Envelope", (SOAP_11, SOAP_11[:-2])),
    _m("push", "SOAP-01", "<soap:Omslag", ("<soap:Envelope", "<soap:Omslag"), ("</soap:Envelope", "</soap:Omslag")),
    _m("pull", "SOAP-02", "<soap:Envelope", ("<soap:Body>", "<soap:Romp>"), ("</soap:Body>", "</soap:Romp>")),
    _m("pull", "SOAP-02", "<soap:Body>", ("</soap:Body>", "<nog/></soap:Body>")),
    _m(
        "pull",
        "SOAP-03",
        "<leerlingen_vraag",
        ("<leerlinggegevens_verzoek", "<leerlingen_vraag"),
        ("</leerlinggegevens_verzoek", "</leerlingen_vraag"),
    ),
    _m(
        "push",
        "SOAP-05",
        "<w:Security",
        ("<soap:Header>\n", '<soap:Header>\n<w:Security xmlns:w="urn:w" soap:mustUnderstand="1"/>\n'),
    ),
)
_HEADER = (
    _m("pull", "AUT-01", "<soap:Header>", ("<autorisatie ", "<autorisering "), ("</autorisatie>", "</autorisering>")),
    _m(
        "push",
        "AUT-02",
        "<autorisatiesleutel/>",
        (f"<autorisatiesleutel>{KEY}</autorisatiesleutel>", "<autorisatiesleutel/>"),
    ),
    _m("pull", "AUT-02", "<autorisatie ", (f"<autorisatiesleutel>{KEY}</autorisatiesleutel>\n", "")),
    _m("pull", "AUT-02", "<autorisatie ", ("<klantcode>oefenleverancier</klantcode>\n", "")),
    _m("pull", "AUT-02", "<klantnaam>", ("<klantnaam>Oefenleverancier", "<klantnaam> ")),
    _m(
        "pull",
        "AUT-02",
        "<autorisatiesleutel",
        (f"<autorisatiesleutel>{KEY}<", f'<autorisatiesleutel waarde="{KEY}"><'),
    ),
    _m("pull", "AUT-03", "<klantnaam>", ("<klantnaam>Oefenleverancier", f"<klantnaam>{'x' * 65}")),
    _m("push", "AUT-03", "<wachtwoord>", ("<klantcode>", f"<wachtwoord>{KEY}</wachtwoord>\n<klantcode>")),
)
_WHO = (
    _m("pull", "KLANT-01", "<klantcode>", ("oefenleverancier<", "oefenleverancieer<")),
    _m("push", "KLANT-01", "<klantcode>", ("Oefenleverancier<", "oefenleverancier<")),
    _m(
        "pull",
        "KLANT-01",
        "<klantcode>",
        (f">{KEY}<", ">oefenleverancier<"),
        (">oefenleverancier</klantcode", f">{KEY}</klantcode"),
    ),
    _m(
        "pull",
        "SLEUTEL-01",
        "<autorisatiesleutel>",
        (">oefenleverancier<", ">gynzy<"),
        (">Oefenleverancier<", ">Gynzy<"),
    ),
    _m("push", "SLEUTEL-01", "<autorisatiesleutel>", (KEY, f"{KEY[:-1]}1")),
    _m("pull", "SLEUTEL-01", "<autorisatiesleutel>", (KEY, KEY[:-4])),
    _m("pull", "SLEUTEL-01", "<autorisatiesleutel>", (KEY, KEY[::-1])),
    _m("push", "SLEUTEL-01", "<autorisatiesleutel>", (KEY, f"{KEY}0")),
    _m("pull", "SLEUTEL-02", "<brincode>", ("99QQ</brincode>", "99ZZ</brincode>")),
    _m("push", "SLEUTEL-02", "<brincode>", ("00</dependancecode>", "07</dependancecode>")),
)
_SCHOOL = (
    _m("pull", "MSG-07", "<schooljaar>", ("2019-2020</schooljaar>", "2019/2020</schooljaar>")),
    _m("push", "MSG-07", "<schooljaar>", ("2019-2020</schooljaar>", "19-20</schooljaar>")),
    _m("pull", "MSG-07", "<brincode>", ("99QQ</brincode>", "99qq</brincode>")),
    _m("pull", "MSG-07", "<brincode>", ("99QQ</brincode>", f"{KEY}</brincode>")),
    _m("push", "MSG-07", "<dependancecode>", ("00</dependancecode>", "0</dependancecode>")),
    _m("pull", "MSG-14", "<xsdversie>", ("2.2</xsdversie>", "1.0</xsdversie>")),
    _m("push", "MSG-14", "<xsdversie>", ("2.2</xsdversie>", "2.20</xsdversie>")),
    _m("pull", "MSG-02", "<vestiging>", ("<dependancecode>", "<vestiging>00</vestiging>\n<dependancecode>")),
    _m("pull", "MSG-05", "<xsdversie>", ("<xsdversie>", "<xsdversie>2.2</xsdversie>\n<xsdversie>"), nth=2),
    _m("push", "MSG-08", "<school>", ("<school>", "<school>\nlos")),
    _m("pull", "MSG-03", "<xsdversie>", ("<brincode>99QQ</brincode>\n<dependancecode>00</dependancecode>\n", "")),
    _m(
        "pull",
        "MSG-07",
        "<laatst",
        ("</xsdversie>\n", "</xsdversie>\n<laatstontvangengegevens>nu</laatstontvangengegevens>\n"),
    ),
    _m("pull", "MSG-01", "<leerlinggegevens_verzoek", (PUPILS, PUPILS.replace("/2/", "/1/"))),
    _m(
        "pull",
        "SCHOOL-02",
        "<schoolkey>",
        ("<brincode>99QQ</brincode>\n<dependancecode>00</dependancecode>", "<schoolkey>De Linde</schoolkey>"),
    ),
    _m("staged", "MSG-03", "<leerlingen_verzoek", (GROUPS, "")),
    _m("staged", "MSG-03", "<groepen>", ("<groep/>\n", "")),
    _m("staged", "MSG-02", "<klas/>", ("<groep/>", "<klas/>")),
    _m("staged", "MSG-06", "<groep ", ("<groep/>", '<groep naam="6"/>')),
)
_PUSH = (
    _m("push", "MSG-01", "<leerresultaten_verzoek", (f' xmlns="{RESULTS}"', "")),
    _m("push", "MSG-03", "<xsdversie>", ("<aanmaakdatum>2020-04-14T09:00:00</aanmaakdatum>\n", "")),
    _m("push", "MSG-07", "<aanmaakdatum>", ("2020-04-14T09:00:00", "14-04-2020")),
    _m("push", "MSG-06", "<resultaat>", ('<resultaat key="R1">', "<resultaat>")),
    _m("push", "MSG-07", "<afnamedatum>", ("2020-01-21", "2020-02-30")),
    _m("push", "MSG-07", "<score>", ("<score>57", "<score>57,5")),
    _m("push", "MSG-07", "<score>", ("<score>57", "<score>X")),
    _m("push", "MSG-03", "<resultaat ", (f"{SCORE}\n", "")),
    _m("push", "MSG-03", "<resultaten>", (f"<leerlingid>{PUPIL}</leerlingid>\n", "")),
    _m("push", "MSG-07", "<leerlingid>", (f"<leerlingid>{PUPIL}", "<leerlingid>")),
    _m("push", "MSG-09", "<anderresultaat", (SCORE, "<anderresultaat/>")),
    _m("push", "INHOUD-08", "<score>", (SCORE, "<score>121</score>")),
    _m("push", "INHOUD-03", "<toetscode>", ("lezen-6</toetscode>", "lezen-7</toetscode>")),
    _m(
        "push",
        "INHOUD-05",
        "<toetscode>",
        ("lezen-6</toetscode>", "leezen-6</toetscode>"),
        ("lezen-6</toetscode>\n<toetsnaam", "leezen-6</toetscode>\n<toetsnaam"),
    ),
    _m("push", "INHOUD-04", "<toetsonderdeelcode>", (SCORE, f"<toetsonderdeelcode>A</toetsonderdeelcode>\n{SCORE}")),
    _m("push", "INHOUD-02", "<toetscode>", ("</toets>", f"</toets>\n{assessment('lezen-6')}"), nth=3),
    _m("push", "INHOUD-01", "<resultaat ", ("</resultaat>", f"</resultaat>\n{result('R1')}"), nth=2),
    _m("push", "INHOUD-01", "<resultaat ", ("</toetsafname>", f"</toetsafname>\n{sitting('X', result('R1'))}"), nth=2),
    _m(
        "push",
        "INHOUD-06",
        "<score>",
        ("</toetsnaam>", f"</toetsnaam>\n<toetsnormering>\n{norm(0, 50)}\n</toetsnormering>"),
    ),
    _m(
        "push",
        "INHOUD-07",
        "<norm>",
        ("</toetsnaam>", f"</toetsnaam>\n<toetsnormering>\n{norm(60, 50)}\n</toetsnormering>"),
    ),
    _m(
        "push",
        "INHOUD-07",
        "<norm>",
        ("</toetsnaam>", f"</toetsnaam>\n<toetsnormering>\n{norm(0, 57)}\n{norm(57, 99)}\n</toetsnormering>"),
        nth=2,
    ),
    _m(
        "push",
        "INHOUD-11",
        "<toetsonderdeelvolgnummer>",
        ("</toetsnaam>", f"</toetsnaam>\n<toetsonderdelen>\n{part_of(1, 'A')}\n{part_of(1, 'B')}\n</toetsonderdelen>"),
        nth=2,
    ),
    _m("oso", "MSG-07", "<oso:vaardigheidsscore>", (">57<", ">hoog<")),
    _m("oso", "INHOUD-08", "<oso:vaardigheidsscore>", (">57<", ">-3<")),
    _m("oso", "INHOUD-09", "<oso:codereferentiescore>", (">IV<", ">I-V<")),
    _m("oso", "INHOUD-09", "<oso:codevergelijkingsgroep>", (">Landelijk<", ">Nederland<")),
    _m("oso", "INHOUD-09", "<oso:waarde>", (">III<", f">{'I' * 21}<")),
    _m("oso", "MSG-03", "<oso:referentiescore>", ("<oso:waarde>III</oso:waarde>\n", "")),
    _m("oso", "MSG-01", "<oso:toetsscore>", (OSO, "urn:oso")),
    _m("oso", "MSG-01", "<toetsen ", ("<toetsen>", f'<toetsen xmlns="{AUTHORISATION}">')),
)
MUTANTS = (*_ENVELOPE, *_HEADER, *_WHO, *_SCHOOL, *_PUSH)
