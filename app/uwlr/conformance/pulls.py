"""Tests of what a LAS gives: HaalLeerlinggegevens, and the operations of the staged port."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.counted import counted
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.answered import DATA, FAULT, NONE, UNCHANGED
from app.exchange.uwlr_xml.namespaces import SOAP_12
from app.exchange.uwlr_xml.nodes import Node
from app.exchange.uwlr_xml.operations import PULL_PUPILS, PULL_STRUCTURE, PULL_TEACHERS
from app.exchange.uwlr_xml.rules import Finding, Rule
from app.uwlr.conformance.book import FIELD, MUST, SHOULD, Book
from app.uwlr.conformance.model import Seen, failed, passed, skipped
from app.uwlr.conformance.probe import Heard, Probe, given, no_data, with_data

BOOK = Book()
LONG_AGO = datetime(1990, 1, 1)
_SMALL = {"achternaam", "voorvoegsel", "roepnaam", "geboortedatum", "jaargroep", "groep", "samengestelde_groepen"}
_APART = (rules.DANGLING, rules.SAME_PERSON, rules.NAMESPACE)
"""Rules that have a test of their own."""
_test = BOOK.test


def _without(findings: Sequence[Finding], of: Sequence[Rule], right: str) -> Seen:
    """Passed if nothing was found that is against these rules."""
    wrong = [one for one in findings if one.rule in of]
    if not wrong:
        return passed(right)
    more = f" En nog {len(wrong) - 1} van zulke." if len(wrong) > 1 else ""
    return failed(f"{_told(wrong[0])}{more}")


def _told(finding: Finding) -> str:
    """A finding without the value, which may be a person's."""
    place = f" (regel {finding.line}, {finding.xpath})" if finding.line else ""
    wanted = f"verwacht: {finding.expected}" if finding.expected else "hieraan is niet voldaan"
    return f"Niet goed; {wanted}{place} [{finding.rule.id}: {finding.rule.asks}]."


@_test("HAAL-01", MUST, "Een goed verzoek geeft leerlingen", "Een antwoord met leerlinggegevens.")
async def _gives(probe: Probe) -> Seen:
    return given(await probe.whole())


@_test(
    "HAAL-02",
    MUST,
    "Het antwoord voldoet aan het schema",
    "Elk element en attribuut heeft zijn plaats en vorm, ook van leerlingen en leerkrachten.",
    *(rules.UNKNOWN, rules.MISSING, rules.ORDER, rules.TOO_MANY, rules.ATTRIBUTE, rules.VALUE, rules.LONG_KEY),
)
async def _valid(probe: Probe) -> Seen:
    found, _ = await with_data(probe)
    if found is None:
        return no_data()
    rest = [rule for rule in rules.RULES.values() if rule not in _APART]
    return _without(found.findings, rest, "Alles heeft zijn vorm.")


def _never(id: str, title: str, expected: str, rule: Rule, right: str) -> None:
    """A test that an answer with data never violates this rule."""

    @_test(id, MUST, title, expected, rule)
    async def _do(probe: Probe) -> Seen:
        found, _ = await with_data(probe)
        return _without(found.findings, [rule], right) if found else no_data()


_never(
    "HAAL-03",
    "Alles staat in zijn namespace",
    "De namespace van leerlinggegevens.",
    rules.NAMESPACE,
    "Alles staat in zijn namespace.",
)
_never(
    "HAAL-04",
    "Elke verwijzing komt ergens uit",
    "Een groep of vestiging waarnaar verwezen wordt, staat in het antwoord, en eenmaal.",
    rules.DANGLING,
    "Elke verwijzing klopt.",
)
_never(
    "HAAL-05",
    "Niemand staat er dubbel in",
    "Elke sleutel en elk ECK iD van een leerling of leerkracht is eenmalig.",
    rules.SAME_PERSON,
    "Iedereen staat er eenmaal.",
)


@_test(
    "HAAL-06",
    MUST,
    "Het antwoord is van de gevraagde school",
    "Dezelfde brincode en dependancecode.",
    rules.OTHER_SCHOOL,
)
async def _school(probe: Probe) -> Seen:
    found, _ = await with_data(probe)
    if found is None or found.school is None:
        return no_data()
    same = found.school.brin in ("", probe.school.brin) and (found.school.location or "00") == probe.school.location
    told = f"Het antwoord is van {found.school.brin6 or 'geen school'}."
    return passed(told) if same else failed(told)


@_test("HAAL-07", MUST, "xsdversie 2.2 wordt als 2.2 beantwoord", "xsdversie 2.2, als die er staat.", rules.VERSION)
async def _version(probe: Probe) -> Seen:
    found, _ = await with_data(probe)
    if found is None:
        return no_data()
    told = f"Het antwoord zegt xsdversie {found.version or '(niets)'}."
    return passed(told) if found.version in ("", "2.2") else failed(told)


def _older(number: str, id: str) -> None:
    @_test(id, MUST, f"Voor xsdversie {number} is er geen ECK iD", "Leerlingen zonder eckid.", rules.VERSION)
    async def without_eckid(probe: Probe) -> Seen:
        heard = await probe.send(probe.ask(version=number))
        if heard.kind == FAULT and heard.code == rules.VERSION.code:
            return skipped(f"De LAS spreekt geen {number}: er kwam {heard.told}.")
        if heard.kind != DATA or heard.answered is None:
            return failed(f"Er kwam {heard.told}.")
        number_of = heard.answered.eckids
        return failed(f"{number_of} personen hebben een eckid.") if number_of else passed("Niemand heeft een eckid.")


_older("2.1", "HAAL-08")
_older("2.0", "HAAL-09")


@_test(
    "HAAL-10",
    SHOULD,
    "laatstontvangengegevens van zojuist geeft geenwijzigingen",
    "geenwijzigingen bij een verzoek met de aanmaakdatum van het vorige antwoord, een seconde later.",
)
async def _unchanged(probe: Probe) -> Seen:
    found, _ = await with_data(probe)
    if found is None or found.created_at is None:
        return skipped("Het antwoord heeft geen aanmaakdatum.") if found else no_data()
    heard = await probe.send(probe.ask(since=found.created_at + timedelta(seconds=1)))
    return passed("Er kwam geenwijzigingen.") if heard.kind == UNCHANGED else failed(f"Er kwam {heard.told}.")


@_test("HAAL-11", MUST, "laatstontvangengegevens van lang geleden geeft alles", "Een antwoord met leerlingen.")
async def _long_ago(probe: Probe) -> Seen:
    return given(await probe.send(probe.ask(since=LONG_AGO)))


@_test(
    "HAAL-12",
    SHOULD,
    "Tweemaal hetzelfde vragen geeft tweemaal hetzelfde",
    "Evenveel leerlingen, leerkrachten en groepen.",
)
async def _again(probe: Probe) -> Seen:
    first, _ = await with_data(probe)
    if first is None:
        return no_data()
    heard = await probe.send(probe.ask())
    second = heard.answered
    if second is None or heard.kind != DATA:
        return failed(f"De tweede keer kwam er {heard.told}.")
    numbers = [(one.pupils, one.teachers, len(one.groups)) for one in (first, second)]
    told = " en ".join(
        f"{counted(pupils, 'leerling', 'leerlingen')}, {counted(teachers, 'leerkracht', 'leerkrachten')}, "
        f"{counted(groups, 'groep', 'groepen')}"
        for pupils, teachers, groups in numbers
    )
    return passed("Het is hetzelfde.") if numbers[0] == numbers[1] else failed(f"Eerst en daarna: {told}.")


@_test(
    "HAAL-13",
    FIELD,
    "SOAP 1.2 wordt in SOAP 1.2 beantwoord",
    "Een antwoord in de envelop van SOAP 1.2.",
    rules.ENVELOPE,
    rules.SOAP_VERSION,
)
async def _soap_12(probe: Probe) -> Seen:
    heard = await probe.send(probe.ask(soap=SOAP_12))
    if heard.kind == DATA and heard.answered is not None:
        told = "Het antwoord is SOAP 1.1."
        return passed("Het antwoord is SOAP 1.2.") if heard.answered.soap == SOAP_12 else failed(told)
    return failed(f"Er kwam {heard.told}.")


@_test(
    "HAAL-14",
    FIELD,
    "De Smalle set geeft niet meer dan die set",
    "Leerlingen met alleen wat in de set staat.",
    rules.PROFILE,
)
async def _small(probe: Probe) -> Seen:
    extra: set[str] = set()

    def look(node: Node) -> None:
        if node.name == "leerling":
            extra.update(child.name for child in node.children if child.name not in _SMALL)

    heard = await probe.send(probe.ask(set_id="Smalle-set"), look=look)
    if heard.kind == FAULT:
        return skipped(f"De LAS kent dit gegevenssetid niet: er kwam {heard.told}.")
    if heard.kind != DATA:
        return failed(f"Er kwam {heard.told}.")
    return failed(f"Er staat ook {', '.join(sorted(extra))}.") if extra else passed("Er staat niet meer dan de set.")


@_test("GETRAPT-01", SHOULD, "HaalStructuur geeft de groepen", "Een geldig antwoord met groepen.", rules.OPERATION)
async def _structure(probe: Probe) -> Seen:
    heard = await probe.kept("structuur", probe.ask(PULL_STRUCTURE))
    if heard.kind == NONE:
        return passed("Er zijn geen groepen: geengegevens.")
    return _whole(heard, f"{len(heard.answered.groups) if heard.answered else 0} groepen.")


@_test("GETRAPT-02", SHOULD, "De structuur is die van het hele antwoord", "Dezelfde groepen, met dezelfde sleutels.")
async def _same_structure(probe: Probe) -> Seen:
    found, _ = await with_data(probe)
    heard = await probe.kept("structuur", probe.ask(PULL_STRUCTURE))
    if found is None or heard.kind != DATA or heard.answered is None:
        return skipped("Er is geen structuur om naast het hele antwoord te leggen.")
    same = {one.key for one in found.groups} == {one.key for one in heard.answered.groups}
    return passed("Het zijn dezelfde groepen.") if same else failed("Het zijn andere groepen.")


async def _group(probe: Probe) -> str | None:
    found, _ = await with_data(probe)
    plain = [one.key for one in found.groups if not one.composite] if found else []
    return plain[0] if plain else None


@_test(
    "GETRAPT-03",
    SHOULD,
    "HaalLeerlingen geeft de leerlingen van de gevraagde groep",
    "Leerlingen van die groep, of geengegevens; van geen andere.",
    rules.OPERATION,
)
async def _pupils(probe: Probe) -> Seen:
    key = await _group(probe)
    if key is None:
        return no_data()
    others: set[str] = set()

    def look(node: Node) -> None:
        group = node.child("groep")
        others.add(group.attributes.get("key", "") if group is not None else "")

    heard = await probe.send(probe.ask(PULL_PUPILS, groups=(("groep", key),)), look=look)
    if heard.kind == NONE:
        return passed("De groep is leeg: geengegevens.")
    if others - {key}:
        return failed("Er staan ook leerlingen van een andere groep in.")
    number = heard.answered.pupils if heard.answered else 0
    return _whole(heard, f"{counted(number, 'leerling', 'leerlingen')} van die groep.")


@_test(
    "GETRAPT-04",
    SHOULD,
    "HaalLeerkrachten geeft de leerkrachten van de gevraagde groep",
    "Een geldig antwoord.",
    rules.OPERATION,
)
async def _teachers(probe: Probe) -> Seen:
    key = await _group(probe)
    if key is None:
        return no_data()
    heard = await probe.send(probe.ask(PULL_TEACHERS, groups=(("groep", key),)))
    if heard.kind == NONE:
        return passed("De groep heeft geen leerkrachten: geengegevens.")
    return _whole(heard, f"{heard.answered.teachers if heard.answered else 0} leerkrachten.")


@_test("GETRAPT-05", SHOULD, "Een groep die er niet is, heeft geen leerlingen", "geengegevens, of een fout.")
async def _no_group(probe: Probe) -> Seen:
    found, _ = await with_data(probe)
    if found is None:
        return no_data()
    key = "-".join(["geen", *sorted(one.key for one in found.groups)[-1:]])[:64]
    heard = await probe.send(probe.ask(PULL_PUPILS, groups=(("groep", key),)))
    return passed(f"Er kwam {heard.told}.") if heard.kind in (NONE, FAULT) else failed(f"Er kwam {heard.told}.")


def _whole(heard: Heard, told: str) -> Seen:
    """Passed for data without a fault in it."""
    if heard.kind != DATA or heard.answered is None:
        return failed(f"Er kwam {heard.told}.")
    return _without(heard.answered.findings, list(rules.RULES.values()), told)
