"""Berichten onderhouden: write, change and delete the messages that colleagues read on their Startpagina."""

from __future__ import annotations

from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import clock
from app.permissions import Permission
from app.school.board import messages
from app.school.board.messages import MessageForm
from models.school import Message
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.controls import Buttons, push_button
from screens.shared.described import fields_of
from screens.shared.dialogs import Confirm
from screens.shared.fields import Field
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain, wrapped

NONE_YET = "Er zijn nog geen berichten. Met F4 (of de knop Nieuw bericht) schrijft u het eerste."


class MessagesScreen(EsisScreen):
    """The location's messages, including past ones."""

    ITEM = "berichten-onderhouden"
    HELP = (
        "De berichten van de school, het nieuwste bovenaan. Iedereen met een rol op deze vestiging ziet ze op de "
        "Startpagina, tot en met de dag bij 'Zichtbaar tot en met'. Wat voorbij is, blijft hier staan.\n\n"
        "N schrijft een nieuw bericht, Enter wijzigt het bericht waar u op staat en Del verwijdert het na een vraag."
    )
    OF_ROW = ("change", "delete")
    BINDINGS = [
        keys.NEW("write", "Nieuw bericht", id="messages.new", tooltip="Schrijft een nieuw bericht."),
        keys.CHANGE(
            "change", "Wijzigen", id="messages.change", show=False, tooltip="Wijzigt het bericht waar u op staat."
        ),
        keys.REMOVE(
            "delete",
            "Verwijderen",
            id="messages.delete",
            tooltip="Verwijdert het bericht waar u op staat, na een vraag.",
        ),
    ]

    def body(self) -> ComposeResult:
        """The list and the buttons."""
        yield RecordList(
            [
                Column.of(Message.title, most=80),
                Column("Zichtbaar tot en met", self._until, 20),
                Column("Geschreven", lambda row: clock.dutch_moment(row.written_at), 19, from_width=100),
                Column("Door", lambda row: row.author, 14, from_width=80),
            ],
            empty=self.actor.reason(Permission.EDIT_MESSAGES) or NONE_YET,
            id="message-list",
            title=self.PATH[-1],
        )
        yield Block("Bericht", id="message-text", opens=False)
        with Buttons():
            yield push_button("Nieuw bericht", id="write", variant="primary")
            yield push_button("Wijzigen", id="change")
            yield push_button("Verwijderen", id="delete", variant="error")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def read(self) -> tuple[bool, date, list[Message]]:
        """Whether they may be changed, today, and the messages."""
        may = self.actor.may(Permission.EDIT_MESSAGES)
        return may, clock.school_today(self.actor.board), list(messages.listed(self.actor)) if may else []

    def show(self, found: tuple[bool, date, list[Message]]) -> None:
        """Show them."""
        may, self._today, rows = found
        self.query_one(RecordList).show(Rows(rows))
        self.query_one("#write", Button).disabled = not may
        for name in ("#change", "#delete"):
            self.query_one(name, Button).disabled = not rows

    def _until(self, message: Message) -> str:
        if message.visible_until is None:
            return "altijd"
        past = " (voorbij)" if message.visible_until < self._today else ""
        return clock.dutch_date(message.visible_until) + past

    @property
    def _chosen(self) -> Message | None:
        row: Message | None = self.query_one(RecordList).row
        return row

    @on(Button.Pressed, ".buttons Button")
    def _pressed(self, event: Button.Pressed) -> None:
        ways = {"write": self.action_write, "change": self.action_change, "delete": self.action_delete}
        ways[str(event.button.id)]()

    @on(RecordList.Highlighted)
    def _tell(self) -> None:
        message = self._chosen
        block = self.query_one("#message-text", Block)
        block.display = message is not None
        if message is not None:
            block.border_title = plain(message.title)
            block.tell(lambda width: wrapped(message.text, width))

    @on(RecordList.Chosen)
    def _open(self) -> None:
        self.action_change()

    def action_write(self) -> None:
        """Open an empty form, if the user may write."""
        if reason := self.actor.reason(Permission.EDIT_MESSAGES):
            self.say(reason, severity="error")
        else:
            self.app.push_screen(MessageFormScreen())

    def action_change(self) -> None:
        """Open the form of the message under the cursor."""
        if self._chosen is not None:
            self.app.push_screen(MessageFormScreen(self._chosen))

    def action_delete(self) -> None:
        """Ask, then delete the message under the cursor."""
        message, actor = self._chosen, self.actor
        if message is None:
            return
        question = Confirm(
            "Bericht verwijderen?",
            f"'{message.title}' verdwijnt van ieders Startpagina, voorgoed.",
            "Verwijderen",
            danger=True,
        )
        done = f"Het bericht '{message.title}' is verwijderd."

        def delete(answer: bool | None) -> None:
            if answer:
                self.perform(lambda: messages.delete(actor, message), lambda _: self.say(done))

        self.app.push_screen(question, delete)


class MessageFormScreen(EsisScreen):
    """The form of a message, new or existing."""

    ITEM = "berichten-onderhouden"
    BELOW = ("Bericht",)
    HELP = (
        "Geef het bericht een titel en desgewenst tekst. Vul een datum in als het bericht vanzelf moet verdwijnen; leeg is "
        "altijd zichtbaar. F2 slaat op, Esc gaat terug; in het tekstvak gaat Tab naar het volgende veld."
    )

    def __init__(self, message: Message | None = None) -> None:
        super().__init__()
        self.message = message

    def body(self) -> ComposeResult:
        """The form."""
        title = "Bericht wijzigen" if self.message else "Nieuw bericht"
        yield Form(self._fields(), edits=self.message is not None, title=title)

    def _fields(self) -> list[Field]:
        form = MessageForm.of(self.message) if self.message else MessageForm("")
        return fields_of(form, today=clock.school_today(self.actor.board))

    @on(Form.Unchanged)
    def _nothing_to_save(self) -> None:
        self.action_back()

    @on(Form.Submitted)
    def _submit(self, event: Form.Submitted) -> None:
        self.perform(lambda: self._save(event.values), self._saved)

    def _save(self, values: dict[str, Any]) -> Message:
        actor, message = self.actor, self.message
        form = MessageForm.read(values)
        return messages.create(actor, form) if message is None else messages.change(actor, message, form)

    def _saved(self, message: Message) -> None:
        self.query_one(Form).keep()
        self.say(f"Het bericht '{message.title}' is opgeslagen.")
        self.action_back()
