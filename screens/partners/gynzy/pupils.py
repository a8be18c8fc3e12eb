"""Leerlingen: the accounts, delivered by ESIS or made by hand, and Accounts samenvoegen (domain.md 7.4, 11 c)."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input

from app.counted import counted
from app.partners.gynzy import merging, overview
from app.partners.gynzy.merging import Merged
from app.partners.gynzy.overview import PupilRow
from app.school.people.names import list_name
from models.partners.gynzy import GynzyPupil
from screens.partners.filling_in import FormPage
from screens.partners.gynzy.page import GynzyPage
from screens.partners.page import Paged, Session
from screens.shared.controls import TextLine
from screens.shared.dialogs import Confirm
from screens.shared.fields import ChoiceField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.records import Column, ReadingList, RecordList
from screens.shared.text import plain

MERGE = "Accounts samenvoegen"


def _name(pupil: GynzyPupil) -> str:
    return list_name(pupil.first_name, pupil.prefix, pupil.last_name)


class Pupils(GynzyPage):
    """The accounts by name."""

    HERE = "pupils"
    PATH = ("Leerlingen",)
    HELP = (
        "De accounts bij Gynzy. Wie uit ESIS komt, wijzigt u in ESIS; wie daar vertrekt, wordt hier niet actief.\n\n"
        "Accounts die vóór de koppeling met de hand zijn gemaakt, herkent Gynzy niet: zij staan naast die uit ESIS. Voeg ze "
        "samen met F4; voortgang en resultaten verhuizen dan mee. Van wie u niet samenvoegt, blijft de voortgang achter.\n\n"
        "F3 toont de groepen."
    )
    BINDINGS = [
        Binding(
            "f3", "groups", "Groepen", id="gynzy.groups", tooltip="Toont de groepen en hun resultaten, ook het archief."
        ),
        Binding(
            "f4", "merge", MERGE, id="gynzy.merge", tooltip="Voegt een zelfgemaakt account samen met dat uit ESIS."
        ),
    ]

    def body(self) -> ComposeResult:
        """How many, a field to find one, the list."""
        yield Label("Leerlingen", classes="title")
        with Horizontal(classes="partner-find"):
            yield Label("Zoek op naam ", classes="inline-label")
            yield TextLine(id="gynzy-asked")
            yield Label("", id="gynzy-count")
        yield ReadingList(
            [
                Column("Naam", lambda row: _name(row.pupil)),
                Column("Groep", lambda row: row.group, 14),
                Column("Account", lambda row: row.state, 12),
                Column("Opgaven", lambda row: str(row.exercises), 7, right=True),
                Column("Toetsen", lambda row: str(row.outcomes), 7, right=True),
            ],
            empty="Er is geen account gevonden. Leerlingen komen de nacht na het koppelen uit ESIS (Instellingen).",
            id="gynzy-pupils",
        )

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        self._show(keep_cursor=True)

    def _show(self, *, keep_cursor: bool) -> None:
        school, asked = self.school, self.query_one("#gynzy-asked", Input).value
        listed = self.query_one("#gynzy-pupils", RecordList)
        source = Paged(partial(overview.pupil_count, school, asked), partial(overview.pupils, school, asked))
        listed.show(source, keep_cursor)
        self.query_one("#gynzy-count", Label).update(plain(counted(listed.row_count, "account", "accounts")))

    @on(Input.Changed, "#gynzy-asked")
    def _typed(self) -> None:
        self._show(keep_cursor=False)

    @on(Input.Submitted, "#gynzy-asked")
    def _to_list(self) -> None:
        self.query_one("#gynzy-pupils").focus()

    def action_groups(self) -> None:
        """To the groups."""
        self.app.push_screen(self.ROUTES.make("groups", self.session))

    def action_merge(self) -> None:
        """To the form; a chosen account is filled in."""
        row: PupilRow | None = self.query_one("#gynzy-pupils", RecordList).row
        self.app.push_screen(Merge(self.session, row.pupil if row else None))


class Merge(FormPage, GynzyPage):
    """Bron and doel."""

    HERE = "pupils"
    PATH = ("Leerlingen", MERGE)
    HELP = (
        "De bron is het zelfgemaakte account, het doel dat uit ESIS. Bij het samenvoegen verhuizen de voortgang en de "
        "toetsresultaten van de bron naar het doel; de bron wordt niet actief. Dat is niet terug te draaien."
    )

    def __init__(self, session: Session, chosen: GynzyPupil | None = None) -> None:
        super().__init__(session)
        self._chosen = chosen

    def body(self) -> ComposeResult:
        """The form, or why there is none."""
        own, delivered = (overview.accounts(self.school, own=own) for own in (True, False))
        yield Label(MERGE, classes="title")
        yield self.told_line()
        if not own or not delivered:
            why = (
                "Er zijn geen zelfgemaakte accounts (meer)."
                if not own
                else ("Er zijn nog geen accounts uit ESIS. Ze komen de nacht na het koppelen.")
            )
            yield Label(why, classes="paragraph")
            return
        source, target = self._proposed(own, delivered)
        yield Form(
            [
                ChoiceField("source", "Bron (zelf gemaakt)", value=source.key, options=_options(own)),
                ChoiceField("target", "Doel (uit ESIS)", value=target.key, options=_options(delivered)),
            ],
            submit="Samenvoegen",
        )

    def _proposed(self, own: list[GynzyPupil], delivered: list[GynzyPupil]) -> tuple[GynzyPupil, GynzyPupil]:
        """The two accounts that the chosen pupil, or the first, may have; the beheerder decides whether they are one."""
        chosen = self._chosen.id if self._chosen else 0
        pairs = merging.candidates(self.school)
        source = next((row for row in own if row.id == chosen), None)
        source = source or next((row for row, other in pairs if other.id == chosen), own[0])
        return source, next((other for row, other in pairs if row.id == source.id), delivered[0])

    @on(Form.Submitted)
    def _ask(self, event: Form.Submitted) -> None:
        source, target = event.values["source"], event.values["target"]
        question = Confirm(
            "Accounts samenvoegen?",
            f"Voortgang en resultaten van account {source} gaan naar account {target}. Account {source} wordt niet actief. Dit "
            "is niet terug te draaien.",
            "Samenvoegen",
        )
        self.app.push_screen(question, lambda answer: self._merge(source, target) if answer else None)

    def _merge(self, source: str, target: str) -> None:
        school = self.school
        self.perform(lambda: merging.merge(school, source, target), self._merged)

    def _merged(self, done: Merged) -> None:
        self._chosen = None
        self.call_later(self._rebuild, done)

    async def _rebuild(self, done: Merged) -> None:
        await self.recompose()
        self.refresh_data()
        told = (
            f"Samengevoegd: {done.exercises} opgaven en {counted(done.outcomes, 'resultaat', 'resultaten')} verhuisd."
        )
        self.tell(told)


def _options(accounts: list[GynzyPupil]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{_name(row)} ({row.key})", row.key) for row in accounts)
