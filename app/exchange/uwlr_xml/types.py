"""The simple types of UWLR 2.2 and EDEXML 2.1, and the code lists (standards/README.md, section 2)."""

from __future__ import annotations

from app.exchange import lengths
from app.exchange.edexml_rules import YEAR_GROUPS
from app.exchange.uwlr_xml.shapes import Attribute, Shape, Text


def _string(name: str, longest: int) -> Text:
    return Text(name, shortest=1, longest=longest)


FIRST_YEAR, LAST_YEAR = 1991, 2024
ANY = Text()
STRING_32, STRING_64 = _string("tpString32", 32), _string("tpString64", 64)
STRING_128, STRING_256 = _string("tpString128", 128), _string("tpString256", 256)
KEY, ECKID = _string("tpKey", 256), _string("tpKey", 256)
DATE, MOMENT = Text(base="date"), Text(base="dateTime")
INTEGER, DECIMAL = Text(base="integer"), Text(base="decimal")
SCORE = Text("tpScore", base="nonNegativeInteger")
SCHOOL_YEAR = Text("tpSchooljaar", pattern=r"[1-2]\p{Nd}{3}-[1-2]\p{Nd}{3}", said="een schooljaar, als 2019-2020")
BRIN = Text("tpBrinCode", pattern=r"\p{Nd}{2}\p{Lu}{2}", said="twee cijfers en twee hoofdletters, als 99QQ")
LOCATION = Text("tpDependanceCode", pattern=r"\p{Nd}{2}", said="twee cijfers, als 00")
NOT_EMPTY = Text("nonEmptyStringType", shortest=1, said="een gevulde tekst")
ANY_URI = Text(base="anyURI")

# EDEXML's own, as UWLR 2.2 takes them over.
EDEX_KEY, EDEX_ECKID = _string("EDEXKeyType", 256), _string("EDEXKeyType", 256)
KEYS = (KEY, EDEX_KEY)
"""What older versions allow fewer characters (`versions.py`)."""
EDEX_32, EDEX_64 = _string("EDEXString32Type", 32), _string("EDEXString64Type", 64)
EDEX_128, EDEX_256 = _string("EDEXString128Type", 128), _string("EDEXString256Type", 256)
EDEX_SCHOOL_YEAR = Text(
    "EDEXSchooljaarType",
    values=tuple(f"{year}-{year + 1}" for year in range(FIRST_YEAR, LAST_YEAR + 1)),
    said=f"een schooljaar van {FIRST_YEAR}-{FIRST_YEAR + 1} tot en met {LAST_YEAR}-{LAST_YEAR + 1}",
)
LAST_NAME = _string("EDEXAchternaamType", lengths.LAST_NAME)
PREFIX = _string("EDEXVoorvoegselType", lengths.PREFIX)
GIVEN_NAMES = _string("EDEXVoornamenType", 200)
INITIALS = _string("EDEXVoorletters-1Type", lengths.INITIALS)
USER_NAME = _string("EDEXGebruikersnaamType", 64)
ROLE_TEXT = _string("EDEXRolOmschtijvingType", 64)
GENDER = Text("EDEXGeslachtType", values=("0", "1", "2", "9"))
YEAR_GROUP = Text("EDEXJaargroepType", values=YEAR_GROUPS)
ROLE = Text(
    "EDEXLeerkrachtRolType",
    values=(
        "ADJ",
        "ADM",
        "CON",
        "DIR",
        "ICT",
        "IB",
        "KLA",
        "LRK",
        "LOS",
        "LOC",
        "OWA",
        "OUD",
        "RT",
        "SMW",
        "STA",
        "VAK",
    ),
)
ETHNICITY = Text("EDEXEtniciteitType", values=("0", "1", "9"))
COUNTRY = Text("EDEXLandType", pattern=r"\p{Nd}{4}|\?", said="een landcode, of ?")
WEIGHT_NEW = Text("EDEXLrlGewichtNieuwType", values=("?", "0", "0,3", "1,2"))
WEIGHT = Text("EDEXLrlGewichtType", values=("?", "0.00", "0.25", "0.40", "0.70", "0.90"))


def digits(name: str, count: str, said: str) -> Text:
    """A number of so many digits."""
    return Text(name, pattern=rf"\p{{Nd}}{{{count}}}", said=said)


NINE = "negen cijfers"
SOFI, BSN, EDUCATION_NUMBER = (
    digits("EDEXSofinummerType", "9", NINE),
    digits("EDEXBsnType", "9", NINE),
    digits("EDEXOnderwijsnummerType", "9", NINE),
)
BSN_4 = digits("EDEXBsnOndwnr-4Type", "4", "vier cijfers")
NATIONAL_NUMBER = digits("EDEXRijksregisternummerType", "11", "elf cijfers")
POSTCODE = Text("EDEXPostcodeNlType", pattern=r"\p{Nd}{4}\p{Lu}{2}", said="een postcode, als 1234AB")
POSTCODE_BE = digits("EDEXPostnummerBeType", "4", "vier cijfers")
INSTITUTION = digits("EDEXInstellingsnummerType", "2,6", "twee tot zes cijfers")

VOCABULARY = (Attribute("vocabulaire", ANY_URI), Attribute("vocabulairelocatie", ANY_URI))
TERM = Shape("ctpVocabulaireGebondenVeld", text=STRING_256, attributes=VOCABULARY)
"""A term of a vocabulary: a text with attributes that say which."""
EMPTY = Shape("ctpLeeg")

REFERENCE_SCORES = (
    "AE",
    "CAE",
    "IV",
    "CIV",
    "FN",
    "ON",
    "DLE",
    "Percentiel",
    "Percentage",
    "T-score",
    "Stanine",
    "DQ",
    "IQ",
    "ERK",
    "C-score",
    "Norm",
    "RNTRM",
    "ZML",
    "LGH",
    "AVI",
    "NAZ",
    "LM",
    "Standaardscore",
    "LA",
)
"""OSO list 11: codereferentiescore."""
COMPARED_WITH = ("BB+", "BB", "KB", "GT", "HAVO", "VWO", "Landelijk")
"""OSO list 22: codevergelijkingsgroep."""
