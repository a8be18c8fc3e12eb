"""The school's messages on its Startpagina, and their upkeep (menu: Berichten onderhouden).

Everybody with a role at the location reads them; `Permission.EDIT_MESSAGES` writes them. Lengths are our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from peewee import ModelSelect

from app import clock
from app.access import Actor, Permission, writing
from app.refusals import NotFound, Refused
from app.school.text import clean_text
from models.school import Message

MOST = 100
"""Lists show at most so many messages, newest first."""


@dataclass(frozen=True)
class MessageForm:
    """A message as typed; `visible_until` is the last day it is shown, or none for always."""

    title: str
    text: str = ""
    visible_until: date | None = None

    def checked(self, today: date) -> MessageForm:
        """The form as it is kept. Raises `Refused` with the sentence and the field at fault."""
        if self.visible_until is not None and self.visible_until < today:
            raise Refused(
                f"Zichtbaar tot en met {clock.dutch_date(self.visible_until)} is al voorbij. Kies een dag vanaf "
                f"{clock.dutch_date(today)} of laat het veld leeg.",
                field="visible_until",
            )
        return MessageForm(check_title(self.title), check_text(self.text), self.visible_until)


def check_title(text: str) -> str:
    """The title as it is kept. Raises `Refused`."""
    return clean_text(text, 80, "title", "Titel", required=True)


def check_text(text: str) -> str:
    """The body as it is kept, which may hold lines and may be empty. Raises `Refused`."""
    return clean_text(text, 4000, "text", "Bericht", lines=True)


def visible(actor: Actor) -> list[Message]:
    """The messages shown today, newest first; none for somebody without a role."""
    if not actor.roles:
        return []
    today = clock.school_today(actor.board)
    shown = Message.visible_until.is_null() | (Message.visible_until >= today)
    return list(_newest_first(actor).where(shown))


def listed(actor: Actor) -> list[Message]:
    """The messages to keep up, those of the past included. Raises `NotAllowed`."""
    actor.require(Permission.EDIT_MESSAGES)
    return list(_newest_first(actor))


def create(actor: Actor, form: MessageForm) -> Message:
    """Write a message. Raises `Refused` naming the field: `title`, `text` or `visible_until`."""
    with writing(actor, Permission.EDIT_MESSAGES) as now:
        data = form.checked(now.date())
        return Message.create(
            location=actor.location,
            title=data.title,
            text=data.text,
            author=actor.name,
            written_at=now,
            visible_until=data.visible_until,
        )


def change(actor: Actor, message: Message, form: MessageForm) -> Message:
    """Change a message; who wrote it and when stays. Raises as `create` does, and `NotFound` if it is gone."""
    with writing(actor, Permission.EDIT_MESSAGES) as now:
        own, data = _own(actor, message), form.checked(now.date())
        own.title, own.text, own.visible_until = data.title, data.text, data.visible_until
        own.save()
        return own


def delete(actor: Actor, message: Message) -> None:
    """Delete a message. Raises `NotFound` if it is gone already."""
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
