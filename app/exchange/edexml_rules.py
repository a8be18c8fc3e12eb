"""The structure of an EDEXML 2.0/2.1 file, and the allowed values.

The rules are those of the EDEXML 2.1 schemas, in code: order and names of elements, lengths, code lists. Where 2.0 and
2.1 differ the wider one applies (keys of 256 characters, eckid, role TAL). Values that ESIS does not use (such as a
BSN) are not checked. An empty optional element counts as missing, because real files have them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from app.exchange import brin, lengths
from app.exchange.names import kept

Rule = Callable[[str], object]
"""Converts the text of an element to its value; raises `WrongValue`."""

KEY_LENGTH = 256
PRIMARY = tuple(map(str, range(9)))
"""The year groups of primary education, in order; 0 is for toddlers."""
YEAR_GROUPS = ("B", "D", *PRIMARY, *map(str, range(11, 17)), "S", "V", "C", "N", "H")
FIRST_SCHOOL_YEAR, LAST_SCHOOL_YEAR = "1991-1992", "2024-2025"
"""The range listed in the schemas of 2.1; an import accepts others too."""
COMBINATION = "C"
HISTORIC = "H"
YEAR_GROUPS_REMARK = "jaargroepen"
"""The code of a combination group's remark that lists its year groups, `5,6`; the standard has no element for them."""

_NEVER = frozenset({"Cc", "Zl", "Zp"})
"""Unicode categories of control characters and line separators."""
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_YEARS = re.compile(r"([12][0-9]{3})-([12][0-9]{3})")


class WrongValue(Exception):
    """An invalid value; the message completes "<element> ..."."""


def text(limit: int) -> Rule:
    """Text of at most `limit` printable characters, normalised as a name; empty if nothing of it is visible."""

    def check(value: str) -> str:
        return key(kept(_printed(value)), limit)

    return check


def key(value: str, limit: int = KEY_LENGTH) -> str:
    """A key: kept as it is, at most 256 printable characters."""
    if len(value) > limit:
        raise WrongValue(f"is {len(value)} tekens lang; het maximum is {limit}")
    return _printed(value)


def _printed(value: str) -> str:
    if not value.isprintable() and any(unicodedata.category(character) in _NEVER for character in value):
        raise WrongValue("bevat een stuurteken (zoals een regeleinde); dat mag niet")
    return value


def one_of(*values: str) -> Rule:
    """One of the values of a code list."""

    def check(value: str) -> str:
        if value not in values:
            raise WrongValue(f"is '{value[:40]}'; verwacht: een van {', '.join(values)}")
        return value

    return check


_GENDER = one_of("0", "1", "2", "9")


def pattern(expression: str, example: str) -> Rule:
    """A text of a fixed format."""
    compiled = re.compile(expression)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise WrongValue(f"is '{value[:40]}'; verwacht: {example}")
        return value

    return check


@lru_cache(maxsize=10_000)
def day(value: str) -> date:
    """A date such as `2014-09-07`; the time zone that XML allows after it is ignored.

    Cached because many pupils share a date: it is parsed once, and pickled once per chunk.
    """
    try:
        if found := _DAY.fullmatch(value):
            return date.fromisoformat(found[1])
    except ValueError:
        pass  # an impossible date, reported below like any other invalid one
    raise WrongValue(f"is '{value[:40]}'; verwacht: een bestaande datum als 2014-09-07")


def school_year(value: str) -> str:
    """Two consecutive years, as in `2014-2015`."""
    found = _YEARS.fullmatch(value)
    if not found or int(found[2]) != int(found[1]) + 1:
        raise WrongValue(f"is '{value[:40]}'; verwacht: een schooljaar als 2014-2015")
    return value


def school_number(value: str) -> str:
    """A BRIN as in `99QQ`, optionally followed by the location number, in any notation."""
    meant = brin.understood(value)
    if re.fullmatch(f"{brin.BRIN}({brin.LOCATION_NUMBER})?", meant):
        return meant
    raise WrongValue(f"is '{value[:40]}'; verwacht: twee cijfers en twee hoofdletters, zoals 99QQ")


def gender(value: str) -> int:
    """0 unknown, 1 boy, 2 girl, 9 not specified."""
    return int(str(_GENDER(value)))


def year_groups(value: str) -> tuple[str, ...]:
    """The year groups of a combination group, as in `5,6`."""
    return tuple(dict.fromkeys(str(pattern("[0-8](,[0-8])*", "jaargroepen als 5,6")(value)).split(",")))


RULES: dict[str, Rule] = {
    "schooljaar": school_year,
    "brincode": school_number,
    "dependancecode": pattern(brin.LOCATION_NUMBER, "twee cijfers, zoals 00"),
    "instellingsnummer": pattern("[0-9]{2,6}", "twee tot zes cijfers"),
    "xsdversie": text(32),
    "naam": text(lengths.GROUP_NAME),
    "achternaam": text(lengths.LAST_NAME),
    "voorvoegsel": text(lengths.PREFIX),
    "voornamen": text(200),
    "voorletters-1": text(lengths.INITIALS),
    "roepnaam": text(lengths.FIRST_NAME),
    "geboortedatum": day,
    "geslacht": gender,
    "jaargroep": one_of(*YEAR_GROUPS),
    "emailadres": text(lengths.EMAIL),
    "instroomdatum": day,
    "uitstroomdatum": day,
}
"""Element name -> rule, for the values ESIS uses; the same everywhere."""


class Layout:
    """The allowed children of an element, in order: `a b|c d*`, where `|` is a choice and `*` may repeat."""

    def __init__(self, order: str, required: str = "") -> None:
        self.required = tuple(required.split())
        self.position: dict[str, int] = {}
        self.repeated: set[str] = set()
        for number, names in enumerate(order.split()):
            for name in names.split("|"):
                self.position[name.rstrip("*")] = number
                if name.endswith("*"):
                    self.repeated.add(name.rstrip("*"))

    def after(self, position: int) -> str:
        """What may still follow, as Dutch text."""
        names = [name for name, place in self.position.items() if place > position or name in self.repeated]
        shown = names[:6] + (["enzovoort"] if len(names) > 6 else [])
        return ", ".join(shown) or "niets meer"


_NAMES = "achternaam voorvoegsel voornamen voorletters-1 roepnaam"
LAYOUTS: dict[str, Layout] = {
    "EDEX": Layout("school vestigingen groepen leerlingen leerkrachten", "school leerlingen"),
    "school": Layout(
        "schooljaar peildatum brincode|instellingsnummer dependancecode schoolkey aanmaakdatum auteur xsdversie "
        "commentaar toevoegingen",
        "schooljaar",
    ),
    "vestiging": Layout("naam omschrijving mutatiedatum", "naam"),
    "groep": Layout("naam jaargroep omschrijving toevoegingen mutatiedatum", "naam jaargroep"),
    "samengestelde_groep": Layout("naam omschrijving toevoegingen mutatiedatum", "naam"),
    "leerling": Layout(
        f"{_NAMES} geboortedatum geslacht start_ondw_jgr3 jaargroep groep samengestelde_groepen vestiging "
        "gebruikersnaam emailadres fotourl etniciteit land land_vader land_moeder "
        "sofinummer|bsn|onderwijsnummer|bsn_ondwnr-4|rijksregisternummer gewicht_nieuw gewicht "
        "postcodenl|postnummerbe|postcodeoverig instroomdatum uitstroomdatum toevoegingen mutatiedatum"
    ),
    "leerkracht": Layout(f"{_NAMES} gebruikersnaam emailadres rol*|rolomschrijving* groepen toevoegingen mutatiedatum"),
}
CONTAINERS: dict[str, tuple[str, ...]] = {
    "vestigingen": ("vestiging",),
    "groepen": ("groep", "samengestelde_groep"),
    "leerlingen": ("leerling",),
    "leerkrachten": ("leerkracht",),
}
"""Element -> the records it contains."""
REFERENCES: dict[str, tuple[str, ...]] = {
    "samengestelde_groepen": ("samengestelde_groep",),
    "groepen": ("groep", "samengestelde_groep"),
}
"""Element inside a pupil or staff member -> the references it contains."""
KNOWN_BLOCKS = frozenset({"OpmerkingGegevensType"})
"""Kinds of addition (toevoegingen/blok) defined by the standard."""
