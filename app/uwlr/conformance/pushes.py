"""Tests of BrengLeerresultaten, with pupils that the LAS gave itself and tests that were named; nothing is guessed.

A message that must be refused is sent always, one that should be stored only when that is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from app.exchange.uwlr import PupilData
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.answered import CONFIRMED
from app.exchange.uwlr_xml.rules import FaultCode, Rule
from app.uwlr.conformance.book import MUST, SHOULD, Book, as_it_is
from app.uwlr.conformance.model import Level, Seen, failed, passed, skipped
from app.uwlr.conformance.probe import Heard, Probe, no_data, refused, with_data

BOOK = Book()
MESSAGE, TERM, SCORE = FaultCode.MESSAGE, FaultCode.TERM, FaultCode.SCORE
UNKNOWN = "esis-check-bestaat-niet"
NO_TEST = "Er is geen toetscode opgegeven die de school kent (--test)."
Values = dict[str, Any]
_OSO = {
    "toetsscore": {"vaardigheidsscore": "57"},
    "referentiescore": [{"codereferentiescore": "IV", "codevergelijkingsgroep": "Landelijk", "waarde": "II"}],
}


async def _good(probe: Probe) -> Values | Seen:
    """A message that is right, of one pupil; or why there is none."""
    found, heard = await with_data(probe)
    pupil = next((one for one in heard.people if isinstance(one, PupilData) and one.key), None)
    if found is None or found.school is None or found.created_at is None or pupil is None:
        return no_data()
    if not probe.tests:
        return skipped(NO_TEST)
    day = found.created_at.date().isoformat()
    school = {
        "schooljaar": found.school.school_year,
        "brincode": probe.school.brin,
        "dependancecode": probe.school.location,
        "aanmaakdatum": found.created_at.replace(tzinfo=None).isoformat(timespec="seconds"),
        "auteur": "esis uwlr check",
        "xsdversie": "2.2",
    }
    result = {
        "@key": f"esis-check-{pupil.key}"[:64],
        "afnamedatum": day,
        "toetscode": probe.tests[0],
        "osoresultaat": _OSO,
    }
    sitting: Values = {"leerlingid": pupil.key, "resultaten": {"resultaat": [result]}}
    if pupil.eckid:
        sitting["eckid"] = pupil.eckid
    return {
        "school": school,
        "toetsafnames": {"toetsafname": [sitting]},
        "toetsen": {"toets": [{"toetscode": {"": probe.tests[0]}}]},
    }


def _results(values: Values) -> list[Values]:
    found: list[Values] = values["toetsafnames"]["toetsafname"][0]["resultaten"]["resultaat"]
    return found


def _tests(values: Values) -> list[Values]:
    found: list[Values] = values["toetsen"]["toets"]
    return found


def _refuses(
    id: str, level: Level, title: str, rule: Rule, bend: Callable[[Values], object], *codes: FaultCode
) -> None:
    async def do(probe: Probe) -> Seen:
        values = await _good(probe)
        if isinstance(values, Seen):
            return values
        values = deepcopy(values)
        bend(values)
        return refused(await probe.send(probe.bring(values)), *codes)

    BOOK.test(id, level, title, f"Een fout met {' of '.join(codes)}.", rule)(do)


def _same_key(values: Values) -> None:
    _results(values).append(_results(values)[0])


def _same_test(values: Values) -> None:
    _tests(values).append(_tests(values)[0])


def _no_such_test(values: Values) -> None:
    _results(values)[0]["toetscode"] = UNKNOWN


def _unknown_test(values: Values) -> None:
    _no_such_test(values)
    _tests(values)[0]["toetscode"] = {"": UNKNOWN}


def _no_such_part(values: Values) -> None:
    _results(values)[0]["toetsonderdeelcode"] = UNKNOWN


def _norms(*norms: tuple[int, int]) -> Values:
    return {
        "norm": [{"term": "x", "beginnormwaarde": str(first), "eindnormwaarde": str(last)} for first, last in norms]
    }


def _scored(values: Values, score: str) -> None:
    del _results(values)[0]["osoresultaat"]
    _results(values)[0]["score"] = score


def _outside(values: Values) -> None:
    _scored(values, "11")
    _tests(values)[0]["toetsnormering"] = _norms((1, 10))


def _norm_order(values: Values) -> None:
    _scored(values, "5")
    _tests(values)[0]["toetsnormering"] = _norms((10, 1))


def _same_number(values: Values) -> None:
    part: Mapping[str, Any] = {"toetsonderdeelvolgnummer": "1", "toetsonderdeelcode": {"": "a"}}
    _tests(values)[0]["toetsonderdelen"] = {"toetsonderdeel": [part, {**part, "toetsonderdeelcode": {"": "b"}}]}


def _other(values: Values, text: str, form: str = "") -> None:
    del _results(values)[0]["osoresultaat"]
    named = {"@{http://www.w3.org/2001/XMLSchema-instance}type": form} if form else {}
    _results(values)[0]["anderresultaat"] = {"andere_score": text, **named}


def _eld(values: Values) -> None:
    _results(values)[0]["osoresultaat"] = deepcopy(_OSO)
    _results(values)[0]["osoresultaat"]["referentiescore"][0]["codereferentiescore"] = UNKNOWN


_refuses("BRENG-01", MUST, "Twee resultaten met dezelfde sleutel", rules.SAME_KEY, _same_key, MESSAGE)
_refuses("BRENG-02", MUST, "Twee toetsen met dezelfde toetscode", rules.SAME_TEST, _same_test, MESSAGE)
_refuses("BRENG-03", MUST, "Een toetscode die niet in toetsen staat", rules.NO_SUCH_TEST, _no_such_test, MESSAGE, TERM)
_refuses(
    "BRENG-04", SHOULD, "Een onderdeel dat niet bij de toets staat", rules.NO_SUCH_PART, _no_such_part, MESSAGE, TERM
)
_refuses("BRENG-05", SHOULD, "Een toets die de school niet kent", rules.UNKNOWN_TEST, _unknown_test, TERM)
_refuses("BRENG-06", SHOULD, "Een score buiten de normering", rules.OUTSIDE_NORM, _outside, SCORE)
_refuses("BRENG-07", SHOULD, "Een norm die na zijn einde begint", rules.NORM_ORDER, _norm_order, FaultCode.NORM)
_refuses(
    "BRENG-08",
    SHOULD,
    "Een score die niet op te slaan is",
    rules.SCORE_VALUE,
    lambda values: _scored(values, "9" * 12),
    SCORE,
)
_refuses("BRENG-09", SHOULD, "Een term die niet op de OSO-lijst staat", rules.ELD_VALUE, _eld, FaultCode.ELD)
_refuses("BRENG-10", MUST, "Twee onderdelen met hetzelfde volgnummer", rules.SAME_PART_NUMBER, _same_number, MESSAGE)
_refuses(
    "BRENG-11", MUST, "anderresultaat zonder xsi:type", rules.ABSTRACT, lambda values: _other(values, "5"), MESSAGE
)
_refuses(
    "BRENG-12", MUST, "Een score die geen getal is", rules.VALUE, lambda values: _scored(values, "X"), MESSAGE, SCORE
)


@BOOK.test(
    "BRENG-13",
    MUST,
    "Resultaten met een verkeerde sleutel",
    f"Een fout met {FaultCode.AUTHORISATION}.",
    rules.UNKNOWN_KEY,
)
async def _wrong_key(probe: Probe) -> Seen:
    values = await _good(probe)
    if isinstance(values, Seen):
        return values
    message = probe.bring(values).put("autorisatiesleutel", "esis-check-verkeerd")
    return refused(await probe.send(message), FaultCode.AUTHORISATION)


def _confirmed(heard: Heard) -> Seen:
    told = f"Er kwam {heard.told}."
    if heard.kind != CONFIRMED or heard.answered is None:
        return failed(told)
    return failed("De bevestiging is niet leeg.") if heard.answered.findings else passed(told)


def _brings(id: str, title: str, bend: Callable[[Values], object], times: int = 1) -> None:
    async def do(probe: Probe) -> Seen:
        values = await _good(probe)
        if isinstance(values, Seen):
            return values
        values = deepcopy(values)
        bend(values)
        seen = failed("Er is niets gebracht.")
        for _ in range(times):
            seen = _confirmed(await probe.send(probe.bring(values)))
            if not seen:
                return seen
        return seen

    BOOK.test(id, MUST, title, "Een lege bevestiging.", rules.OPERATION, brings=True)(do)


_brings("BRENG-20", "Een goed osoresultaat", as_it_is)
_brings("BRENG-21", "Tweemaal hetzelfde bericht", as_it_is, times=2)
_brings("BRENG-22", "Een verbeterd resultaat onder dezelfde sleutel", lambda values: _scored(values, "58"))
