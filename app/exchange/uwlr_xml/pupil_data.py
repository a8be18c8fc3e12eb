"""What a LAS answers: the pupils, groups and staff of a school, as shapes of UWLR 2.2, which are EDEXML 2.1's."""

from __future__ import annotations

from app.exchange.uwlr_xml import types
from app.exchange.uwlr_xml.shapes import Attribute, Element, Shape, Text, Unique, choice, many, optional, sequence

_KEY = Attribute("key", types.EDEX_KEY, required=True)
_ECKID = Attribute("eckid", types.EDEX_ECKID)
_BLOCK = Shape(
    "ToevoegingsBlokType",
    sequence(Element("code", types.EDEX_64), optional("omschrijving", types.ANY)),
    abstract=True,
)
_ADDITIONS = optional("toevoegingen", Shape("ToevoegingenType", sequence(many("blok", _BLOCK))))
_CHANGED = optional("mutatiedatum", types.MOMENT)
SCHOOL = Shape(
    "SchoolType",
    sequence(
        Element("schooljaar", types.EDEX_SCHOOL_YEAR),
        optional("peildatum", types.DATE),
        choice(
            sequence(
                Element("brincode", Text("EDEXBrincodeType", pattern=types.BRIN.pattern, said=types.BRIN.said)),
                optional(
                    "dependancecode",
                    Text("EDEXDependancecodeType", pattern=types.LOCATION.pattern, said=types.LOCATION.said),
                ),
                optional("schoolkey", types.EDEX_KEY),
            ),
            sequence(Element("instellingsnummer", types.INSTITUTION), optional("schoolkey", types.EDEX_KEY)),
            optional("schoolkey", types.EDEX_KEY),
        ),
        optional("aanmaakdatum", types.MOMENT),
        optional("auteur", types.EDEX_128),
        optional("xsdversie", types.EDEX_32),
        optional("commentaar", types.ANY),
        _ADDITIONS,
    ),
)
LOCATION = Shape(
    "VestigingType",
    sequence(Element("naam", types.EDEX_64), optional("omschrijving", types.EDEX_256), _CHANGED),
    (_KEY,),
)
GROUP = Shape(
    "GroepType",
    sequence(
        Element("naam", types.EDEX_64),
        Element("jaargroep", types.YEAR_GROUP),
        optional("omschrijving", types.EDEX_256),
        _ADDITIONS,
        _CHANGED,
    ),
    (_KEY,),
)
COMPOSITE = Shape(
    "SamengesteldeGroepType",
    sequence(Element("naam", types.EDEX_64), optional("omschrijving", types.EDEX_256), _ADDITIONS, _CHANGED),
    (_KEY,),
)
_REFERENCE = Shape("GroepReferentieType", attributes=(_KEY,))
_NAMES = choice(
    sequence(
        Element("achternaam", types.LAST_NAME),
        optional("voorvoegsel", types.PREFIX),
        optional("voornamen", types.GIVEN_NAMES),
        optional("voorletters-1", types.INITIALS),
        optional("roepnaam", types.EDEX_64),
    ),
    Element("roepnaam", types.EDEX_64),
)
PUPIL = Shape(
    "LeerlingType",
    sequence(
        _NAMES,
        optional("geboortedatum", types.DATE),
        optional("geslacht", types.GENDER),
        optional("start_ondw_jgr3", types.DATE),
        optional("jaargroep", types.YEAR_GROUP),
        optional("groep", _REFERENCE),
        optional(
            "samengestelde_groepen",
            Shape("SamengesteldeGroepenReferentieType", sequence(many("samengestelde_groep", _REFERENCE))),
        ),
        optional("vestiging", Shape("VestigingReferentieType", attributes=(_KEY,))),
        optional("gebruikersnaam", types.USER_NAME),
        optional("emailadres", types.EDEX_256),
        optional("fotourl", types.EDEX_256),
        optional("etniciteit", types.ETHNICITY),
        optional("land", types.COUNTRY),
        optional("land_vader", types.COUNTRY),
        optional("land_moeder", types.COUNTRY),
        choice(
            optional("sofinummer", types.SOFI),
            optional("bsn", types.BSN),
            optional("onderwijsnummer", types.EDUCATION_NUMBER),
            optional("bsn_ondwnr-4", types.BSN_4),
            optional("rijksregisternummer", types.NATIONAL_NUMBER),
        ),
        optional("gewicht_nieuw", types.WEIGHT_NEW),
        optional("gewicht", types.WEIGHT),
        choice(
            optional("postcodenl", types.POSTCODE),
            optional("postnummerbe", types.POSTCODE_BE),
            optional("postcodeoverig", types.EDEX_32),
        ),
        optional("instroomdatum", types.DATE),
        optional("uitstroomdatum", types.DATE),
        _ADDITIONS,
        _CHANGED,
    ),
    (_KEY, _ECKID),
)
_ROLES = choice(Element("rol", types.ROLE), Element("rolomschrijving", types.ROLE_TEXT), least=0, most=None)
_GROUP_OF_TEACHER = Shape("LeerkrachtGroepReferentieType", _ROLES, (_KEY,))
TEACHER = Shape(
    "LeerkrachtType",
    sequence(
        _NAMES,
        optional("gebruikersnaam", types.USER_NAME),
        optional("emailadres", types.EDEX_256),
        _ROLES,
        optional(
            "groepen",
            Shape(
                "LeerkrachtGroepenReferentieType",
                choice(
                    Element("groep", _GROUP_OF_TEACHER),
                    Element("samengestelde_groep", _GROUP_OF_TEACHER),
                    most=None,
                ),
            ),
        ),
        _ADDITIONS,
        _CHANGED,
    ),
    (_KEY, _ECKID),
)
_LOCATIONS = optional("vestigingen", Shape("VestigingenType", sequence(many("vestiging", LOCATION))))
_GROUPS = optional(
    "groepen",
    Shape(
        "GroepenType",
        choice(Element("groep", GROUP), Element("samengestelde_groep", COMPOSITE), most=None),
    ),
)
_PUPILS = Element("leerlingen", Shape("LeerlingenType", sequence(many("leerling", PUPIL))))
_TEACHERS = optional("leerkrachten", Shape("LeerkrachtenType", sequence(many("leerkracht", TEACHER))))
_WHO = (
    Unique("leerlingKey", "leerlingen/leerling", "@key", "key"),
    Unique("leerlingEckid", "leerlingen/leerling", "@eckid"),
)
_STAFF = (
    Unique("leerkrachtKey", "leerkrachten/leerkracht", "@key", "key"),
    Unique("leerkrachtEckid", "leerkrachten/leerkracht", "@eckid"),
)
_PLACES = (
    Unique("groepKey", "groepen/*", "@key"),
    Unique("vestigingKey", "vestigingen/vestiging", "@key", "key"),
)
DATA = Shape(
    "ctpLeerlinggegevens",
    sequence(Element("school", SCHOOL), _LOCATIONS, _GROUPS, _PUPILS, _TEACHERS),
    unique=(*_PLACES, *_WHO, *_STAFF),
)
STRUCTURE = Shape("ctpStructuur", sequence(Element("school", SCHOOL), _LOCATIONS, _GROUPS), unique=_PLACES)
DATA_PUPILS = Shape("ctpLeerlingen", sequence(Element("school", SCHOOL), _PUPILS), unique=_WHO)
DATA_TEACHERS = Shape("ctpLeerkrachten", sequence(Element("school", SCHOOL), _TEACHERS), unique=_STAFF)
