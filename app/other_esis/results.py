"""Results as a message of UWLR, from the partner's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.exchange.uwlr import Authorisation, ResultData, SchoolReference
from app.exchange.uwlr_xml.asking import as_bytes, brought, which_school
from app.exchange.uwlr_xml.results import LEVEL, NATIONAL, REFERENCE_LEVEL
from app.exchange.uwlr_xml.versions import NEWEST


def message_of(
    authorisation: Authorisation, school: SchoolReference, made: datetime, results: Sequence[ResultData]
) -> bytes:
    """A leerresultaten_verzoek with these results, of one pupil or more; `made` is the moment of the delivery."""
    by_pupil: dict[tuple[str, str], list[ResultData]] = {}
    for one in results:
        by_pupil.setdefault((one.pupil_key, one.pupil_eckid), []).append(one)
    values = {
        "school": which_school(school)
        | {"aanmaakdatum": clock.iso(made.astimezone(clock.AMSTERDAM)), "xsdversie": NEWEST.number},
        "toetsafnames": {"toetsafname": [_sitting(*who, of) for who, of in by_pupil.items()]},
        "toetsen": {"toets": list(_tests(results))},
    }
    return as_bytes(brought(authorisation, values))


def _sitting(key: str, eckid: str, results: Iterable[ResultData]) -> dict[str, Any]:
    found: dict[str, Any] = {"leerlingid": key, "resultaten": {"resultaat": [_result(one) for one in results]}}
    return found | ({"eckid": eckid} if eckid else {})


def _result(one: ResultData) -> dict[str, Any]:
    found: dict[str, Any] = {"@key": one.key, "afnamedatum": one.date.isoformat(), "toetscode": one.assessment}
    if one.part:
        found["toetsonderdeelcode"] = one.part
    if one.part and not one.level and not one.reference_level:
        return found | {"score": str(one.score)}
    told = [(LEVEL, one.level), (REFERENCE_LEVEL, one.reference_level)]
    return found | {
        "osoresultaat": {
            "toetsscore": {"vaardigheidsscore": str(one.score)},
            "referentiescore": [
                {"codereferentiescore": code, "codevergelijkingsgroep": NATIONAL, "waarde": value}
                for code, value in told
                if value
            ],
        }
    }


def _tests(results: Iterable[ResultData]) -> Iterable[dict[str, Any]]:
    """The tests that the results refer to, each with the parts that they refer to."""
    parts: dict[str, dict[str, None]] = {}
    for one in results:
        of_test = parts.setdefault(one.assessment, {})
        if one.part:
            of_test[one.part] = None
    for code, named in parts.items():
        listed = [
            {"toetsonderdeelvolgnummer": str(number), "toetsonderdeelcode": {"": part}}
            for number, part in enumerate(named, 1)
        ]
        yield {"toetscode": {"": code}} | ({"toetsonderdelen": {"toetsonderdeel": listed}} if listed else {})
