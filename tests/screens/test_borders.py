"""The title of a block, as who drives or reads the screen knows it."""

from __future__ import annotations

from textual.content import Content

from screens.driving.named import border


def test_brackets_in_the_title_of_a_block_are_what_they_are() -> None:
    title = "Les [b]vet[/b] [groep 6]"
    assert border(Content(title).markup) == title
    assert border(None) == ""
