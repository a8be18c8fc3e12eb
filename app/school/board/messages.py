"""The school's messages on its Startpagina, and editing them (menu: Berichten onderhouden).

Everyone with a role at the location reads them; `Permission.EDIT_MESSAGES` writes them. Lengths are our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from peewee import ModelSelect

from app import clock
from app.access import Actor, writing
from app.permissions import Permission
from app.refusals import NotFound
from app.school.fields import Day, Described, Text
from models.school import Message

MOST = 100
"""The maximum number of messages in a list, newest first."""


def _is_past(day: date, today: date) -> str:
    if day >= today:
        return ""
    return (
        f"Zichtbaar tot en met {clock.dutch_date(day)} is al voorbij. Kies een dag vanaf "
        f"{clock.dutch_date(today)} of laat het veld leeg."
    )


@dataclass(frozen=True)
class MessageForm(Described):
    """A message as typed; `visible_until` is the last day it is shown, None for ever."""

    title: Annotated[str, Text(Message.title, required=True, stops=True)]
    text: Annotated[str, Text(Message.text, lines=True, longest=4000)] = ""
    visible_until: Annotated[
        date | None,
        Day(
            Message.visible_until,
            help="Dag-maand-jaar, bijvoorbeeld 30-4-2020. Leeg: altijd zichtbaar.",
            wrong=_is_past,
            named=False,
        ),
    ] = None


def visible(actor: Actor) -> list[Message]:
    """The messages shown today, newest first; none for somebody without a role."""
    if not actor.roles:
        return []
    today = clock.school_today(actor.board)
    shown = Message.visible_until.is_null() | (Message.visible_until >= today)
    return list(_newest_first(actor).where(shown))


def listed(actor: Actor) -> list[Message]:
    """The messages for editing, including past ones. Raises `NotAllowed`."""
    actor.require(Permission.EDIT_MESSAGES)
    return list(_newest_first(actor))


def create(actor: Actor, form: MessageForm) -> Message:
    """Create a message. Raises `Refused` naming the field: `title`, `text` or `visible_until`."""
    with writing(actor, Permission.EDIT_MESSAGES) as now:
        data = form.checked(now.date())
        return Message.create(
            location=actor.location,
            author=actor.name,
            written_at=now,
            **data.columns(Message),
        )


def change(actor: Actor, message: Message, form: MessageForm) -> Message:
    """Change a message; its author and moment stay. Raises like `create`, and `NotFound` if it is gone."""
    with writing(actor, Permission.EDIT_MESSAGES) as now:
        own, data = _own(actor, message), form.checked(now.date())
        data.fill(own)
        own.save()
        return own


def delete(actor: Actor, message: Message) -> None:
    """Delete a message. Raises `NotFound` if it is already gone."""
    with writing(actor, Permission.EDIT_MESSAGES):
        _own(actor, message).delete_instance()


def _newest_first(actor: Actor) -> ModelSelect[Message]:
    query = Message.select().where(Message.location == actor.location)
    return query.order_by(Message.written_at.desc(), Message.id.desc()).limit(MOST)


def _own(actor: Actor, message: Message) -> Message:
    row = Message.get_or_none(Message.id == message.id, Message.location == actor.location)
    if row is None:
        raise NotFound("Dit bericht is er niet meer. Ververs de lijst.")
    return row
