"""`esis uwlr resend`, `record`, `replay` and `compare`: what was goes as it went, or it is said why it cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from app.exchange.uwlr_xml.asking import as_bytes
from app.uwlr.masking import masked
from models.webservice import Supplier
from tests.commands.conftest import Esis
from tests.uwlr.serving import Served, message, serving

PULL = ("uwlr", "pull", "--from")


def last(esis: Esis) -> int:
    """The number of the last message."""
    return int(esis("uwlr", "list", "--json").data[-1]["number"])


@pytest.fixture
def bare(practice_sqlite: str, tmp_path: Path) -> Iterator[Served]:
    """A service that keeps no personal data."""
    with serving(tmp_path, bodies=False) as found:
        yield found


@pytest.mark.parametrize("over_http", [False, True])
def test_a_message_goes_as_it_went(served: Served, esis: Esis, over_http: bool) -> None:
    options = ("--url", served.told["pupils"]) if over_http else ()
    esis(*PULL, str(served.json))
    said = esis("uwlr", "resend", str(last(esis)), *options)
    assert (said.status, said.out) == (0, "Toen: beantwoord. Nu: beantwoord. Dat is hetzelfde.\n"), said.err
    esis(*PULL, str(served.json), "--klantnaam", "Een ander")
    refused = esis("uwlr", "resend", str(last(esis)), "--json", *options).data
    assert refused["same"] is True
    assert refused["then"]["rule"] == refused["now"]["rule"] == "KLANT-01"


def test_after_a_mend_it_goes_otherwise(served: Served, esis: Esis) -> None:
    esis(*PULL, str(served.json), "--klantnaam", "Nieuwe naam")
    Supplier.update(name="Nieuwe naam").execute()
    said = esis("uwlr", "resend", str(last(esis)))
    assert said.status == 1
    assert said.out.endswith("Nu: beantwoord. Dat is anders.\n")


def test_a_key_that_was_wrong_is_asked_for(served: Served, esis: Esis) -> None:
    esis(*PULL, str(served.json), "--autorisatiesleutel", "99QQ00verkeerdesleutel")
    number = str(last(esis))
    assert "een sleutel wordt nooit bewaard" in esis("uwlr", "resend", number).err
    said = esis("uwlr", "resend", number, "--autorisatiesleutel", "99QQ00ookverkeerd0000")
    assert said.status == 0
    assert "SLEUTEL-01). Dat is hetzelfde." in said.out


def test_what_was_not_kept_cannot_be_sent(bare: Served, esis: Esis, tmp_path: Path) -> None:
    file = tmp_path / "r.xml"
    file.write_bytes(as_bytes(message(bare, "1001", "bestaat-niet")))
    assert esis("uwlr", "push", str(file), "--from", str(bare.json)).status == 1
    said = esis("uwlr", "resend", str(last(esis)))
    assert said.status == 1
    assert "zonder persoonsgegevens bewaard" in said.err
    assert "--keep-bodies" in said.err
    assert esis("uwlr", "resend", "99999").status == 1


def test_a_recorded_session_is_replayed(served: Served, esis: Esis, tmp_path: Path) -> None:
    esis(*PULL, str(served.json))
    esis(*PULL, str(served.json), "--klantcode", "onbekend")
    esis(*PULL, str(served.json), "--autorisatiesleutel", "99QQ00verkeerdesleutel")
    session = tmp_path / "sessie.jsonl"
    assert esis("uwlr", "record", str(session)).status == 0
    assert "99QQ00oefensleutel2020" not in session.read_text("utf-8")
    for options in ((), ("--from", str(served.json))):
        said = esis("uwlr", "replay", str(session), "--json", *options)
        assert said.status == 0, said.err
        assert [one["same"] for one in said.data] == [True, True, None]
    other = [json.loads(line) for line in session.read_text("utf-8").splitlines()]
    other[0] |= {"outcome": "refused", "fault": "Client.OngeldigBericht", "rule": "MSG-01"}
    session.write_text("\n".join(map(json.dumps, other)), "utf-8")
    assert esis("uwlr", "replay", str(session)).status == 1


def test_a_session_that_is_none_is_refused_with_its_line(esis: Esis, tmp_path: Path) -> None:
    session = tmp_path / "sessie.jsonl"
    session.write_text("\n[]\n", "utf-8")
    said = esis("uwlr", "replay", str(session))
    assert (said.status, said.err.strip()) == (1, "Regel 2 is geen bericht zoals esis uwlr record het schrijft.")


def test_answers_of_the_journal_are_compared_where_they_were_kept(served: Served, esis: Esis) -> None:
    esis(*PULL, str(served.json), "--operation", "HaalStructuur")
    number = str(last(esis))
    assert esis("uwlr", "compare", number, number).status == 0
    esis(*PULL, str(served.json))
    said = esis("uwlr", "compare", number, str(last(esis)))
    assert said.status == 1
    assert "alleen het begin bewaard" in said.err


def test_a_key_of_one_letter_takes_no_letters_out_of_the_message() -> None:
    body = b"<a><autorisatiesleutel>x</autorisatiesleutel><xsdversie>2.2</xsdversie></a>"
    assert masked(body, "x") == body.replace(b">x<", b">********<")


def test_two_pulls_are_compared_by_record(served: Served, esis: Esis, tmp_path: Path) -> None:
    first, second = tmp_path / "een.xml", tmp_path / "twee.xml"
    esis("uwlr", "pull", "--from", str(served.json), "--out", str(first))
    root = etree.fromstring(first.read_bytes())
    pupils = root.findall(".//{*}leerling")
    above = pupils[0].getparent()
    assert above is not None
    above.remove(pupils[0])
    above.append(pupils[1])  # the order says nothing
    name = pupils[2].find("{*}roepnaam")
    assert name is not None
    was, name.text = name.text, "Anders"
    second.write_bytes(etree.tostring(root))
    assert esis("uwlr", "compare", str(first), str(first)).status == 0
    said = esis("uwlr", "compare", str(first), str(second), "--json")
    assert said.status == 1
    found = {one["what"]: one for one in said.data["differences"]}
    assert set(found) == {"removed", "changed"}
    assert found["removed"]["key"] == pupils[0].get("key")
    assert found["changed"]["first"] == {"roepnaam": was}
    assert found["changed"]["second"] == {"roepnaam": "Anders"}
