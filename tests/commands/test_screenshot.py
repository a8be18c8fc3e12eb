"""`esis screenshot`: the same bytes on every run, whatever the terminal, without the network."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from app.refusals import Refused
from app.training.pictures import keys_of, parse_size
from tests.commands.conftest import Esis, ended, started

pytestmark = pytest.mark.usefixtures("economical")
SCREEN = "Beheer > Import-Export-Koppelingen > Koppelingen"


def taken(esis: Esis, out: Path, *options: str, screen: str = SCREEN) -> bytes:
    """The file that a screenshot makes."""
    said = esis("screenshot", screen, "--out", str(out), *options)
    assert (said.status, said.out) == (0, ""), said.err
    assert str(out) in said.err
    return out.read_bytes()


@pytest.mark.parametrize("suffix", ["svg", "txt"])
def test_a_picture_has_the_same_bytes_twice(esis: Esis, tmp_path: Path, suffix: str) -> None:
    first = taken(esis, tmp_path / f"a.{suffix}")
    assert taken(esis, tmp_path / f"b.{suffix}") == first
    assert "Koppelingenoverzicht" in first.decode().replace("&#160;", " ")


def test_the_terminal_the_language_and_the_place_of_the_database_make_no_difference(
    esis: Esis, practice: str, tmp_path: Path
) -> None:
    here = taken(esis, tmp_path / "a.svg", screen="ESIS Informatie")
    elsewhere = tmp_path / "een" / "andere map"
    elsewhere.mkdir(parents=True)
    source = Path(practice.removeprefix("sqlite:///"))
    (elsewhere / source.name).write_bytes(source.read_bytes())
    environment = {
        "NO_COLOR": "1",
        "TERM": "dumb",
        "COLUMNS": "33",
        "LINES": "9",
        "COLORTERM": "truecolor",
        "LANG": "C",
        "TEXTUAL_THEME": "nord",
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "7",
        "FORCE_COLOR": "1",
    }
    out = tmp_path / "b.svg"
    arguments = ("screenshot", "ESIS Informatie", "--out", str(out))
    said = ended(started(f"sqlite:///{elsewhere / source.name}", *arguments, environment=environment))
    assert said.status == 0, said.err
    assert out.read_bytes() == here
    assert str(tmp_path).encode() not in here


def test_the_svg_names_nothing_on_the_web_but_its_namespace(esis: Esis, tmp_path: Path) -> None:
    svg = taken(esis, tmp_path / "a.svg").decode()
    assert re.findall(r"https?:[^\"'\s<)]*", svg) == ["http://www.w3.org/2000/svg"]
    assert "url(http" not in svg
    assert svg.startswith("<svg")
    assert svg.rstrip().endswith("</svg>")


def test_a_png_is_one_of_a_sensible_size_with_letters_on_it(esis: Esis, tmp_path: Path) -> None:
    small, large = taken(esis, tmp_path / "a.png", "--size", "80x24"), taken(esis, tmp_path / "b.png")
    for png, columns in ((small, 80), (large, 120)):
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", png[16:24])
        assert 9 * columns < width < 16 * columns
        assert 300 < height < width
    assert len(large) > len(small) > 10_000


def test_a_text_is_as_large_as_asked(esis: Esis, tmp_path: Path) -> None:
    lines = taken(esis, tmp_path / "a.txt", "--size", "80x24").decode().splitlines()
    assert len(lines) == 24
    assert max(map(len, lines)) <= 80


def test_keys_are_pressed_and_text_is_typed(esis: Esis, tmp_path: Path) -> None:
    palette = taken(esis, tmp_path / "a.txt", "--press", "ctrl+p", "--press", "Koppelingen").decode()
    assert palette != taken(esis, tmp_path / "b.txt").decode()
    typed = taken(esis, tmp_path / "c.txt", "--press", "ctrl+p,Vestiging k,enter").decode()
    assert "99QQ01" in typed


def test_what_a_key_is_and_what_is_typed() -> None:
    assert keys_of(["tab,F2,Ctrl+P", "esc"]) == ["tab", "f2", "ctrl+p", "escape"]
    assert keys_of(["shift+tab,pgdn,spatie"]) == ["shift+tab", "pagedown", "space"]
    assert keys_of(["A b", "a+b", "5/6"]) == ["A", "space", "b", "a", "+", "b", "5", "/", "6"]
    assert keys_of([""]) == []
    for part in ("f25", "F99", "ctrl+hoera", "shift+", "control+p", "entr", "escpe", "pagedwn"):
        with pytest.raises(Refused, match="is geen toets"):
            keys_of([part])
    for text in ("tas", "Koppelingen", "Home alone", "einde", "F", "R. de Vries", "delen"):
        assert "".join(keys_of([text])).replace("space", " ") == text


@pytest.mark.parametrize("text", ["40x12", " 120X36 ", "400x200"])
def test_sizes(text: str) -> None:
    assert parse_size(text) == tuple(int(part) for part in text.strip().lower().split("x"))


@pytest.mark.parametrize("text", ["39x12", "40x11", "401x36", "120x201", "120", "x", "120x36x2", "-1x5", "٣٠x٤٠", ""])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="40x12 tot 400x200, zoals 120x36"):
        parse_size(text)


def test_each_user_is_shown_an_own_screen(esis: Esis, tmp_path: Path) -> None:
    seen = {
        user: taken(esis, tmp_path / f"{user}.txt", "--as", user, screen="Mijn groep").decode()
        for user in ("rovict", "zonderrol")
    }
    assert "rovict (Directie)" in seen["rovict"]
    assert "geen rol" in seen["zonderrol"]
    assert "leerkracht6" in taken(esis, tmp_path / "x.txt", "--as", "leerkracht6").decode()
    assert "Directie" not in taken(esis, tmp_path / "y.txt", screen="Aanmelden").decode().splitlines()[1]


@pytest.mark.parametrize("screen", ["IEP LVS", "Schooltijd", "Startpagina", "Mijn Menu", "Beheer", "aanmelden"])
def test_programs_tabs_and_school_time_can_be_taken_too(esis: Esis, tmp_path: Path, screen: str) -> None:
    assert len(taken(esis, tmp_path / "a.txt", screen=screen).decode().split()) > 20


def test_what_is_below_an_item_of_the_menu_can_be_taken_by_its_breadcrumb(esis: Esis, tmp_path: Path) -> None:
    shown = taken(esis, tmp_path / "a.txt", screen="Beheer > Koppelingen > Koppelingenlogboek > IEP LVS").decode()
    assert "Beheer > Koppelingen > Koppelingenlogboek" in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Koppelignen", "--out", "{}/a.svg"), "'Koppelignen' staat niet in het menu. Bedoelt u"),
        ((SCREEN, "--out", "{}/a.jpg"), "a.jpg eindigt niet op .svg, .png, .txt"),
        ((SCREEN, "--out", "{}/a"), "eindigt niet op"),
        ((SCREEN, "--out", "{}/a.svg", "--size", "groot"), "'groot' is geen maat"),
        ((SCREEN, "--out", "{}/a.svg", "--as", "niemand"), "Gebruiker 'niemand' bestaat niet"),
        ((SCREEN, "--out", "{}/weg/a.svg"), "bestaat niet. Maak die eerst"),
        ((SCREEN, "--out", "{}/a.svg", "--press", "tab,F99"), "'F99' is geen toets. Schrijf bijvoorbeeld F2"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_writes_no_file(
    esis: Esis, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    folder = tmp_path / "uit"
    folder.mkdir()
    said = esis("screenshot", *(argument.format(folder) for argument in arguments))
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert list(folder.iterdir()) == []
