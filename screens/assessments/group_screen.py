"""What the screens about a group's results share: the line of choices, and choosing a group."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from app.school.assessment.catalogue import lvs_assessments
from app.school.groups import year_groups_of
from models.school import Group
from screens.shared import keys
from screens.shared.dialogs import Choose
from screens.shared.frame import EsisScreen
from screens.shared.link import ArrowKeys, KeyLink, Link

NO_GROUP = "U staat dit schooljaar voor geen groep. Vraag de administratie om u aan een groep te verbinden."
ALL = "*"
"""The choice of all groups, assessments or subjects together; never an id."""


def _sits(group: Group) -> bool:
    """Whether there are assessments for the group: a screen starts at the first such group."""
    return any(not set(item.year_groups).isdisjoint(year_groups_of(group)) for item in lvs_assessments())


CHOICES = {"group": keys.GROUP.each[0], "period": ""}
"""The key of a choice; any other has the key of a filter."""


class ChoiceBar(ArrowKeys):
    """The current choices, one link each with its key, if it has one; Enter changes one."""

    def __init__(self, *chosen: str) -> None:
        super().__init__(classes="choice-bar")
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The links."""
        for key in self._chosen:
            letter = CHOICES.get(key, keys.FILTER.each[0]).upper()
            yield KeyLink(letter, "", key=key, id=f"choice-{key}", classes="choice")

    def tell(self, key: str, text: str) -> None:
        """Show what is chosen."""
        self.query_one(f"#choice-{key}", Link).set_text(text)


@dataclass(frozen=True)
class Groups:
    """The groups to choose from."""

    groups: Sequence[Group]
    chosen: int | None
    with_all: bool
    """Whether all groups together can be chosen."""
    why_nothing: str
    """Why there is no group to choose, if there is none."""


class GroupScreen(EsisScreen):
    """A screen about one group at a time."""

    BINDINGS = [
        keys.GROUP("choose_group", "Groep kiezen", id="group.choose", tooltip="Kiest een andere groep."),
        keys.PREVIOUS(
            "step_group(-1)",
            "Vorige groep",
            id="group.previous",
            show=False,
            tooltip="Gaat naar de vorige groep.",
        ),
        keys.NEXT(
            "step_group(1)",
            "Volgende groep",
            id="group.next",
            show=False,
            tooltip="Gaat naar de volgende groep.",
        ),
    ]
    groups: Sequence[Group] = ()
    group_id: int | None = None
    """None: no group, or all of them if the screen allows that."""
    _all_together = False
    _why_nothing = NO_GROUP

    @abstractmethod
    def load_groups(self) -> Sequence[Group]:
        """The groups to choose from."""

    def with_all(self) -> bool:
        """Whether all groups together can be chosen."""
        return False

    def read_groups(self) -> Groups:
        """Read the groups, for `read`, keeping the chosen one if it still exists."""
        reason, chosen, with_all = self.actor.reason(self.PERMISSION), self.group_id, self.with_all()
        groups = () if reason else self.load_groups()
        ids = [group.id for group in groups]
        if chosen not in ids and not (chosen is None and with_all and self.settled):
            chosen = next((group.id for group in groups if _sits(group)), ids[0] if ids else None)
        return Groups(groups, chosen, with_all, reason or NO_GROUP)

    def show_groups(self, found: Groups) -> None:
        """Show which one is chosen."""
        self.groups, self.group_id = found.groups, found.chosen
        self._all_together, self._why_nothing = found.with_all, found.why_nothing
        self.query_one(ChoiceBar).tell("group", f"Groep: {self.group_name} ▼")

    @property
    def group(self) -> Group | None:
        """The chosen group."""
        return next((group for group in self.groups if group.id == self.group_id), None)

    @property
    def group_name(self) -> str:
        """The name, such as `6`."""
        return str(self.group.name) if self.group else "alle groepen" if self._all_together and self.groups else "geen"

    def action_choose_group(self) -> None:
        """Choose a group from a list."""
        options = [
            (str(group.id), f"Groep {group.name}" if group.kind == "basis" else f"{group.name} ({group.kind})")
            for group in self.groups
        ]
        if self._all_together:
            options.insert(0, (ALL, "Alle groepen samen"))
        if len(options) < 2:
            self.say("U heeft één groep." if options else self._why_nothing)
            return
        self.app.push_screen(Choose("Groep kiezen", options, now=str(self.group_id or ALL)), self._group_chosen)

    def _group_chosen(self, key: str | None) -> None:
        if key is not None:
            self.use_group(None if key == ALL else int(key))

    def action_step_group(self, step: int) -> None:
        """Go to the previous or next group, wrapping around."""
        ids = [group.id for group in self.groups]
        if ids:
            here = ids.index(self.group_id) if self.group_id in ids else -1
            self.use_group(ids[(here + step) % len(ids)])

    def use_group(self, group_id: int | None) -> None:
        """Show this group."""
        self.group_id = group_id
        self.refresh_data()

    @on(Link.Chosen, ".choice")
    async def _choose(self, event: Link.Chosen) -> None:
        event.stop()
        await self.run_action(f"choose_{event.link.key}")
