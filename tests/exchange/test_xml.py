"""Files from outside that are no XML, or XML that wants something."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from app.exchange.xml import UnreadableXml, line_of, stream
from app.refusals import Refused

HEAD = '<?xml version="1.0"?>'


def tags_in(source: bytes | Path, **limits: int) -> list[str]:
    return [str(element.tag) for element in stream(source, "EDEX", ("school", "leerling"), **limits)]


def billion_laughs(attribute: bool) -> bytes:
    entities = '<!ENTITY e0 "ha">' + "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10)
    )
    body = '<EDEX a="&e9;"/>' if attribute else "<EDEX>&e9;</EDEX>"
    return f"{HEAD}<!DOCTYPE EDEX [{entities}]>{body}".encode()


def test_children_and_grandchildren_come_when_they_end_and_the_root_last() -> None:
    source = b"<EDEX><school><leerling/></school><x><leerling/></x><leerling/><a><b><leerling/></b></a></EDEX>"
    assert tags_in(source) == ["leerling", "school", "leerling", "leerling", "EDEX"]


@pytest.mark.parametrize("attribute", [True, False])
def test_an_entity_bomb_is_refused(attribute: bool) -> None:
    with pytest.raises(UnreadableXml):
        tags_in(billion_laughs(attribute))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE EDEX>",
        '<!DOCTYPE EDEX SYSTEM "http://127.0.0.1:9/edex.dtd">',
        '<!DOCTYPE EDEX [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE EDEX [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a"> %a;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_every_doctype_is_refused(doctype: str, encoding: str) -> None:
    source = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<EDEX>&a;</EDEX>'.encode(encoding)
    with pytest.raises(UnreadableXml, match="DOCTYPE"):
        tags_in(source)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "leeg"),
        (b" \n ", "geen XML"),
        (b"PK\x03\x04 geen tekst", "geen XML"),
        (b"leerling;achternaam\n1;Berg\n", "geen XML"),
        (b"<EDEX><school>", "houdt op"),
        (b"<EDEX><school><schooljaar>2014-20", "houdt op"),
        (b"<EDEX><school></EDEX>", "andere naam afgesloten"),
        (b"<EDEX/><EDEX/>", "na het einde"),
        (b"<EDEX>\0</EDEX>", "stuurteken"),
        (b"<EDEX>&#1;</EDEX>", "stuurteken"),
        (b"<EDEX>\x1b[2J</EDEX>", "stuurteken"),
        (b"<EDEX>&onbekend;</EDEX>", "geen geldige XML"),
        (b'<?xml version="1.0" encoding="UTF-8"?><EDEX>\xe9</EDEX>', "codering"),
        (b'<?xml version="1.0" encoding="UTF-16"?><EDEX/>', "geen geldige XML"),
        (b'<?xml version="1.0" encoding="x-eigen"?><EDEX/>', "'x-eigen'"),
        (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-EDEX/+AD4-', "'UTF-7'"),
        ('\ufeff<?xml version="1.0" encoding="UTF-7"?><EDEX/>'.encode("utf-16-le"), "'UTF-7'"),
        (b"+/v8-+ADw-EDEX/+AD4-", "geen XML"),
        ('<?xml version="1.0" encoding="IBM037"?><EDEX/>'.encode("cp037"), "codering is onbekend"),
        ('<?xml version="1.0"?><EDEX/>'.encode("utf-32"), "geen XML"),
        ("<EDEX>\ud800</EDEX>".encode("utf-16", "surrogatepass"), "codering"),
        (b"<html><body/></html>", "html"),
        (b'<EDEX xmlns="urn:x"/>', "urn:x"),
    ],
)
def test_what_is_no_readable_file_is_refused_with_a_sentence(source: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableXml, match=sentence) as refusal:
        tags_in(source)
    assert isinstance(refusal.value, Refused)
    assert refusal.value.sentence.startswith("Het bestand is niet te lezen")


def test_the_sentence_names_the_line() -> None:
    with pytest.raises(UnreadableXml, match=r"\(regel 3\)") as refusal:
        tags_in(b"<EDEX>\n<school>\n</schol></EDEX>")
    assert refusal.value.line == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "us-ascii"])
def test_encodings_in_common_use_are_read(encoding: str) -> None:
    name = "Zoe" if encoding == "us-ascii" else "Zoë"
    declared = encoding.removesuffix("-sig")
    source = f'<?xml version="1.0" encoding="{declared}"?><EDEX><school>{name}</school></EDEX>'.encode(encoding)
    assert next(stream(source, "EDEX", ("school",))).text == name


def test_a_file_that_is_too_large_or_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "groot.xml"
    path.write_bytes(b"<EDEX>" + b" " * 2_000_000 + b"</EDEX>")
    with pytest.raises(UnreadableXml, match="2,0 MB; het mag 1 MB zijn"):
        tags_in(path, max_bytes=1_000_000)
    with pytest.raises(UnreadableXml, match="bestaat niet"):
        tags_in(tmp_path / "weg.xml")
    with pytest.raises(UnreadableXml, match="niet te openen"):
        tags_in(tmp_path)


def test_comments_and_instructions_do_not_cut_a_text_in_two() -> None:
    element = next(stream(b"<EDEX><school>Jan<!-- x -->sen<?y?></school></EDEX>", "EDEX", ("school",)))
    assert element.text == "Jansen"


def test_lines_are_right_far_into_a_file() -> None:
    source = b"<EDEX><x>\n" + b"<leerling>\n</leerling>\n" * 50_000 + b"</x></EDEX>"
    lines = [line_of(element) for element in stream(source, "EDEX", ("leerling",)) if element.tag == "leerling"]
    assert lines == [2 + 2 * number for number in range(50_000)]


def test_what_was_read_is_dropped() -> None:
    source = b"<EDEX><x>" + b"<leerling><naam>Anna</naam></leerling>" * 50_000 + b"</x></EDEX>"
    left = [len(element) for element in stream(source, "EDEX", ("x", "leerling")) if element.tag == "x"]
    assert left == [0]
    tracemalloc.start()
    for _ in stream(source, "EDEX", ("x", "leerling")):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
