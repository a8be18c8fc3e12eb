"""External files that are not XML, or XML with external references."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
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
        (b"PK\x03\x04 geen tekst", "zip-bestand is beschadigd"),
        (b"leerling;achternaam\n1;Berg\n", "dit is een CSV-bestand en geen XML. Kies een EDEXML-bestand"),
        (b"leerling,achternaam\r\n1,Berg\r\n", "CSV-bestand"),
        ("\ufeffleerling\tachternaam\r\n".encode("utf-16"), "CSV-bestand"),
        (b"9001      Testman              Te           20100203\r\n", "EDEX2000-bestand .EDEXLL.TXT"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 boek", "oud Excel-boek"),
        (b"%PDF-1.7\n", "een PDF en geen XML"),
        (b"<!DOCTYPE html><html></html>", "DOCTYPE"),
        (b"<EDEX><school>", "houdt op"),
        (b"<EDEX><school><schooljaar>2014-20", "houdt op"),
        (b"<EDEX><school></EDEX>", "andere naam afgesloten"),
        (b"<EDEX/><EDEX/>", "na het einde"),
        (b"<EDEX>\0</EDEX>", "stuurteken"),
        (b"<EDEX>&#1;</EDEX>", "stuurteken"),
        (b"<EDEX>\x1b[2J</EDEX>", "stuurteken"),
        (b"<EDEX>&onbekend;</EDEX>", r"\(regel 1\): hier staat &onbekend;, en dat kent XML niet"),
        (
            b"<EDEX>\n<school>Ren&eacute;</school></EDEX>",
            r"\(regel 2\): hier staat &eacute;.*Schrijf het teken zelf \(é\)",
        ),
        (b"<EDEX>\n<school>Jansen & De Boer</school></EDEX>", r"\(regel 2\): .*losse & bij 'Jansen & De Boer'.*&amp;"),
        (b"<EDEX>\n<school>Jansen &Zn</school></EDEX>", r"\(regel 2\): .*losse & bij 'Jansen &Zn'"),
        (b"<EDEX>\n<school>x < y</school></EDEX>", r"\(regel 2\): .*losse < bij 'x < y'.*&lt;"),
        (b"<EDEX>\n<school a=b/></EDEX>", r"\(regel 2\): bij '<school a=b/>' is het geen geldige XML"),
        (
            b'<?xml version="1.0" encoding="UTF-8"?>\n<EDEX>Ren\xe9</EDEX>',
            r"\(regel 2\): het bestand zegt dat het UTF-8 is, maar .* byte \(E9\).* staat er 'René'. .*sla het op als UTF-8",
        ),
        (b"<EDEX>\n\n\xe9</EDEX>", r"\(regel 3\): het bestand noemt geen codering en is dus UTF-8, maar .*E9"),
        (b'<?xml version="1.0" encoding="windows-1252"?>\n<EDEX>\x81</EDEX>', r"\(regel 2\): .*byte \(81\)"),
        (b'<?xml version="1.0" encoding="x-eigen"?><EDEX/>', "'x-eigen'"),
        (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-EDEX/+AD4-', "'UTF-7'"),
        ('\ufeff<?xml version="1.0" encoding="UTF-7"?><EDEX/>'.encode("utf-16-le"), "'UTF-7'"),
        (b"+/v8-+ADw-EDEX/+AD4-", "geen XML"),
        ('<?xml version="1.0" encoding="IBM037"?><EDEX/>'.encode("cp037"), "codering wordt niet gelezen"),
        ('<?xml version="1.0"?><EDEX/>'.encode("utf-32"), "codering wordt niet gelezen"),
        ("<EDEX>\ud800</EDEX>".encode("utf-16", "surrogatepass"), "codering"),
        (b"<html><body/></html>", "html"),
        (b'<leerlinggegevens_antwoord xmlns="urn:x"/>', "UWLR-bericht .leerlinggegevens_antwoord.*Koppelingen"),
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


PREFIXED = '<e:EDEX xmlns:e="urn:x"><school>é</school><l><leerling/></l></e:EDEX>'
BOM = "\ufeff"


def declared(name: str, text: str = "<EDEX><school>é“</school></EDEX>") -> str:
    return f'<?xml version="1.0" encoding="{name}"?>\n{text}'


@pytest.mark.parametrize(
    ("source", "text", "remark"),
    [
        ('<EDEX xmlns="urn:x"><school>é</school></EDEX>'.encode(), "é", ""),
        (PREFIXED.encode(), "é", ""),
        (f"\n \n{declared('UTF-8')}".encode(), "é“", "voor het begin van de XML staat iets"),
        (f"{BOM}{BOM}{declared('UTF-8')}".encode(), "é“", "voor het begin van de XML staat iets"),
        (f"{BOM}\r\n{declared('UTF-16')}".encode("utf-16"), "é“", "voor het begin van de XML staat iets"),
        (f"\n{declared('windows-1252')}".encode("cp1252"), "é“", "voor het begin van de XML staat iets"),
        ("\n<EDEX><school>é</school></EDEX>".encode(), "é", ""),
        (f"{BOM}{declared('UTF-8')}".encode(), "é“", ""),
        (declared("UTF-16").encode(), "é“", "zegt dat het UTF-16 is, maar het is UTF-8"),
        (declared("windows-1252").encode(), "é“", "zegt dat het windows-1252 is, maar het is UTF-8"),
        (f"{BOM}{declared('ISO-8859-1')}".encode(), "é“", "zegt dat het ISO-8859-1 is, maar het is UTF-8"),
        (declared("ISO-8859-1").encode("cp1252"), "é“", "zegt dat het ISO-8859-1 is, maar het is Windows-1252"),
        (declared("us-ascii").encode(), "é“", ""),
        (declared("utf-8").encode("utf-16"), "é“", "zegt dat het utf-8 is, maar het is UTF-16"),
        (declared("UTF-16").encode("utf-16-be"), "é“", ""),
    ],
)
def test_what_can_be_read_without_guessing_is_read_with_a_remark(source: bytes, text: str, remark: str) -> None:
    told: list[str] = []
    elements = stream(source, "EDEX", ("school", "leerling"), tell=lambda _, sentence: told.append(sentence))
    found = [(element.tag, element.text) for element in elements]
    assert (found[0], found[-1][0]) == (("school", text), "EDEX")
    assert [remark in one for one in told] == ([True] if remark else [])


def test_lines_are_those_of_the_file_whatever_stands_before_it() -> None:
    source = b"\n\n<?xml version='1.0'\n?>\n<EDEX>\n<school/></EDEX>"
    assert [line_of(element) for element in stream(source, "EDEX", ("school",))] == [6, 5]


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


XML = b"<EDEX><school/></EDEX>"


def test_a_zip_with_one_xml_file_is_opened() -> None:
    assert tags_in(zipped(("lees mij.txt", b"x"), ("map/EDEX.XML", XML))) == ["school", "EDEX"]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (zipped(("lees mij.txt", b"x")), "zit geen XML-bestand. Pak het uit"),
        (zipped(("a.xml", XML), ("b.xml", XML)), "zitten 2 XML-bestanden"),
        (zipped(("xl/workbook.xml", b"<x/>")), "dit is een Excel-boek en geen XML"),
        (zipped(("word/document.xml", b"<x/>")), "dit is een Word-document"),
        (zipped(("mimetype", b"x"), ("content.xml", b"<x/>")), "OpenDocument"),
        (zipped(("a.xml", b"<EDEX>" + b" " * 3_000_000 + b"</EDEX>")), "uitgepakt is het 3,0 MB; het mag 1 MB zijn"),
        (zipped(("a.xml", XML), method=zipfile.ZIP_LZMA), "op een ongewone manier ingepakt"),
        (zipped(("a.xml", XML))[:-30], "beschadigd"),
        (zipped(("a.xml", XML), method=zipfile.ZIP_STORED).replace(b"<school/>", b"<schooI/>"), "beschadigd"),
        (zipped(*((f"{number:070}", b"") for number in range(9_000))), "onredelijk veel onderdelen"),
    ],
    ids=["no xml", "two", "excel", "word", "opendocument", "bomb", "method", "cut off", "checksum", "members"],
)
def test_another_zip_gets_its_sentence(source: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableXml, match=sentence):
        tags_in(source, max_bytes=2_000_000 if "veel" in sentence else 1_000_000)


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
