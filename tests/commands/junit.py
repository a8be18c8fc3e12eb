"""Results as JUnit XML, valid by the schema beside this file."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))


def junit(path: Path) -> etree._Element:
    """The results, valid by the common schema."""
    found = etree.parse(path)
    SCHEMA.assertValid(found)
    return found.getroot()
