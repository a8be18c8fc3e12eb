"""Clients that nobody here wrote drive both services from the WSDLs, unchanged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import suds
import suds.client
import zeep
import zeep.exceptions
import zeep.transports

from app.exchange.uwlr_xml.namespaces import AUTHORISATION
from models.assessment import Result
from tests.uwlr.conftest import Server
from tests.uwlr.official import content, errors, found

HEADER = f"{{{AUTHORISATION}}}autorisatie"


class Refused(Exception):
    """A fault, whatever the client makes of it."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


class Zeep:
    """zeep."""

    def __init__(self, given: dict[str, str], single: bool) -> None:
        self.given, self.raw = given, b""
        places = [given["pupils_wsdl"], given["results_wsdl"]]
        self.pupils, self.results = (
            zeep.Client(one.replace("?wsdl", "?singleWsdl") if single else one, plugins=[_Kept(self)]) for one in places
        )

    def pull(self, **asked: Any) -> Any:
        return self._call(self.pupils, "prtLeerlinggegevensService", "HaalLeerlinggegevens", asked)

    def staged(self, operation: str, **asked: Any) -> Any:
        return self._call(self.pupils, "prtLeerlinggegevensService-getrapt", operation, asked)

    def group(self, key: str) -> Any:
        return {"_value_1": [{"groep": {"key": key}}]}

    def push(self, pupil: str, key: str, test: str, score: int, **asked: Any) -> Any:
        what = {
            "school": asked | {"aanmaakdatum": datetime(2020, 4, 14, 9)},
            "toetsafnames": {"toetsafname": [_brought(pupil, key, test, score)]},
            "toetsen": {"toets": [{"toetscode": {"_value_1": test}}]},
        }
        return self._call(self.results, "prtLeerresultatenService", "BrengLeerresultaten", what)

    def _call(self, client: Any, port: str, operation: str, asked: dict[str, Any]) -> Any:
        header = client.get_element(HEADER)(**_who(self.given))
        service = client.bind(port_name=port)
        try:
            return service[operation](_soapheaders=[header], **asked)
        except zeep.exceptions.Fault as fault:
            raise Refused(str(fault.code).rpartition(":")[2], str(fault.message)) from fault


class _Kept(zeep.Plugin):  # type: ignore[misc]
    def __init__(self, client: Zeep) -> None:
        self.client = client

    def ingress(self, envelope: Any, headers: Any, _operation: Any) -> tuple[Any, Any]:
        from lxml import etree

        self.client.raw = etree.tostring(envelope)
        return envelope, headers


class Suds:
    """suds."""

    def __init__(self, given: dict[str, str], single: bool) -> None:
        self.given, self.raw = given, b""
        places = [given["pupils_wsdl"], given["results_wsdl"]]
        self.pupils, self.results = (
            suds.client.Client(
                one.replace("?wsdl", "?singleWsdl") if single else one, cache=None, plugins=[_Received(self)]
            )
            for one in places
        )

    def pull(self, **asked: Any) -> Any:
        return self._call(self.pupils, "prtLeerlinggegevensService", "HaalLeerlinggegevens", asked)

    def staged(self, operation: str, **asked: Any) -> Any:
        return self._call(self.pupils, "prtLeerlinggegevensService-getrapt", operation, asked)

    def group(self, key: str) -> Any:
        return {"groep": [{"_key": key}]}

    def push(self, pupil: str, key: str, test: str, score: int, **asked: Any) -> Any:
        brought = _brought(pupil, key, test, score)
        for one in brought["resultaten"]["resultaat"]:
            one["_key"] = one.pop("key")
        what = {
            "school": asked | {"aanmaakdatum": datetime(2020, 4, 14, 9)},
            "toetsafnames": {"toetsafname": [brought]},
            "toetsen": {"toets": [{"toetscode": test}]},
        }
        return self._call(self.results, "prtLeerresultatenService", "BrengLeerresultaten", what)

    def _call(self, client: Any, port: str, operation: str, asked: dict[str, Any]) -> Any:
        header = client.factory.create(HEADER)
        for name, value in _who(self.given).items():
            setattr(header, name, value)
        client.set_options(soapheaders=header, port=port)
        try:
            return getattr(client.service, operation)(**asked)
        except suds.WebFault as fault:
            said = fault.fault
            raise Refused(str(said.faultcode).rpartition(":")[2], str(said.faultstring)) from fault


class _Received(suds.plugin.MessagePlugin):  # type: ignore[misc]
    def __init__(self, client: Suds) -> None:
        self.client = client

    def received(self, context: Any) -> None:
        self.client.raw = context.reply


def _who(given: dict[str, str]) -> dict[str, str]:
    return {name: given[name] for name in ("autorisatiesleutel", "klantcode", "klantnaam")}


def _brought(pupil: str, key: str, test: str, score: int) -> dict[str, Any]:
    result = {"key": key, "afnamedatum": date(2020, 1, 21), "toetscode": test, "score": score}
    return {"leerlingid": pupil, "resultaten": {"resultaat": [result]}}


def _school(server: Server, version: str = "2.2", **more: str) -> dict[str, str]:
    given = server.given
    return {name: given[name] for name in ("schooljaar", "brincode", "dependancecode")} | {"xsdversie": version} | more


Client = Zeep | Suds
MADE: dict[str, Callable[[dict[str, str], bool], Client]] = {"zeep": Zeep, "suds": Suds}


@pytest.fixture(scope="module", params=MADE)
def client(request: pytest.FixtureRequest, server: Server) -> Client:
    return MADE[request.param](server.given, False)


def keys(server: Server) -> set[str]:
    """Of the pupils who are there today."""
    return {row.key for row in server.school.enrolled()}


@pytest.mark.parametrize(
    ("profile", "version"), [("", "2.0"), ("", "2.1"), ("", "2.2"), ("LVS-set", "2.2"), ("Smalle-set", "2.2")]
)
def test_it_pulls_everything_in_each_profile_and_version(
    client: Client, server: Server, standards: Path, profile: str, version: str
) -> None:
    more = {"gegevenssetid": profile} if profile else {}
    parsed = client.pull(**_school(server, version, **more))
    answer = content(client.raw)
    assert errors(standards, answer, profile) == []
    pupils = found(answer, "leerlingen/leerling")
    assert {one.get("key") for one in pupils} == keys(server)
    people = [*pupils, *found(answer, "leerkrachten/leerkracht")]
    assert {one.get("eckid") is not None for one in people} == {version == "2.2"}
    read = parsed["leerlinggegevens"]
    assert len(read["leerlingen"]["leerling"]) == len(pupils)
    assert (read["school"]["brincode"], read["school"]["xsdversie"]) == ("99QQ", version)
    assert server.last()["remarks"] == []


def test_it_pulls_structure_pupils_and_staff_by_themselves(client: Client, server: Server, standards: Path) -> None:
    asked = _school(server)
    client.staged("HaalStructuur", **asked)
    structure = content(client.raw)
    assert errors(standards, structure) == []
    group = next(one.get("key") for one in found(structure, "groepen/groep"))
    client.staged("HaalLeerlingen", **asked, groepen=client.group(group))
    pupils = content(client.raw)
    assert errors(standards, pupils) == []
    assert {one.get("key") for one in found(pupils, "leerling/groep")} == {group}
    client.staged("HaalLeerkrachten", **asked, groepen=client.group(group))
    staff = content(client.raw)
    assert errors(standards, staff) == []
    assert group in {one.get("key") for one in found(staff, "leerkracht/groepen/groep")}


def test_what_it_pushes_is_stored(client: Client, server: Server, standards: Path) -> None:
    key = f"van {type(client).__name__}"
    for _ in range(2):
        client.push(server.school.pupil, key, "lezen-6", 57, **_school(server))
        assert errors(standards, content(client.raw)) == []
    rows = list(Result.select().where(Result.supplier_key == key))
    assert [(row.pupil.key, row.assessment, row.date, row.score) for row in rows] == [
        (server.school.pupil, "lezen-6", date(2020, 1, 21), 57)
    ]


@pytest.mark.parametrize(
    ("changes", "code", "rule"),
    [
        ({"brincode": "99ZZ"}, "Client.AutorisatieOngeldig", "SLEUTEL-02"),
        ({"xsdversie": "9.9"}, "Client.XsdVersieOngeldig", "MSG-14"),
    ],
)
def test_it_reads_a_fault(client: Client, server: Server, changes: dict[str, str], code: str, rule: str) -> None:
    for call in (client.pull, lambda **asked: client.push(server.school.pupil, "R", "lezen-6", 57, **asked)):
        with pytest.raises(Refused) as refused:
            call(**_school(server) | changes)
        assert (refused.value.code, refused.value.text.rpartition("[")[2].partition(":")[0]) == (code, rule)


@pytest.mark.parametrize("kind", MADE)
def test_it_reads_the_wsdl_with_the_schemas_inside(kind: str, server: Server) -> None:
    client = MADE[kind](server.given, True)
    client.pull(**_school(server))
    assert len(found(content(client.raw), "leerlingen/leerling")) == len(keys(server))


def test_nothing_changed_and_nothing_there_are_read(client: Client, server: Server, standards: Path) -> None:
    now = datetime(2020, 4, 14, 10)
    parsed = client.pull(**_school(server), laatstontvangengegevens=now)
    answer = content(client.raw)
    assert errors(standards, answer) == []
    assert [one.tag.rpartition("}")[2] for one in answer] == ["geenwijzigingen"]
    assert parsed["leerlinggegevens"] is None if isinstance(client, Zeep) else "leerlinggegevens" not in parsed
    client.staged("HaalLeerlingen", **_school(server), groepen=client.group("bestaat niet"))
    assert [one.tag.rpartition("}")[2] for one in content(client.raw)] == ["geengegevens"]


def test_a_client_made_from_the_official_wsdl_works_unchanged(server: Server, standards: Path) -> None:
    folder = (standards / "uwlr-2.2" / "wsdl").as_uri()
    official = {
        "pupils_wsdl": f"{folder}/UWLR_Leerlinggegevens_v2p2.wsdl",
        "results_wsdl": f"{folder}/UWLR_Leerresultaten_v2p2.wsdl",
    }
    client = Suds(server.given | official, False)
    client.pupils.set_options(location=server.given["pupils"])
    client.results.set_options(location=server.given["results"])
    parsed = client.pull(**_school(server))
    assert len(parsed.leerlinggegevens.leerlingen.leerling) == len(keys(server))
    client.staged("HaalStructuur", **_school(server))
    assert errors(standards, content(client.raw)) == []
    client.push(server.school.pupil, "van het officiële WSDL", "lezen-6", 57, **_school(server))
    assert Result.select().where(Result.supplier_key == "van het officiële WSDL").count() == 1
    with pytest.raises(Refused) as refused:
        client.pull(**_school(server) | {"schooljaar": "2019"})
    assert refused.value.code == "Client.OngeldigBericht"
