"""A draaiboek as a pytest test: failures have a file and line, and pytest's options apply to it."""

from __future__ import annotations

import sys

import pytest

pytest_plugins = ["pytester"]
CONFTEST = """
def pytest_esis_runner():
    return run

def run(play):
    yield {"event": "started", "file": str(play.path)}
    if play.path.name.startswith("goed"):
        return
    yield {"event": "failed", "file": str(play.path), "line": 7, "message": "Dat staat er niet.", "seen": "[ scherm ]"}
    yield {"event": "failed", "file": str(play.path), "line": 9, "message": "'x' verschilt.", "seen": "nu", "golden": "x"}
    yield {"event": "done", "message": f"Zie {play.report.name}.", "picture": str(play.report)}
"""
FAKE = """
import json, os, sys
assert "PYTHONPATH" not in os.environ
print("geen JSON")
if "--update" in sys.argv:
    sys.exit(" ".join(sys.argv[1:]))
print(json.dumps({"event": "skipped", "line": 4, "message": "Bewaar het met --update.", "golden": "x"}), flush=True)
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """With two draaiboeken and a test of its own."""
    pytester.makeini("[pytest]\naddopts = -p no:asyncio")
    pytester.makepyfile(test_own="def test_own(): pass")
    for name in ("goed", "fout"):
        pytester.path.joinpath(f"{name}.draaiboek.md").touch()
    return pytester


def test_a_failure_has_its_file_its_line_and_the_screen(project: pytest.Pytester) -> None:
    project.makeconftest(CONFTEST)
    result = project.runpytest_inprocess()
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*fout.draaiboek.md:7: Dat staat er niet.",
            "Op het scherm stond:",
            "[[] scherm ]",
            "*fout.draaiboek.md:9: 'x' verschilt.",
            "Zie fout.html.",
            "FAILED fout.draaiboek.md::fout - Dat staat er niet.",
        ]
    )
    result.stdout.no_fnmatch_line("nu")  # what differs is on the page


def test_those_that_failed_and_those_with_a_name_can_be_chosen(project: pytest.Pytester) -> None:
    project.makeconftest(CONFTEST)
    project.runpytest_inprocess().assert_outcomes(passed=2, failed=1)
    project.runpytest_inprocess("--lf").assert_outcomes(failed=1)
    project.runpytest_inprocess("-k", "goed").assert_outcomes(passed=1, deselected=2)
    project.runpytest_inprocess("fout.draaiboek.md::fout").assert_outcomes(failed=1)


def test_they_go_beside_each_other(project: pytest.Pytester) -> None:
    project.makeconftest(CONFTEST)
    result = project.runpytest_inprocess("-n", "1", "-v")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*fout.draaiboek.md:7: Dat staat er niet."])


@pytest.mark.parametrize("by_ini", [True, False])
def test_the_program_is_started_as_was_said_without_the_modules_of_the_project(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, by_ini: bool
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(project.path))
    command = f"{sys.executable} {project.makepyfile(fake=FAKE)}"
    if by_ini:
        project.makeini(f"[pytest]\naddopts = -p no:asyncio\nesis = {command}")
    options = ["-k", "goed", *([] if by_ini else ["--esis", command])]
    result = project.runpytest_inprocess(*options)
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines(["*goed.draaiboek.md:4: Bewaar het met --draaiboek-update."])
    if not by_ini:
        result = project.runpytest_inprocess(*options, "--draaiboek-update", "--draaiboek-size", "80x24")
        report = project.path / "verschillen" / "goed.html"
        result.stdout.fnmatch_lines([f"play --update --json --size 80x24 --report {report} *goed.draaiboek.md"])


def test_the_trace_is_asked_for_in_a_folder_as_the_draaiboek_lies_in_and_the_failure_names_the_page(
    project: pytest.Pytester,
) -> None:
    told = """
import json, sys
words = sys.argv[1:]
where = words[words.index("--trace-dir") + 1]
print(json.dumps({"event": "failed", "line": 4, "message": f"Mis. {words[words.index('--trace') + 1]} staat in {where}."}))
"""
    inside = project.mkdir("diep") / "erin.draaiboek.md"
    inside.touch()
    command = f"{sys.executable} {project.makepyfile(fake=told)}"
    result = project.runpytest_inprocess("-k", "erin", "--esis", command, "--draaiboek-trace", "fail")
    result.assert_outcomes(failed=1, deselected=3)
    folder = project.path / "verschillen" / "verloop" / "diep"
    result.stdout.fnmatch_lines([f"*erin.draaiboek.md:4: Mis. fail staat in {folder}."])


def test_a_program_that_is_not_there_is_told_where_there_is_a_draaiboek(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess("--esis", "weg/esis")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["Het programma 'weg/esis' is niet gevonden. Installeer het met 'uv tool install'*"])


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("print('hallo')", "zei niet hoe het afliep. Is het het programma esis"),
        ('print(\'{"event": "started"}\')', "zei niet hoe het afliep"),
        ("import os; os._exit(9)", "eindigde met status 9."),
    ],
    ids=["not-esis", "half-way", "died"],
)
def test_a_program_that_does_not_say_how_it_ended_is_no_success(project: pytest.Pytester, says: str, told: str) -> None:
    command = f"{sys.executable} {project.makepyfile(fake=says)}"
    result = project.runpytest_inprocess("-k", "goed", "--esis", command)
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines([f"*{told}*"])


@pytest.mark.skipif(sys.platform == "win32", reason="there no right says what can be started")
def test_a_command_that_cannot_be_started_is_told_in_words(project: pytest.Pytester) -> None:
    program = project.path / "niets"
    program.write_text("geen programma")
    program.chmod(0o755)
    for command, told in ((str(program), "is niet te starten"), ("'open", "is niet gevonden")):
        result = project.runpytest_inprocess("-k", "goed", "--esis", command)
        result.assert_outcomes(failed=1, deselected=2)
        result.stdout.fnmatch_lines([f"*{told}*"])
        result.stdout.no_fnmatch_line("*Traceback*")
