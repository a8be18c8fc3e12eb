"""A call of the web service in words, for a terminal and for the screen."""

from __future__ import annotations

from app import clock
from app.exchange.uwlr_xml.rules import RULES
from app.uwlr.journal import OUTCOMES, Outcome, pairs
from app.uwlr.masking import KEPT
from models.webservice import ExchangedMessage

REST = "... de rest is niet bewaard\n"


def facts(row: ExchangedMessage) -> list[tuple[str, str]]:
    """What is known of it, as labels and values."""
    found = [
        ("Bericht", f"{row.id}, {clock.dutch_moment(row.at)}"),
        ("Leverancier", row.supplier or "(onbekend)"),
        ("Van", row.client or "(onbekend)"),
        ("Adres", row.address),
        ("Bewerking", row.operation or "(geen)"),
        ("Afloop", OUTCOMES[Outcome(row.outcome)]),
        ("Duur", f"{row.ms} ms; {row.size} bytes in, {row.answer_size} bytes uit"),
    ]
    if row.fault:
        found.append(("Fout", f"{row.fault} ({row.status})"))
    if row.rule:
        asks = RULES[row.rule].asks if row.rule in RULES else ""
        found.append(("Eis", f"{row.rule}: {asks}"))
    if row.line:
        found.append(("Plaats", f"regel {row.line}, kolom {row.column}"))
    for label, text in (
        ("XPath", row.xpath),
        ("Gevonden", row.found),
        ("Verwacht", row.expected),
        ("Hint", row.nearest),
    ):
        if text:
            found.append((label, text))
    if not row.rule:
        found.append(("Gedaan", row.told))
    return found


def told(row: ExchangedMessage) -> list[str]:
    """Everything, as lines."""
    lines = [f"{label:12} {text}" for label, text in facts(row)]
    for title, text in (("Daarna zou ook fout gaan", row.later), ("Door de vingers gezien", row.remarks)):
        if found := pairs(text):
            lines += ["", f"{title}:", *(f"- {one['told']}" for one in found)]
    lines += ["", "Verzoek:", *_body(row.request, row.size), "", "Antwoord:", *_body(row.answer, row.answer_size)]
    return lines


def numbered(row: ExchangedMessage) -> list[str]:
    """The request as it came, each line with its number; the line that a refusal is about has a mark."""
    lines = bytes(row.request).decode("utf-8", "replace").split("\n")
    found = [f"{'>' if number == row.line else ' '}{number:5}  {line}" for number, line in enumerate(lines, 1)]
    return found + [REST.strip()] * (row.size > KEPT) if row.request else ["(leeg)"]


def _body(body: bytes, size: int) -> list[str]:
    return indented(bytes(body).decode("utf-8", "replace"), size > KEPT).splitlines() or ["(leeg)"]


def indented(text: str, cut: bool = False) -> str:
    """XML with a line for each element, as far as it can be read; else the text itself. `cut`: only its beginning is kept."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True, recover=cut
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return text
    if root is None:
        return text
    return etree.tostring(root, pretty_print=True, encoding="unicode") + (REST if cut else "")
