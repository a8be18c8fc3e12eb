"""No key is kept, wherever a message has it, whether it can be read or not; and no personal data unless asked."""

from __future__ import annotations

import pytest

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.rules import Finding
from app.uwlr.handling import Manner
from app.uwlr.masking import masked, masked_finding, scrubbed
from tests.uwlr.conftest import School
from tests.uwlr.messages import result, sitting

KEY = "99QQ00oefensleutel2020"
OTHER = "een-sleutel-van-een-ander-soort"
ELEMENT = f"<autorisatiesleutel>{OTHER}</autorisatiesleutel>"


@pytest.mark.parametrize("bodies", [False, True], ids=["masked", "kept"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize(
    "text",
    [
        ELEMENT,
        ELEMENT.replace("<", "<a:").replace("<a:/", "</a:"),
        ELEMENT.replace(OTHER, f"<![CDATA[{OTHER}]]>"),
        ELEMENT.replace(OTHER, f"<!-- {OTHER} -->"),
        ELEMENT.replace(OTHER, f"\n  {OTHER}\n"),
        ELEMENT.replace("autorisatiesleutel", "AutorisatieSleutel"),
        ELEMENT.partition("</")[0],
        f'<autorisatie autorisatiesleutel="{OTHER}"/>',
        f"<autorisatie sleutel='{OTHER}",
        f"<klantcode>{KEY}</klantcode>",
        f"<!-- {KEY} --><a>",
        f"<a>{KEY}</a> & <b",
        f'{{"autorisatiesleutel": "{KEY}"}}',
    ],
)
def test_a_key_is_not_kept(text: str, encoding: str, bodies: bool) -> None:
    kept = masked(f"<a>é{text}".encode(encoding), "", bodies).decode()
    assert KEY not in kept
    assert OTHER not in kept


@pytest.mark.parametrize("secret", [KEY, "heel anders & <raar>"])
def test_the_key_of_a_message_is_nowhere_in_a_sentence(secret: str) -> None:
    assert secret not in scrubbed(f"gevonden: '{secret}', {secret}{secret}", secret)


def test_what_is_no_key_stays_in_a_sentence() -> None:
    told = "klantcode 'oefenleverancier' bij 99QQ00, groep 99QQ00-2019-01, leerling 1069"
    assert scrubbed(told, "abc") == told


def test_names_are_kept_only_when_asked() -> None:
    body = b'<leerling key="1069"><achternaam>Jansen</achternaam><jaargroep>6</jaargroep></leerling>'
    assert masked(body) == b'<leerling key="****"><achternaam>******</achternaam><jaargroep>6</jaargroep></leerling>'
    assert masked(body, bodies=True) == body


@pytest.mark.parametrize(
    "text",
    [
        '<leerling roepnaam="Jan"/>',
        "<x:leerling x:naam = 'Jan de Boer'>",
        '<a leerling="Jan',
        "<?weergave naam=Jan?>",
        '<!DOCTYPE a [<!ENTITY naam "Jan">]><a/>',
        "<!ENTITY naam 'Jan",
        "<!-- Jan -->",
    ],
)
def test_a_name_is_nowhere(text: str) -> None:
    assert "Jan" not in masked(text.encode()).decode()
    assert "Jan" in masked(text.encode(), bodies=True).decode()


def test_what_says_how_to_read_it_is_kept() -> None:
    body = b'<?xml version="1.0" encoding="utf-8"?><a xmlns="urn:b" xmlns:c="urn:d" c:mustUnderstand="1" vocabulaire="urn:e"/>'
    assert masked(body) == body


def test_a_finding_quotes_nothing_personal_in_what_is_kept_and_all_to_the_caller(kept: School) -> None:
    wrong = sitting("p" * 300, result("sleutel-van-anna", "<score>veel</score>"))
    letter = kept.letter.but(sittings=wrong, year="2019")
    answer = kept.call(letter.push)
    told = kept.written(answer)
    assert told["found"] == "'2019'"
    assert [one["told"].partition(";")[0] for one in told["later"]] == [
        f"Gevonden: '{'*' * 80}...'",
        "Gevonden: '****'",
    ]
    answer = kept.call(letter.but(year="2019-2020").push)
    told = kept.written(answer)
    assert "pppp" in answer.body.read().decode()
    assert "pppp" not in str(told)
    assert "p" * 80 in kept.written(kept.call(letter.push, manner=Manner(bodies=True)))["later"][0]["told"]


@pytest.mark.parametrize(
    ("element", "found", "kept"),
    [
        ("leerlingid", "'1042'", "'****'"),
        ("resultaat", "key 'r-1', ook op regel 12", "key '*-*', ook op regel 12"),
        ("score", "101", "***"),
        ("toetsafname", "<naam>", "<naam>"),
        ("norm", "vocabulaire='urn:toetsen'", "vocabulaire='urn:toetsen'"),
        ("toetscode", "'lezen-6'", "'lezen-6'"),
        ("naam[2]", "'Anna's brief'", "'****'* *****'"),
    ],
)
def test_what_is_personal_is_known_by_its_element(element: str, found: str, kept: str) -> None:
    place = f"/soap:Envelope/lr:{element}"
    assert masked_finding(Finding(rules.VALUE, 3, 4, place, found)).found == kept
