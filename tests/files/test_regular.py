"""Only regular files are read, whatever their name refers to, and only up to a maximum size."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import settings
from app.exchange import email_list, scol, xml
from app.files.regular import Unreadable, opened, read_text
from app.refusals import Refused
from app.training.scripts import document, goldens, publishing
from app.training.scripts.shots import Shot

READERS: dict[str, Callable[[Path], Any]] = {
    "edexml": lambda path: list(xml.stream(path, "EDEX", ())),
    "csv": lambda path: scol.read_scol(path, ("Totaal",)),
    "e-mail": email_list.read_emails,
    "draaiboek": document.read,
    "gouden scherm": lambda path: goldens.compare(path, [Shot("x", "", "", "")]),
    "handleiding": lambda path: publishing.put(path.parent, {path.name: ""}),
}


def a_device(path: Path) -> None:
    """The device that never ends; as its owner a link to it is what comes in by a name."""
    path.symlink_to("/dev/zero")


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "fifo": (os.mkfifo, "een FIFO"),
    "device": (a_device, "een apparaat"),
    "socket": (a_socket, "geen gewoon bestand"),
    "folder": (Path.mkdir, "een map"),
    "loop": (lambda path: path.symlink_to(path), "verwijst naar zichzelf"),
    "nothing": (lambda _path: None, "bestaat niet"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_regular_file_is_refused_without_waiting_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    make, sentence = ODD[kind]
    monkeypatch.chdir(tmp_path)  # the address of a socket is short
    make(Path("x"))
    with pytest.raises(Unreadable, match=sentence):
        opened(Path("x"), 10)


@pytest.mark.parametrize("kind", READERS)
def test_no_reader_waits_for_a_fifo(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.draaiboek.md"
    os.mkfifo(path)
    if kind == "gouden scherm":
        goldens.folder_of(path).mkdir()
        os.mkfifo(goldens.folder_of(path) / "x.txt")
    with pytest.raises(Refused, match="een FIFO"):
        READERS[kind](path)


def test_settings_from_a_fifo_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "settings.toml")
    monkeypatch.setenv("ESIS_SETTINGS", str(tmp_path / "settings.toml"))
    with pytest.raises(settings.InvalidSettings, match="een FIFO"):
        settings.load()


def test_a_link_to_a_regular_file_is_read_and_what_is_too_large_is_not(tmp_path: Path) -> None:
    (tmp_path / "echt").write_bytes("\ufeffé".encode())
    (tmp_path / "link").symlink_to(tmp_path / "echt")
    assert read_text(tmp_path / "link", 5) == "é"
    with pytest.raises(Unreadable, match="het mag 0 MB zijn"):
        read_text(tmp_path / "link", 4)
    (tmp_path / "echt").write_bytes(b"\xff")
    with pytest.raises(Unreadable, match="geen tekst in UTF-8"):
        read_text(tmp_path / "link", 5)
    with pytest.raises(Unreadable, match="een teken dat daar niet kan"):
        opened(Path("a\0b"), 5)
