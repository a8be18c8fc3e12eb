"""Importing a real file with its people replaced: nothing of the original is stored anywhere."""

from __future__ import annotations

import logging

import pytest

from app.access import Actor
from app.exchange import disk_backed_list
from app.exchange.real_pupils import RealPupils, as_it_is
from app.school.files import imports
from app.training import anonymising
from models.board import Board
from models.registry import all_models
from models.school import Pupil
from tests.builders import make_actor, make_board
from tests.school.files.edex import composite, edex, group, pupil, teacher

TRACE = "zqx"
"""In every field that can hold letters; the days and numbers of the file are traces too."""
TRACES = (TRACE, "ZQX", "90125", "2010-02-03", "2014-02-11", "2020-05-19", "12AB")
SOURCE = (
    edex(
        pupil(
            "90125",
            f"F{TRACE}",
            f"L{TRACE}",
            "90125",
            ("90125p",),
            prefix=TRACE,
            given=f"G{TRACE}",
            initials="ZQX",
            born="2010-02-03",
            eckid=f"e{TRACE}",
            start="2014-02-11",
            end="2020-05-19",
            place=f"v{TRACE}",
        ),
        pupil("90126", f"F{TRACE}", f"M{TRACE}", eckid=f"f{TRACE}"),
        groups=group("90125", f"Klas {TRACE}") + composite("90125p", f"Plus {TRACE}"),
        staff=teacher(f"t{TRACE}", f"F{TRACE}", f"L{TRACE}", '<groep key="90125"/>', f"{TRACE}@{TRACE}.nl"),
        brin="12AB",
        places=f'<vestiging key="v{TRACE}"><naam>Plek {TRACE}</naam></vestiging>',
    )
    .replace(b"</geboortedatum>", b"</geboortedatum><geslacht>2</geslacht>")
    .replace(b"</leerling>", f"<postcodenl>{TRACE}</postcodenl></leerling>".encode())
    .replace(
        b"<instroomdatum>2014-02-11</instroomdatum><uitstroomdatum>2020-05-19</uitstroomdatum><postcodenl>zqx</postcodenl>",
        b"<bsn>90125</bsn><postcodenl>zqx</postcodenl><instroomdatum>2014-02-11</instroomdatum>"
        b"<uitstroomdatum>2020-05-19</uitstroomdatum>",
    )
)


@pytest.fixture
def actor(sqlite: str) -> Actor:
    board = make_board()
    board.anonymising_key = "0f" * 32  # with a random one an invented birth date is now and then that of another pupil
    board.save()
    return make_actor(board)


def kept() -> str:
    """Every row of every table, the history included."""
    return "".join(repr(list(model.select().order_by(model.id).tuples())) for model in all_models())


def import_replaced(actor: Actor, source: bytes = SOURCE) -> None:
    imports.apply(actor, imports.preview(actor, source, anonymising.for_file(actor)))


def test_nothing_of_the_original_is_kept(
    actor: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    spilled: list[bytes] = []
    write = disk_backed_list.DiskBackedList._write

    def written(self: disk_backed_list.DiskBackedList[object], data: bytes) -> None:
        spilled.append(data)
        write(self, data)

    monkeypatch.setattr(disk_backed_list, "CHUNK", 1)  # everything goes to disk
    monkeypatch.setattr(disk_backed_list.DiskBackedList, "_write", written)
    caplog.set_level(logging.DEBUG)
    import_replaced(actor)
    assert Pupil.select().count() == 2
    assert len(spilled) > 2
    told = kept() + repr(spilled) + caplog.text
    assert [trace for trace in TRACES if trace in told] == []


def test_the_same_file_again_changes_nothing_and_another_board_gets_others(actor: Actor) -> None:
    import_replaced(actor)
    before = kept()
    planned = imports.preview(actor, SOURCE, anonymising.for_file(actor))
    assert planned.changes_nothing
    assert kept() == before
    other = make_actor(make_board())
    import_replaced(other)
    one, two = ({row.key for row in Pupil.select().where(Pupil.board == who.board)} for who in (actor, other))
    assert not one & two
    assert len({row.anonymising_key for row in Board.select()}) == 2


def test_without_a_word_nothing_is_read_and_nothing_kept(actor: Actor) -> None:
    before = kept()
    with pytest.raises(RealPupils, match="school 12AB, en dat is geen oefenschool"):
        imports.preview(actor, SOURCE)
    assert kept() == before


def test_who_says_so_gets_them_as_they_are(actor: Actor) -> None:
    source = SOURCE.replace(b"12AB", b"99QQ")
    with pytest.raises(imports.OtherLocation):
        imports.preview(actor, SOURCE, as_it_is)
    assert imports.preview(actor, source, as_it_is).pupils.total == 2
