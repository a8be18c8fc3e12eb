"""`esis uwlr check` as a command: its forms of report, its exit status, and a server that is no good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from lxml import etree

from tests.commands.conftest import Esis
from tests.uwlr.serving import KNOWN, Served, threaded, written

FEW = ("--only", "LAS-FOUT", "--only", "LAS-HAAL-01")


@pytest.fixture
def faulty(served: Served, tmp_path: Path) -> Iterator[Path]:
    """A proxy before our service that gives every fault with status 200; its JSON."""
    root = served.told["pupils"].partition("/UWLR")[0]

    async def passed_on(request: web.Request) -> web.Response:
        said = {name: request.headers[name] for name in ("Content-Type", "SOAPAction") if name in request.headers}
        async with ClientSession(auto_decompress=False) as session:
            url = f"{root}{request.path_qs}"
            async with session.request(request.method, url, data=await request.read(), headers=said) as found:
                body = await found.read()
        return web.Response(body=body, status=200, headers={"Content-Type": found.headers["Content-Type"]})

    def application() -> web.Application:
        made = web.Application()
        made.router.add_route("*", "/{tail:.*}", passed_on)
        return made

    with threaded(application) as there:
        yield written(tmp_path / "fout.json", served.made, there)


def test_ours_is_all_right_in_every_form(served: Served, esis: Esis, tmp_path: Path) -> None:
    junit, html = tmp_path / "r.xml", tmp_path / "r.html"
    options = ("--from", str(served.json), "--test", KNOWN, "--push", "--junit", str(junit), "--html", str(html))
    said = esis("uwlr", "check", "--json", *options)
    assert said.status == 0, [one for one in said.data["tests"] if one["verdict"] == "failed"]
    assert said.data["counts"]["failed"] == 0
    suite = etree.fromstring(junit.read_bytes())
    assert (suite.get("tests"), suite.get("failures")) == (str(len(said.data["tests"])), "0")
    page = html.read_text("utf-8")
    assert all(one["id"] in page for one in said.data["tests"])
    assert not re.search(r"(?:src|href)=|@import|url\(|<script", page)
    assert "99QQ00oefensleutel2020" not in said.out + page + junit.read_text("utf-8")


def test_without_push_nothing_is_stored(served: Served, esis: Esis) -> None:
    options = ("--from", str(served.json), "--test", KNOWN, "--only", "LAS-BRENG", "--json")
    found = {one["id"]: one["verdict"] for one in esis("uwlr", "check", *options).data["tests"]}
    assert {found[id] for id in ("LAS-BRENG-20", "LAS-BRENG-21", "LAS-BRENG-22")} == {"skipped"}
    assert found["LAS-BRENG-01"] == "passed"
    stored = [one for one in esis("uwlr", "list", "--json").data if one["operation"] == "BrengLeerresultaten"]
    assert {one["outcome"] for one in stored} == {"refused"}


def test_without_a_test_no_result_is_made_up(served: Served, esis: Esis) -> None:
    found = esis("uwlr", "check", "--from", str(served.json), "--only", "LAS-BRENG", "--push", "--json").data["tests"]
    assert {one["verdict"] for one in found} == {"skipped"}


def test_a_server_with_a_fault_fails_its_test_and_may_be_expected_to(
    faulty: Path, served: Served, esis: Esis, tmp_path: Path
) -> None:
    said = esis("uwlr", "check", "--from", str(faulty), *FEW)
    assert said.status == 1
    assert "Uitkomst: Status 200." in said.out
    listed = tmp_path / "verwacht.txt"
    listed.write_text("# known\nLAS-FOUT-01  # will be mended\n", "utf-8")
    assert esis("uwlr", "check", "--from", str(faulty), *FEW, "--expected-failures", str(listed)).status == 0
    mended = esis("uwlr", "check", "--from", str(served.json), *FEW, "--expected-failures", str(listed))
    assert mended.status == 1
    assert "LAS-FOUT-01 stond bij de verwachte fouten en is nu goed" in mended.out
    junit = tmp_path / "r.xml"
    esis("uwlr", "check", "--from", str(served.json), *FEW, "--expected-failures", str(listed), "--junit", str(junit))
    assert etree.fromstring(junit.read_bytes()).get("failures") == "1"


def test_a_list_that_names_no_test_is_wrong_usage(served: Served, esis: Esis, tmp_path: Path) -> None:
    listed = tmp_path / "verwacht.txt"
    listed.write_text("LAS-FOUT-99\n", "utf-8")
    said = esis("uwlr", "check", "--from", str(served.json), "--expected-failures", str(listed))
    assert said.status == 2
    assert "Regel 1" in said.err
    assert esis("uwlr", "check", "--from", str(served.json), "--only", "HAAL").status == 2


def test_nobody_there_could_not_be_tested(served: Served, esis: Esis) -> None:
    assert esis("uwlr", "check", "--from", str(served.json), "--url", "http://127.0.0.1:1/x").status == 3


def test_the_coverage_of_the_rules_is_told(esis: Esis) -> None:
    said = esis("uwlr", "check", "--coverage", "--json")
    assert "(100 %)" in said.err
    assert all(one["tests"] or one["why_not"] for one in said.data)
