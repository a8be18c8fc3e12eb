"""Leerlingen samenvoegen: Bron leerlingen beside Doel leerlingen; sittings move from one to the other
(sources.md#iep-lvs-pupils).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input

from app.counted import counted, plural
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import merging, overview
from app.partners.results_supplier.merging import Pair
from models.partners.iep_lvs import IepPupil
from screens.partners.filling_in import FormPage
from screens.partners.iep_lvs.page import IepPage
from screens.partners.page import Paged, Session
from screens.partners.pupil_list import name_and_key, name_of
from screens.shared import keys
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.dialogs import Confirm
from screens.shared.filter_line import FilterLine
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.searching import Searching
from screens.shared.sources import Ready, ready
from screens.shared.text import plain

SIDES = {"source": "Bron", "target": "Doel"}
LISTS = {"source": "Bron leerlingen", "target": "Doel leerlingen"}
MERGE = "Samenvoegen"


def _called(pupil: IepPupil | None) -> str:
    return name_and_key(pupil) if pupil else "kies met Enter"


@dataclass(frozen=True)
class Accounts:
    """The likely pairs, and the accounts to choose from."""

    asked: str
    likely: Sequence[Pair]
    matches: Ready


class Merging(Searching, FormPage, IepPage):
    """Two accounts of one pupil become one."""

    HERE = "management"
    PATH = ("Beheer", "Gebruikers", "Leerlingen samenvoegen")
    HELP = (
        "Een leerling die in ESIS een ander leerlingnummer krijgt, krijgt hier een tweede account; het eerste is dan niet "
        "meer actief. Kies bij Bron het account van vroeger en bij Doel dat van nu (Enter), en druk op F2. De toetsafnames "
        "gaan naar het doel, de bron blijft niet actief staan. In ESIS telt niets dubbel.\n\n"
        "Bovenaan staan accounts die waarschijnlijk van dezelfde leerling zijn; Enter vult bron en doel in. Samenvoegen is "
        "niet terug te draaien."
    )
    BINDINGS = [
        keys.DONE("merge", "Samenvoegen", id="iep.merge", tooltip="Voegt bron en doel samen, na een vraag."),
        keys.SEARCH("to_search", "Zoekveld", id="keep.search", tooltip="Gaat naar het zoekveld.", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._chosen: dict[str, IepPupil] = {}
        self._asked = self._shown = ""

    def body(self) -> ComposeResult:
        """The likely pairs, the two columns, and what is chosen."""
        yield self.told_line()
        yield RecordList(
            [
                Column("Waarschijnlijk dezelfde", lambda row: name_of(row.source)),
                Column("Bron", lambda row: row.source.key, 10),
                Column("Doel", lambda row: row.target.key, 10),
                Column("Waarom", lambda row: row.why, 25),
            ],
            empty="Er zijn geen accounts die waarschijnlijk van dezelfde leerling zijn.",
            id="merging-likely",
            title="Waarschijnlijk dezelfde leerling",
        )
        yield FilterLine(TextLine(id="merging-asked", placeholder="een deel van de naam"), "keep.search")
        with Horizontal(id="merging-sides"):
            for side, title in LISTS.items():
                with Vertical():
                    yield RecordList(
                        [
                            Column("Naam", lambda row: name_of(row.pupil)),
                            Column("Nummer", lambda row: row.pupil.key, 9),
                            Column("Stand", lambda row: "actief" if row.pupil.active else "weg", 6),
                        ],
                        empty="Er is geen leerling gevonden.",
                        id=f"merging-{side}",
                        title=title,
                    )
                    yield Label("", id=f"merging-{side}-chosen", classes="section")
        with Buttons():
            yield push_button(MERGE, id="merging-merge", variant="primary")

    def focus_start(self) -> None:
        """Focus the likely pairs, or else the search field."""
        self.query_one(
            "#merging-likely" if self.query_one("#merging-likely", RecordList).row_count else "#merging-asked"
        ).focus()

    def read(self) -> Accounts:
        """The likely pairs, and the accounts that match what is typed."""
        school, asked = self.school, self._asked
        found = Paged(
            partial(overview.pupil_count, SUPPLIER, school, asked),
            partial(overview.pupils, SUPPLIER, school, asked),
        )
        return Accounts(asked, merging.likely(SUPPLIER, school), ready(found))

    def show(self, found: Accounts) -> None:
        """Show them, and what is chosen."""
        self.query_one("#merging-likely", RecordList).show(Rows(found.likely))
        for side in SIDES:
            self.query_one(f"#merging-{side}", RecordList).show(found.matches, keep_cursor=found.asked == self._shown)
        self._show_chosen()
        self._shown = found.asked
        self.search_shown()

    def _show_chosen(self) -> None:
        for side, word in SIDES.items():
            told = f"{word}: {_called(self._chosen.get(side))}"
            self.query_one(f"#merging-{side}-chosen", Label).update(plain(told))

    @on(Input.Changed, "#merging-asked")
    def _typed(self, event: Input.Changed) -> None:
        self._asked = event.value
        self.refresh_data()

    def action_to_search(self) -> None:
        """Go to the search field."""
        self.query_one("#merging-asked").focus()

    @on(Input.Submitted, "#merging-asked")
    def _to_list(self) -> None:
        self.enter()

    def to_found(self) -> None:
        """Go to who was found."""
        self.query_one("#merging-source").focus()

    @property
    def sought(self) -> bool:
        """Whether something else is searched for than is shown."""
        return self._asked != self._shown

    @on(RecordList.Chosen, "#merging-likely")
    def _choose_both(self, event: RecordList.Chosen) -> None:
        pair: Pair = event.row
        self._choose(source=pair.source, target=pair.target)
        school, asked = self.school, self._asked
        wanted = {"source": pair.source.key, "target": pair.target.key}
        self.look_up(
            lambda: {side: overview.place_of(SUPPLIER, school, asked, key) for side, key in wanted.items()}, self._point
        )

    def _point(self, places: dict[str, int | None]) -> None:
        """Let each list point at who is chosen, if it has them."""
        for side, place in places.items():
            if place is not None:
                self.query_one(f"#merging-{side}", RecordList).cursor = place

    @on(RecordList.Chosen, "#merging-source")
    def _choose_source(self, event: RecordList.Chosen) -> None:
        self._choose(source=event.row.pupil)

    @on(RecordList.Chosen, "#merging-target")
    def _choose_target(self, event: RecordList.Chosen) -> None:
        self._choose(target=event.row.pupil)

    def _choose(self, **chosen: IepPupil) -> None:
        self._chosen |= chosen
        self.tell("")
        self._show_chosen()
        self.query_one("#merging-merge" if "target" in chosen else "#merging-target").focus()

    @on(Button.Pressed, "#merging-merge")
    def action_merge(self) -> None:
        """Ask, then merge what is chosen."""
        if len(self._chosen) < len(SIDES):
            self.tell("Kies eerst een bron en een doel.", "bad")
            return
        source, target = (self._chosen[side] for side in SIDES)
        school = self.school

        def moving() -> int:
            merging.may_merge(SUPPLIER, school, source.key, target.key)
            return overview.sittings_of(SUPPLIER, [source]).get(source.id, 0)

        self.look_up(moving, partial(self._ask, source, target))

    def _ask(self, source: IepPupil, target: IepPupil, moving: int) -> None:
        question = (
            f"Van {_called(source)} {plural(moving, 'gaat', 'gaan')} {counted(moving, 'afname', 'afnames')} naar "
            f"{_called(target)}. Daarna is {source.key} niet meer actief. Dit is niet terug te draaien."
        )
        confirm = Confirm("Leerlingen samenvoegen?", question, "Samenvoegen", danger=True)
        self.app.push_screen(confirm, lambda yes: self._merge(source, target) if yes else None)

    def _merge(self, source: IepPupil, target: IepPupil) -> None:
        school = self.school
        self.perform(
            lambda: merging.merge(SUPPLIER, school, source.key, target.key), lambda _: self._merged(source, target)
        )

    def _merged(self, source: IepPupil, target: IepPupil) -> None:
        self.tell(f"{source.key} is samengevoegd met {target.key}: de toetsafnames staan nu bij {_called(target)}.")
        self._chosen = {}
