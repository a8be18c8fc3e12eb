"""`esis screenshot --all`: every screen in each size, the page that shows them, and themes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.targets import MenuItem
from fixtures import menu
from screens.driving import screen_crawler
from screens.shell.esis import EsisApp
from tests.commands.conftest import Esis

MESSAGE = "Het is bewaard."
pytestmark = pytest.mark.usefixtures("economical")


@pytest.fixture
def short_tour(monkeypatch: pytest.MonkeyPatch) -> None:
    """One item of the menu and what opens from it: the whole takes minutes."""
    item = menu.item_by_id("relaties")
    way = (screen_crawler.Stop("Beheer > Inrichten", item.title), item)

    def show(app: EsisApp) -> None:
        app.go(MenuItem(way[1].id))
        app.notify(MESSAGE, timeout=600)

    monkeypatch.setattr(screen_crawler.ScreenCrawler, "_ways", lambda self: [(way[0], lambda: show(self._app))])
    monkeypatch.setattr(screen_crawler, "partner_programs", lambda: ())


def test_every_screen_is_taken_in_each_size_as_each_kind_with_a_page(
    esis: Esis, tmp_path: Path, short_tour: None
) -> None:
    out = tmp_path / "alle"
    said = esis(
        "screenshot", "--all", "--out", str(out), "--size", "80x24", "--size", "120x36", "--here", "--as", "rovict"
    )
    assert (said.status, said.out) == (0, ""), said.err
    names = {path.stem for path in (out / "80x24").iterdir()}
    assert names == {"beheer-inrichten-relaties", "beheer-inrichten-relaties-relatie"}
    assert "2 schermen, 12 plaatjes en teksten. Begin bij" in said.err
    page = (out / "index.html").read_text(encoding="utf-8")
    for size, (columns, rows) in {"80x24": (80, 24), "120x36": (120, 36)}.items():
        assert {path.name for path in (out / size).iterdir()} == {
            f"{name}.{kind}" for name in names for kind in ("png", "svg", "txt")
        }
        for name in names:
            assert f'src="{size}/{name}.png"' in page
            lines = (out / size / f"{name}.txt").read_text(encoding="utf-8").splitlines()
            assert len(lines) == rows, name
            assert max(map(len, lines)) <= columns
            assert not any(MESSAGE in line for line in lines), "it goes by itself, or hangs over the next"
        assert all(path.read_bytes().startswith(b"\x89PNG") for path in (out / size).glob("*.png"))


def test_a_theme_is_chosen_by_its_name(esis: Esis, tmp_path: Path) -> None:
    for name in ("esis-licht", "licht", "esis-donker"):
        assert esis("screenshot", "Aanmelden", "--out", str(tmp_path / f"{name}.svg"), "--theme", name).status == 0
    light, short, dark = (
        tmp_path.joinpath(f"{name}.svg").read_bytes() for name in ("esis-licht", "licht", "esis-donker")
    )
    assert light == short != dark


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("Relaties", "--all", "--out", "{}"), 2, "--all neemt elk scherm"),
        (("--all", "--press", "f1", "--out", "{}"), 2, "--all neemt elk scherm"),
        (("--out", "{}/a.svg"), 2, "noem een SCHERM"),
        (("Relaties", "--here", "--out", "{}/a.svg"), 2, "horen bij --all"),
        (("Relaties", "--size", "80x24", "--size", "120x36", "--out", "{}/a.svg"), 2, "horen bij --all"),
        (("--all", "--size", "groot", "--out", "{}"), 1, "'groot' is geen maat"),
        (("--all", "--theme", "roze", "--out", "{}"), 1, "Er zijn: esis-donker, esis-licht, esis-16."),
        (("--all", "--here", "--as", "niemand", "--out", "{}"), 1, "Gebruiker 'niemand' bestaat niet"),
        (("--all", "--here", "--out", "{}/bezet"), 1, "bezet is niet te schrijven"),
        (("--all", "--here", "--out", "{}/vol"), 1, "index.html bestaat al. Vervangen? Voeg --yes toe"),
    ],
)
def test_what_cannot_be_is_refused(
    esis: Esis, tmp_path: Path, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    (tmp_path / "bezet").write_text("")
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "index.html").write_text("van mij")
    said = esis("screenshot", *(argument.format(tmp_path) for argument in arguments))
    assert (said.status, said.out) == (status, "")
    assert sentence in said.err
