"""Every target has its screen, says why it may not be opened, and no screens know one another in a circle."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import Screen

from app import targets
from app.targets import MenuItem, Target
from fixtures import menu
from models.board import Board
from screens.navigation.places import PLACES, place_of
from screens.shared.frame import EsisScreen
from tests.screens.driving import driving

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"shared", "shell", "navigation", "driving", "plain", "presenting", "recording", "reviewing", "partners"}
"""What is under `screens` and is no package of screens of one subject."""


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for path in (ROOT / "screens").rglob("*.py")}


def imported(path: Path) -> Iterator[str]:
    """Every module of ours that is imported, wherever the line stands: in a function or for types only too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{name.name}" for name in node.names)
            yield from (name if name in MODULES else node.module for name in names)


def package_of(module: str) -> str:
    """`screens.couplings`, `screens.partners.gynzy`; empty for what is shared."""
    parts = module.split(".")[1:]
    if parts[:2] == ["partners", "results_supplier"]:  # what several partners are configurations of
        return ""
    if parts[:1] == ["partners"] and (ROOT.joinpath("screens", *parts[:2]) / "__init__.py").is_file():
        return ".".join(["screens", *parts[:2]]) if len(parts) > 1 else ""
    return "" if not parts or parts[0] in ROOMS else f"screens.{parts[0]}"


def test_the_import_contract_names_every_package_of_screens() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    independent = next(contract for contract in contracts if contract["type"] == "independence")
    assert set(independent["modules"]) == {package_of(module) for module in MODULES} - {""}


def test_no_modules_under_screens_import_one_another_in_a_circle() -> None:
    graph = {module: {other for other in imported(path) if other in MODULES} for module, path in MODULES.items()}
    while leaves := [module for module, others in graph.items() if not others & graph.keys()]:
        for module in leaves:
            del graph[module]
    assert graph == {}, "what is left is in a circle, or imports one that is"


@pytest.mark.parametrize("target", list(PLACES), ids=str)
def test_every_place_is_a_screen(target: Target | type[Target]) -> None:
    place = PLACES[target]
    assert issubclass(place.kind, Screen)
    if isinstance(target, MenuItem):
        assert (target.id, ()) == (place.kind.ITEM, place.kind.BELOW)


def test_every_item_of_the_menu_that_is_built_has_a_screen() -> None:
    assert [item.id for item in menu.items() if item.built] == [
        item.id for item in menu.items() if place_of(MenuItem(item.id)) is not None
    ]


def test_path_and_permission_are_those_of_the_menu() -> None:
    kind = place_of(MenuItem("gebruikers-en-rollen")).kind  # type: ignore[union-attr]
    item = menu.item_by_id("gebruikers-en-rollen")
    assert (("Beheer", "Inrichten", "Gebruikers en rollen"), item.permission) == (kind.PATH, kind.PERMISSION)

    class Below(EsisScreen):
        ITEM = "koppelingen"
        BELOW = ("Gebruikersvoorwaarden",)

    assert Below.PATH == ("Beheer", "Koppelingen", "Gebruikersvoorwaarden"), "the breadcrumb of the seed has no heading"


@pytest.mark.parametrize("target", [targets.Activation("iep-lvs"), targets.Log(), targets.TrainerPage()], ids=str)
async def test_what_a_role_does_not_allow_is_said_and_does_not_open(practice: Board, target: Target) -> None:
    async with driving(practice, "leerkracht6") as teacher:
        before = teacher.app.screen
        teacher.app.go(target)
        await teacher.settle()
        assert teacher.app.screen is before
        assert teacher.said == [teacher.actor.reason(place_of(target).permission)]  # type: ignore[union-attr, arg-type]


async def test_one_of_a_family_takes_the_place_of_another(practice: Board) -> None:
    async with driving(practice, "trainer") as trainer:
        depth = len(trainer.app.screen_stack)
        for page in ("faults", "class", "start"):
            trainer.app.go(targets.TrainerPage(page))
            await trainer.settle()
            assert len(trainer.app.screen_stack) == depth + 1


async def test_no_lesson_is_begun_from_a_lesson(practice: Board) -> None:
    async with driving(practice) as program:
        program.app.has_lessons = False
        before = program.app.screen
        program.app.go(targets.Lessons())
        await program.settle()
        assert program.app.screen is before
        assert "al met een oefening bezig" in program.said[-1]


async def test_the_top_line_says_where_a_screen_without_a_tab_belongs(practice: Board) -> None:
    async with driving(practice, "trainer") as program:
        await program.go_to("mijn-instellingen")
        assert "▌Mijn Menu" in program.text.splitlines()[0]
        program.app.action_trainer()
        await program.settle()
        top = program.text.splitlines()[0]
        assert top.startswith(" F6  Trainer ")
        assert "▌" not in top


async def test_the_focus_of_a_link_can_be_read_without_colour(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("koppelingen")
        links = list(program.app.screen.query("#left-block Link"))
        before = program.line("Koppeling beëindigen").index("Koppeling beëindigen")
        links[2].focus()
        await program.settle()
        assert "▶ Koppeling beëindigen" in program.text
        assert program.line("Koppeling beëindigen").index("Koppeling beëindigen") == before, "nothing moves"
        await program.press("f10")
        assert "▶Beheer" in program.text.splitlines()[0], "the mark takes the place of the edge of the current tab"
