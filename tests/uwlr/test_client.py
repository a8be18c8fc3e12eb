"""`esis uwlr pull`, `push` and `compare` against our own service, and files that are no message."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from app.exchange.uwlr_xml.asking import as_bytes
from app.exchange.uwlr_xml.namespaces import RESULTS
from models.assessment import Result
from tests.commands.conftest import Esis
from tests.uwlr.serving import Served, message


def test_a_pull_tells_what_came_and_keeps_it(served: Served, esis: Esis, tmp_path: Path) -> None:
    kept = tmp_path / "antwoord.xml"
    said = esis("uwlr", "pull", "--from", str(served.json), "--out", str(kept))
    assert said.status == 0, said.err
    assert "99QQ00, 2019-2020:" in said.out
    assert "aanmaakdatum 2020-04-14T09:00:00" in said.out
    whole = esis("uwlr", "pull", "--from", str(served.json), "--json").data
    kinds = [one["kind"] for one in whole["people"]]
    assert f"{kinds.count('leerling')} leerlingen, {kinds.count('leerkracht')} leerkrachten" in said.out
    assert all(one["key"] and one["last_name"] for one in whole["people"])
    assert whole["findings"] == []
    assert len(etree.fromstring(kept.read_bytes()).findall(".//{*}leerling")) == kinds.count("leerling")


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (("--operation", "HaalStructuur"), "gegevens"),
        (("--operation", "HaalLeerkrachten", "--group", "bestaat-niet"), "geengegevens"),
        (("--since", "2020-04-14T09:00:01"), "geenwijzigingen"),
        (("--since", "1990-01-01T00:00:00", "--xsdversie", "2.1"), "gegevens"),
    ],
)
def test_every_kind_of_answer_is_told(served: Served, esis: Esis, options: tuple[str, ...], kind: str) -> None:
    said = esis("uwlr", "pull", "--from", str(served.json), "--json", *options)
    assert (said.status, said.data["kind"]) == (0, kind)


def test_a_refusal_is_told_with_its_code(served: Served, esis: Esis) -> None:
    said = esis("uwlr", "pull", "--from", str(served.json), "--klantnaam", "Een ander")
    assert said.status == 1
    assert said.out.startswith("Geweigerd: Client.OngeldigeKlantIdentificatie.")


def test_without_a_connection_it_ends_with_three(esis: Esis) -> None:
    school = ("--brincode", "99QQ", "--schooljaar", "2019-2020")
    who = ("--klantcode", "a", "--klantnaam", "b", "--autorisatiesleutel", "c")
    said = esis("uwlr", "pull", "--url", "http://127.0.0.1:1/x", *who, *school)
    assert (said.status, said.err) == (3, "Er is geen verbinding met 127.0.0.1:1: daar luistert niets.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("pull",),
        ("pull", "--url", "http://127.0.0.1:1/x"),
        ("pull", "--url", "http://127.0.0.1:1/x", "--klantcode", "a"),
        ("check", "--as-las", "--url", "http://127.0.0.1:1/x"),
        ("check",),
    ],
)
def test_wrong_usage_ends_with_two(esis: Esis, arguments: tuple[str, ...]) -> None:
    assert esis("uwlr", *arguments).status == 2


def test_an_address_that_is_none_is_refused(esis: Esis) -> None:
    said = esis("uwlr", "pull", "--url", "ftp://x")
    assert (said.status, said.err) == (
        1,
        "'ftp://x' is geen adres van een webservice. Schrijf het als https://adres/pad.\n",
    )


@pytest.mark.parametrize("whole", [False, True], ids=["a request", "an envelope"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_push_sends_a_request_or_an_envelope(
    served: Served, esis: Esis, tmp_path: Path, whole: bool, encoding: str
) -> None:
    pupil = next(one for one in esis("uwlr", "pull", "--from", str(served.json), "--json").data["people"])
    root = message(served, pupil["key"])
    wanted = root if whole else root.find(f".//{{{RESULTS}}}leerresultaten_verzoek")
    assert wanted is not None
    for key in root.iter("{*}autorisatiesleutel"):
        key.text = "een-andere-sleutel"  # that of the options goes along
    file = tmp_path / "resultaten.xml"
    file.write_bytes(as_bytes(wanted, encoding))
    said = esis("uwlr", "push", str(file), "--from", str(served.json))
    assert (said.status, said.out) == (0, "De resultaten zijn ontvangen.\n"), said.err
    assert [row.supplier_key for row in Result.select() if row.supplier_key == "R-1"] == ["R-1"]


def test_what_is_wrong_with_a_push_is_told_and_sent_all_the_same(served: Served, esis: Esis, tmp_path: Path) -> None:
    file = tmp_path / "resultaten.xml"
    file.write_bytes(as_bytes(message(served, "1001")).replace(b"<aanmaakdatum>", b"<x/><aanmaakdatum>"))
    said = esis("uwlr", "push", str(file), "--from", str(served.json), "--json")
    assert said.status == 1
    assert said.data["fault"] == "Client.OngeldigBericht"
    assert "[MSG-02: " in said.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<leerresultaten_verzoek>", "is geen bericht. Gevonden: "),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "[XML-02: "),
        (b"<x/>", "staat geen leerresultaten_verzoek."),
    ],
)
def test_a_file_that_is_no_message_is_not_sent(esis: Esis, tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "x.xml"
    file.write_bytes(content)
    said = esis("uwlr", "push", str(file), "--url", "http://127.0.0.1:1/x")
    assert said.status == 1
    assert told in said.err
