"""The school's messages: who may read and write them, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import NotAllowed
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.board import messages
from app.school.board.messages import MessageForm
from models.board import Board
from models.school import Message
from tests.builders import make_actor, make_board

WRITERS = (Role.DIRECTIE, Role.APPLICATIEBEHEERDER, Role.ADMINISTRATIE)


def test_a_message_is_read_by_every_role_newest_first(db: str) -> None:
    board = make_board()
    writer = make_actor(board)
    first = messages.create(writer, MessageForm(" Studiedag ", "Morgen vrij.\r\nTot overmorgen.", date(2020, 4, 14)))
    second = messages.create(writer, MessageForm("Koffie"))
    for role in Role:
        assert messages.visible(make_actor(board, role)) == [second, first]
    assert messages.visible(make_actor(board, None)) == []
    stored = Message.get_by_id(first.id)
    assert (stored.title, stored.text) == ("Studiedag", "Morgen vrij.\nTot overmorgen.")
    assert stored.author == writer.name


def test_a_message_disappears_after_its_last_day_but_can_still_be_kept_up(db: str) -> None:
    board = make_board()
    writer = make_actor(board)
    message = messages.create(writer, MessageForm("Vandaag", visible_until=date(2020, 4, 14)))
    Board.update(now=writer.board.now.replace(day=15)).execute()
    assert messages.visible(writer) == []
    assert messages.listed(writer) == [message]
    with pytest.raises(Refused, match="al voorbij") as refusal:
        messages.change(writer, message, MessageForm("Vandaag", visible_until=date(2020, 4, 14)))
    assert refusal.value.field == "visible_until"
    messages.change(writer, message, MessageForm("Altijd"))
    assert [row.title for row in messages.visible(writer)] == ["Altijd"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (MessageForm(""), "title"),
        (MessageForm("x" * 81), "title"),
        (MessageForm("a\nb"), "title"),
        (MessageForm("a", "x" * 4001), "text"),
        (MessageForm("a", "\x00b"), "text"),
    ],
)
def test_a_message_that_does_not_fit_is_refused_at_its_field(db: str, form: MessageForm, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        messages.create(make_actor(make_board()), form)
    assert refusal.value.field == field
    assert Message.select().count() == 0


def test_markup_is_data(db: str) -> None:
    writer = make_actor(make_board())
    text = "[@click=app.quit]x[/] '; DROP TABLE message;--\n\tingesprongen"
    assert messages.create(writer, MessageForm("[/]", text)).text == text


def test_a_deleted_message_is_gone_for_the_second_who_tries(db: str) -> None:
    writer = make_actor(make_board())
    message = messages.create(writer, MessageForm("Weg"))
    messages.delete(writer, message)
    for again in (lambda: messages.delete(writer, message), lambda: messages.change(writer, message, MessageForm("x"))):
        with pytest.raises(NotFound, match="Ververs"):
            again()


def test_messages_of_another_location_are_out_of_reach(db: str) -> None:
    board = make_board(locations=("00", "01"))
    message = messages.create(make_actor(board, number="01"), MessageForm("Elders"))
    here = make_actor(board)
    assert messages.visible(here) == messages.listed(here) == []
    with pytest.raises(NotFound):
        messages.delete(here, message)


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_write(db: str, role: Role | None) -> None:
    board = make_board()
    message = messages.create(make_actor(board), MessageForm("Er was eens"))
    actor = make_actor(board, role)
    for action in (
        lambda: messages.listed(actor),
        lambda: messages.create(actor, MessageForm("Ja")),
        lambda: messages.change(actor, message, MessageForm("Nee")),
        lambda: messages.delete(actor, message),
    ):
        if role in WRITERS:
            action()
        else:
            with pytest.raises(NotAllowed):
                action()
