"""What the field does otherwise without harm is answered, reported in the journal, and refused by its rule when strict."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from app.exchange.uwlr_xml.namespaces import AUTHORISATION, PUPILS, SOAP_11, SOAP_12
from app.uwlr.handling import Manner
from app.uwlr.journal import Outcome
from tests.uwlr.conftest import School
from tests.uwlr.messages import GROUPS, PUPIL, Letter, sitting
from tests.uwlr.messages import result as brought
from tests.uwlr.official import content, fault

Edit = Callable[[Letter], str]
LONG = "k" * 88
CHEAP = "structuur_verzoek"
"""A pull without pupils."""


def swapped(text: str, first: str, second: str) -> str:
    """Two lines change places."""
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


def line(text: str, part: str) -> str:
    """The line with this in it."""
    return next(one for one in text.splitlines() if part in one)


def in_other_order(text: str, first: str, second: str) -> str:
    return swapped(text, line(text, first), line(text, second))


def without(text: str, part: str) -> str:
    return text.replace(line(text, part) + "\n", "")


FORGIVEN: dict[str, tuple[str, str | None, Edit]] = {
    "SOAP 1.2": ("SOAP-06", None, lambda letter: letter.but(soap=SOAP_12).pull),
    "the SOAPAction of something else": ("SOAP-04", '"HaalIets"', lambda letter: letter.pull),
    "a SOAPAction without quotes": ("SOAP-07", "HaalStructuur", lambda letter: letter.pull),
    "no SOAPAction": ("SOAP-07", "", lambda letter: letter.pull),
    "autorisatie without a namespace": (
        "AUT-04",
        None,
        lambda letter: letter.pull.replace(f' xmlns="{AUTHORISATION}"', ""),
    ),
    "fields without the namespace of autorisatie": (
        "AUT-04",
        None,
        lambda letter: letter.pull.replace(
            f'<autorisatie xmlns="{AUTHORISATION}"', f'<a:autorisatie xmlns:a="{AUTHORISATION}"'
        ).replace("</autorisatie>", "</a:autorisatie>"),
    ),
    "the fields right in the Header": (
        "AUT-04",
        None,
        lambda letter: without(letter.pull.replace(f'<autorisatie xmlns="{AUTHORISATION}">\n', ""), "</autorisatie>"),
    ),
    "header fields in another order": (
        "AUT-03",
        None,
        lambda letter: in_other_order(letter.pull, "<klantcode>", "<autorisatiesleutel>"),
    ),
    "elements in another order": (
        "MSG-04",
        None,
        lambda letter: in_other_order(letter.pull, "<dependancecode>", "<xsdversie>"),
    ),
    "a push in another order": (
        "MSG-04",
        None,
        lambda letter: in_other_order(letter.push, "<afnamedatum>", "<score>"),
    ),
    "a key of 88 characters in 2.1": (
        "MSG-10",
        None,
        lambda letter: letter.but(version="2.1", sittings=sitting(PUPIL, brought(LONG))).push,
    ),
    "a leerlingid of 88 characters in 2.0": (
        "MSG-10",
        None,
        lambda letter: letter.but(version="2.0", sittings=sitting(LONG, brought("R1"))).push,
    ),
    "a group key of 88 characters in 2.0": (
        "MSG-10",
        None,
        lambda letter: (
            letter.but(
                version="2.0", request="leerlingen_verzoek", more=GROUPS.replace("<groep/>", f'<groep key="{LONG}"/>')
            ).pull
        ),
    ),
    "an empty schooljaar": ("MSG-11", None, lambda letter: letter.but(year="").pull),
    "a schooljaar of two quotes": ("MSG-11", None, lambda letter: letter.but(year='""').pull),
    "no schooljaar": ("MSG-11", None, lambda letter: without(letter.pull, "<schooljaar>")),
    "a push without schooljaar": ("MSG-11", None, lambda letter: without(letter.push, "<schooljaar>")),
    "schoolkey beside brincode": (
        "MSG-12",
        None,
        lambda letter: letter.pull.replace("<xsdversie>", "<schoolkey>99QQ00</schoolkey>\n<xsdversie>"),
    ),
    "no xsdversie": ("MSG-13", None, lambda letter: without(letter.pull, "<xsdversie>")),
    "an empty xsdversie": ("MSG-13", None, lambda letter: letter.but(version="").pull),
    "an unknown profile": (
        "MSG-15",
        None,
        lambda letter: letter.but(more="<gegevenssetid>Iets</gegevenssetid>\n").pull,
    ),
    "another school year": ("SCHOOL-01", None, lambda letter: letter.but(year="2018-2019").pull),
    "another encoding than is said": (
        "XML-03",
        None,
        lambda letter: letter.pull.replace('encoding="utf-8"', 'encoding="iso-8859-1"').replace(
            "<xsdv", "<!-- é --><xsdv"
        ),
    ),
}


@pytest.mark.parametrize(("rule", "action", "edit"), FORGIVEN.values(), ids=FORGIVEN)
def test_it_is_answered_and_reported(kept: School, rule: str, action: str | None, edit: Edit) -> None:
    answered = kept.call(edit(kept.letter.but(request=CHEAP)), action)
    told = kept.written(answered)
    assert (told["outcome"], {one["rule"] for one in told["remarks"]}) == (Outcome.ACCEPTED, {rule}), told["told"]
    name = etree.QName(content(answered.body.read())).localname
    assert name in ("structuur_antwoord", "leerlingen_antwoord", "leerresultaten_bevestiging")


@pytest.mark.parametrize(("rule", "action", "edit"), FORGIVEN.values(), ids=FORGIVEN)
def test_a_strict_service_refuses_it_by_its_rule(kept: School, rule: str, action: str | None, edit: Edit) -> None:
    answered = kept.call(edit(kept.letter.but(request=CHEAP)), action, Manner(strict=True))
    told = kept.written(answered)
    assert (told["outcome"], told["rule"], told["remarks"]) == (Outcome.REFUSED, rule, [])
    _, text = fault(answered.body.read())
    assert f" [{rule}: " in text


RIGHT: dict[str, Edit] = {
    "as the standard's example": lambda letter: letter.pull,
    "prefixes for everything": lambda letter: (
        letter.pull.replace(f"{CHEAP} xmlns=", f"q9:{CHEAP} xmlns:q9=")
        .replace(f"</{CHEAP}", f"</q9:{CHEAP}")
        .replace("<schooljaar>", "<q9:schooljaar>")
        .replace("</schooljaar>", "</q9:schooljaar>")
        .replace("<brincode>", "<q9:brincode>")
        .replace("</brincode>", "</q9:brincode>")
        .replace("<dependancecode>", "<q9:dependancecode>")
        .replace("</dependancecode>", "</q9:dependancecode>")
        .replace("<xsdversie>", "<q9:xsdversie>")
        .replace("</xsdversie>", "</q9:xsdversie>")
    ),
    "the envelope as the default namespace": lambda letter: letter.pull.replace("soap:", "").replace(
        "xmlns:soap", "xmlns"
    ),
    "prefixes declared on the envelope": lambda letter: (
        letter.pull.replace(f'xmlns:soap="{SOAP_11}"', f'xmlns:soap="{SOAP_11}" xmlns:a="{AUTHORISATION}"')
        .replace(f'<autorisatie xmlns="{AUTHORISATION}">', "<a:autorisatie>")
        .replace("</autorisatie>", "</a:autorisatie>")
        .replace("<autorisatiesleutel>", "<a:autorisatiesleutel>")
        .replace("</autorisatiesleutel>", "</a:autorisatiesleutel>")
        .replace("<klant", "<a:klant")
        .replace("</klant", "</a:klant")
    ),
    "comments, CDATA and references": lambda letter: letter.pull.replace(
        "<brincode>99QQ", "<!-- wij --><brincode><![CDATA[99]]>Q&#81;"
    ),
    "a block of WS-Addressing": lambda letter: letter.pull.replace(
        "</soap:Header>", '<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">x</w:Action></soap:Header>'
    ),
    "xsi:schemaLocation and xml:lang": lambda letter: letter.pull.replace(
        f'_verzoek xmlns="{PUPILS}"',
        f'_verzoek xmlns="{PUPILS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" '
        'xml:lang="nl"',
    ),
    "a key of 88 characters in 2.2": lambda letter: letter.but(sittings=sitting(PUPIL, brought(LONG))).push,
    "an ECK iD of 150 characters": lambda letter: (
        letter.but(sittings=sitting(PUPIL, brought("R1"), eckid="e" * 150)).push
    ),
    "everything on one line": lambda letter: letter.pull.replace("\n", ""),
    "schoolkey instead of brincode": lambda letter: without(
        letter.pull.replace("<brincode>99QQ</brincode>", "<schoolkey>99QQ00</schoolkey>"), "<dependancecode>"
    ),
    "an empty dependancecode, which is 00": lambda letter: letter.but(location="").pull,
    "no dependancecode, which is 00": lambda letter: without(letter.pull, "<dependancecode>"),
}


@pytest.mark.parametrize("edit", RIGHT.values(), ids=RIGHT)
def test_what_the_standard_allows_is_answered_without_a_remark(kept: School, edit: Edit) -> None:
    told = kept.written(kept.call(edit(kept.letter.but(request=CHEAP)), manner=Manner(strict=True)))
    assert (told["outcome"], told["rule"], told["remarks"]) == (Outcome.ACCEPTED, "", []), told["told"]


def test_a_key_no_version_allows_is_refused(kept: School) -> None:
    letter = kept.letter.but(sittings=sitting(PUPIL, brought("k" * 257)))
    told = kept.written(kept.call(letter.push))
    assert (told["rule"], told["line"]) == ("MSG-07", letter.push.splitlines().index(line(letter.push, "kkk")) + 1)


def test_a_client_that_does_everything_otherwise_at_once_is_answered(kept: School) -> None:
    text = kept.letter.but(year='""', soap=SOAP_12).pull
    text = text.replace("<xsdversie>2.2</xsdversie>", "<schoolkey>99QQ00</schoolkey>\n<xsdversie>2.2</xsdversie>")
    text = in_other_order(text, "<dependancecode>", "<xsdversie>")
    told = kept.written(kept.call(text, "HaalIets"))
    assert told["outcome"] == Outcome.ACCEPTED, told["told"]
    assert sorted(one["rule"] for one in told["remarks"]) == ["MSG-04", "MSG-11", "MSG-12", "SOAP-04", "SOAP-06"]
    strict = kept.written(kept.call(text, "HaalIets", Manner(strict=True)))
    assert (strict["rule"], len(strict["later"])) == ("SOAP-04", 4)
