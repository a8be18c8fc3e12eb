"""`esis play --manual`: the manual with the pictures of the run; a failure leaves no files behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Esis

pytestmark = pytest.mark.usefixtures("economical")
GOOD = """---
title: Koppelingen bekijken
role: rovict
kind: demo
---

## 1. Openen

```esis
open Beheer > Koppelingen
shot overzicht
```
"""
BAD = GOOD.replace("shot overzicht", 'shot overzicht\nchoose "Dit staat er niet"')


def test_each_draaiboek_becomes_a_chapter_and_one_that_fails_does_not(esis: Esis, tmp_path: Path) -> None:
    (tmp_path / "goed.draaiboek.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "fout.draaiboek.md").write_text("geen draaiboek", encoding="utf-8")
    out = tmp_path / "uit"
    said = esis("play", str(tmp_path), "--manual", str(out))
    assert (said.status, said.out) == (1, "")
    assert "fout.draaiboek.md:1: Het bestand begint met ---" in said.err
    assert "goed.draaiboek.md: goed.md en .html" in said.err
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == [
        "goed.html",
        "goed.md",
        "goed/overzicht.svg",
    ]
    assert "Koppelingenoverzicht" in (out / "goed" / "overzicht.svg").read_text(encoding="utf-8").replace("&#160;", " ")


def test_a_draaiboek_that_does_not_go_as_it_says_leaves_its_chapter_as_it_was(esis: Esis, tmp_path: Path) -> None:
    (tmp_path / "fout.draaiboek.md").write_text(BAD, encoding="utf-8")
    said = esis("play", str(tmp_path / "fout.draaiboek.md"), "--manual", str(tmp_path / "uit"))
    assert said.status == 1
    assert "staat niet op het scherm" in said.err
    assert list((tmp_path / "uit").iterdir()) == []


def test_more_than_one_gets_a_page_to_begin_at(esis: Esis, tmp_path: Path) -> None:
    for name in ("een", "twee"):
        (tmp_path / f"{name}.draaiboek.md").write_text(GOOD.replace("shot overzicht\n", ""), encoding="utf-8")
    said = esis("play", str(tmp_path), "--manual", str(tmp_path / "uit"))
    assert said.status == 0, said.err
    assert "Begin bij" in said.err
    assert (tmp_path / "uit" / "index.md").read_text(encoding="utf-8").count("[Koppelingen bekijken]") == 2


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_played(esis: Esis, tmp_path: Path) -> None:
    (tmp_path / "goed.draaiboek.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bezet").write_text("")
    said = esis("play", str(tmp_path / "goed.draaiboek.md"), "--manual", str(tmp_path / "bezet"))
    assert said.status == 1
    assert "bezet is niet te schrijven" in said.err
