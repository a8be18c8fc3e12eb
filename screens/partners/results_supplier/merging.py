"""The form that merges one account of a pupil into another (Bron and Doel)."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from textual import on
from textual.app import ComposeResult

from app.partners.results_supplier import merging
from app.partners.results_supplier.supplier import Merged
from screens.partners.filling_in import FormPage
from screens.partners.page import Session
from screens.partners.pupil_list import name_and_key
from screens.partners.results_supplier.page import SupplierPage
from screens.shared.dialogs import Confirm
from screens.shared.fields import ChoiceField
from screens.shared.forms import Form
from screens.shared.panel import Empty, Panel


class MergePage(FormPage, SupplierPage):
    """Bron and Doel. Set the texts; implement `told`."""

    HERE = "pupils"
    TITLE = ""
    SOURCE, TARGET = "Bron", "Doel"
    QUESTION = ""
    """The question before merging the accounts with the keys `source` and `target`."""
    NO_SOURCES = NO_TARGETS = ""
    """Why there is nothing to merge."""

    def __init__(self, session: Session, chosen: Any = None) -> None:
        """`chosen` is the account to fill in."""
        super().__init__(session)
        self._chosen = chosen

    @abstractmethod
    def told(self, done: Merged) -> str:
        """What was done, as a sentence."""

    def body(self) -> ComposeResult:
        """The form, or why there is none."""
        school = self.school
        sources, targets = merging.sources(self.SUPPLIER, school), merging.targets(self.SUPPLIER, school)
        if not sources or not targets:
            yield Panel(self.TITLE, self.told_line(), Empty(self.NO_TARGETS if sources else self.NO_SOURCES))
            return
        source, target = self._proposed(sources, targets)
        form = Form(
            [
                ChoiceField("source", self.SOURCE, value=source.key, options=_options(sources)),
                ChoiceField("target", self.TARGET, value=target.key, options=_options(targets)),
            ],
            submit="Samenvoegen",
        )
        yield from self.panel(self.TITLE, form)

    def _proposed(self, sources: list[Any], targets: list[Any]) -> tuple[Any, Any]:
        """A likely pair of accounts of the chosen pupil, or the first; the user decides whether they are the same."""
        chosen = self._chosen.id if self._chosen else 0
        pairs = merging.likely(self.SUPPLIER, self.school)
        source = next((row for row in sources if row.id == chosen), None)
        source = source or next((pair.source for pair in pairs if pair.target.id == chosen), sources[0])
        return source, next((pair.target for pair in pairs if pair.source.id == source.id), targets[0])

    @on(Form.Submitted)
    def _ask(self, event: Form.Submitted) -> None:
        source, target = event.values["source"], event.values["target"]
        school = self.school
        self.look_up(
            lambda: merging.may_merge(self.SUPPLIER, school, source, target), lambda _: self._confirm(source, target)
        )

    def _confirm(self, source: str, target: str) -> None:
        asked = self.QUESTION.format(source=source, target=target)
        question = Confirm("Accounts samenvoegen?", asked, "Samenvoegen", danger=True)
        self.app.push_screen(question, lambda answer: self._merge(source, target) if answer else None)

    def _merge(self, source: str, target: str) -> None:
        school = self.school
        self.perform(lambda: merging.merge(self.SUPPLIER, school, source, target), self._merged)

    def _merged(self, done: Merged) -> None:
        self._chosen = None
        self.call_later(self._rebuild, done)

    async def _rebuild(self, done: Merged) -> None:
        await self.recompose()
        self.refresh_data()
        self.tell(self.told(done))


def _options(accounts: list[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name_and_key(row), row.key) for row in accounts)
