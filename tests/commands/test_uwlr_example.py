"""`esis uwlr example` fills in what the service printed, what is given, or the practice school."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Esis

PRINTED = {
    "pupils": "http://127.0.0.1:4000/b/x-1/UWLR/UwlrLeerlinggegevens2.2.svc",
    "results": "http://127.0.0.1:4000/b/x-1/UWLR/UwlrLeerresultaten2.2.svc",
    "klantcode": "oefenleverancier",
    "klantnaam": "Oefenleverancier",
    "autorisatiesleutel": "99QQ00heelietsanders",
    "brincode": "99QQ",
    "dependancecode": "01",
    "schooljaar": "2024-2025",
}


def test_without_more_it_is_for_the_practice_school(esis: Esis) -> None:
    said = esis("uwlr", "example", "--lang", "curl")
    assert said.status == 0
    assert "adres='http://127.0.0.1:8443/UWLR/UwlrLeerlinggegevens2.2.svc'" in said.out
    assert "sleutel='99QQ00oefensleutel2020'" in said.out
    assert "schooljaar='2019-2020'" in said.out


def test_it_takes_what_the_service_printed(esis: Esis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ws.json").write_text(json.dumps(PRINTED))
    by_file = esis("uwlr", "example", "--lang", "python", "--from", str(tmp_path / "ws.json"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(PRINTED)))
    by_input = esis("uwlr", "example", "--lang", "python", "--from", "-")
    assert by_file.out == by_input.out
    for name in ("pupils", "autorisatiesleutel", "dependancecode", "schooljaar"):
        assert repr(PRINTED[name]) in by_file.out


def test_an_option_goes_before_what_was_printed(esis: Esis, tmp_path: Path) -> None:
    (tmp_path / "ws.json").write_text(json.dumps(PRINTED))
    options = ("--brin", "98AB02", "--key", "98AB02sleutel", "--url", "https://las.example/uwlr2.2.svc")
    said = esis("uwlr", "example", "--lang", "node", "--from", str(tmp_path / "ws.json"), *options)
    for value in ("98AB", "02", "98AB02sleutel", "https://las.example/uwlr2.2.svc", "2024-2025"):
        assert f'"{value}"' in said.out


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (("--lang", "cobol"), 2),
        ((), 2),
        (("--lang", "curl", "--url", "ftp://x"), 2),
        (("--lang", "curl", "--brin", "99QQ"), 2),
        (("--lang", "java", "--push"), 2),
        (("--lang", "curl", "--from", "bestaat-niet.json"), 1),
        (("--lang", "curl", "--klantnaam", "een\ntwee"), 1),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_printed(esis: Esis, options: tuple[str, ...], status: int) -> None:
    said = esis("uwlr", "example", *options)
    assert (said.status, said.out) == (status, "")
    assert said.err


def test_the_client_that_brings_a_result_goes_to_the_other_address(esis: Esis) -> None:
    said = esis("uwlr", "example", "--lang", "python", "--push")
    assert '/UWLR/UwlrLeerresultaten2.2.svc"' in said.out.replace("'", '"')
    one = esis("uwlr", "example", "--lang", "python", "--push", "--url", "https://las.example/uwlr.svc")
    assert "= 'https://las.example/uwlr.svc', 'https://las.example/uwlr.svc'" in one.out
