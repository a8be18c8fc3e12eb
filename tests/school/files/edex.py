"""EDEXML files for tests, made from given contents."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr


def leaf(name: str, value: str) -> str:
    """An element, or nothing for an empty value."""
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def group(key: str, name: str, year_group: str = "5") -> str:
    return f"<groep key={quoteattr(key)}>{leaf('naam', name)}{leaf('jaargroep', year_group)}</groep>"


def composite(key: str, name: str) -> str:
    return f"<samengestelde_groep key={quoteattr(key)}>{leaf('naam', name)}</samengestelde_groep>"


def pupil(
    key: str,
    first: str = "Anna",
    last: str = "Berg",
    group: str = "",
    plus: tuple[str, ...] = (),
    *,
    prefix: str = "",
    given: str = "",
    initials: str = "",
    year_group: str = "5",
    start: str = "",
    end: str = "",
    place: str = "",
    born: str | None = None,
    eckid: str = "",
) -> str:
    """A pupil; each number has a birth date of its own, from 3 February 2010 for number 1 on, unless it is said."""
    if born is None:
        born = str(date(2010, 2, 2) + timedelta(days=int(re.sub("[^0-9]", "", key) or 0) % 3_000))
    attributes = f"key={quoteattr(key)}" + (f" eckid={quoteattr(eckid)}" if eckid else "")
    references = "".join(f"<samengestelde_groep key={quoteattr(key)}/>" for key in plus)
    return "".join(
        [
            f"<leerling {attributes}>",
            leaf("achternaam", last),
            leaf("voorvoegsel", prefix),
            leaf("voornamen", given),
            leaf("voorletters-1", initials),
            leaf("roepnaam", first),
            leaf("geboortedatum", born),
            leaf("jaargroep", year_group),
            f"<groep key={quoteattr(group)}/>" if group else "",
            f"<samengestelde_groepen>{references}</samengestelde_groepen>" if plus else "",
            f"<vestiging key={quoteattr(place)}/>" if place else "",
            leaf("instroomdatum", start),
            leaf("uitstroomdatum", end),
            "</leerling>",
        ]
    )


def teacher(key: str, first: str = "Julia", last: str = "Bemmel", groups: str = "", email: str = "") -> str:
    inside = f"<groepen>{groups}</groepen>" if groups else ""
    return (
        f"<leerkracht key={quoteattr(key)}>{leaf('achternaam', last)}{leaf('roepnaam', first)}"
        f"{leaf('emailadres', email)}{inside}</leerkracht>"
    )


def edex(
    *records: str,
    groups: str = "",
    staff: str = "",
    brin: str = "99QQ",
    number: str = "00",
    year: str = "2019-2020",
    places: str = "",
) -> bytes:
    """A file with these pupils, one on a line."""
    school = leaf("schooljaar", year) + leaf("brincode", brin) + (leaf("dependancecode", number) if brin else "")
    parts = [
        f"<EDEX><school>{school}</school>",
        f"<vestigingen>{places}</vestigingen>" if places else "",
        f"<groepen>{groups}</groepen>" if groups else "",
        "<leerlingen>",
        *records,
        "</leerlingen>",
        f"<leerkrachten>{staff}</leerkrachten>" if staff else "",
        "</EDEX>",
    ]
    return "\n".join(parts).encode()
