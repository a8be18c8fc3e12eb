"""The page with the pictures of all screens."""

from __future__ import annotations

import re

from app.training.gallery import Screen, file_name, page, path_of


def test_names_of_files_are_plain_and_each_is_there_once() -> None:
    assert file_name("Beheer > Inrichten", "Gebruikers & rollén (F3)", ()) == "beheer-inrichten-gebruikers-rollen-f3"
    assert file_name("A", "B", ["a-b"]) == "a-b-2"
    assert file_name("A", "B", ["a-b", "a-b-2"]) == "a-b-3"


def test_the_page_groups_the_screens_and_links_to_the_files_beside_it_only() -> None:
    screens = [Screen("Een", "<Eerste>", "een-eerste"), Screen("Twee", "Tweede", "x"), Screen("Een", "Derde", "y")]
    made = page(screens, [(80, 24), (120, 36)], "esis-licht")
    assert [found for found in ("<Eerste>", "&lt;Eerste&gt;") if found in made] == ["&lt;Eerste&gt;"]
    assert made.index("Derde") < made.index("Tweede")
    links = set(re.findall(r'(?:href|src)="([^"]*)"', made))
    expected = {
        path_of(one.name, size, kind)
        for one in screens
        for size in ((80, 24), (120, 36))
        for kind in ("png", "svg", "txt")
    }
    assert links == expected | {"#een", "#twee"}
    assert "3 schermen, elk in 80x24, 120x36 tekens; thema esis-licht." in made
    assert "<script" not in made
