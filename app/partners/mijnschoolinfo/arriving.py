"""Identifies the people in a file, among its own lines and existing people (`docs/wie-is-wie.md`).

Pure: it reads and writes nothing. Lines of one file that differ in number are different pupils, because the author
numbered them. Wherever two people could be meant, it asks; `Choices` has the answers. Lines with the most data are
processed first, so their order makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.counted import counted
from app.exchange.identity import Carer, Person
from app.exchange.recognising import Candidate, Register, settle
from app.partners.mijnschoolinfo.lines import Kind
from app.refusals import Refused

OTHER, SKIP = "anders", "overslaan"
IN_FILE = "r"
"""Prefix of a line number, for somebody in the file itself: `r2`."""
OF_GUARDIAN = "v"
"""Suffix of a line number, for its guardian: `5v`."""

Choices = Mapping[str, str]
"""The line of a question (`5`, `5v`) -> an existing id, `r2` for the person on line 2, `OTHER` or `SKIP`."""


@dataclass(frozen=True)
class Arrival:
    """A pupil or guardian on a line."""

    key: str
    """The line number; `3.2` for the second person on line 3."""
    name: str
    detail: str
    who: Person | Carer

    @property
    def line(self) -> str:
        """The line number alone."""
        return self.key.removesuffix(OF_GUARDIAN)


@dataclass(frozen=True)
class Option:
    """A possible match, offered as a choice; the reason says what agrees and what does not."""

    key: str
    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key} {self.name} ({self.reason})"


@dataclass(frozen=True)
class Question:
    """Somebody in a file who may be an existing person."""

    key: str
    kind: Kind
    name: str
    detail: str
    options: tuple[Option, ...]

    @property
    def sentence(self) -> str:
        """`regel 5, leerling Anna Aarts, 2-2-2010: misschien 17 Anna Aarts (zelfde naam, ander nummer)`."""
        who = ", ".join(part for part in (f"{self.kind} {self.name}", self.detail) if part)
        return f"regel {self.key}, {who}: misschien {' of '.join(map(str, self.options))}"


@dataclass
class Sorted:
    """Who is on each line: an existing id, the key of the line that adds somebody new, or None for a skipped one.

    Lines with a question are left out.
    """

    who: dict[str, int | str | None] = field(default_factory=dict)
    said: dict[str, Person | Carer] = field(default_factory=dict)
    """Everything the lines of a person say, by the key of the line that adds them."""
    questions: list[Question] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def sort_out(
    kind: Kind, arrivals: Iterable[Arrival], here: Register[int], names: Mapping[int, str], choices: Choices
) -> Sorted:
    """Identify each of these. Raises `Refused` for an impossible choice."""
    sorting = _Sorting(kind, here, names, choices)
    for one in sorted(arrivals, key=_says_most):
        sorting.place(one)
    sorting.recognise()
    return sorting.done


class _Sorting:
    """Processes the lines of one kind one by one."""

    def __init__(self, kind: Kind, here: Register[int], names: Mapping[int, str], choices: Choices) -> None:
        self.done = Sorted()
        self._kind, self._here, self._names, self._choices = kind, here, names, choices
        self._file: Register[str] = Register()
        self._leaders: dict[str, Arrival] = {}
        """Each new person, by the line processed first, with everything their lines say."""
        self._leader: dict[str, str] = {}

    def place(self, one: Arrival) -> None:
        """Place a line with an earlier one, by itself, or with a question."""
        choice = self._choices.get(one.key, "")
        if choice == SKIP:
            self.done.who[one.key] = None
        elif choice.startswith(IN_FILE):
            self._join(one, self._chosen_line(one, choice))
        elif choice:
            self._refuse_sure(one, [near.sure and near.strong for near in self._near(one)], "op een andere regel")
            self._lead(one)
        else:
            self._place_by_rule(one)

    def _place_by_rule(self, one: Arrival) -> None:
        near = self._near(one)
        found = settle({0: near})[0]
        if found.same is not None:
            self._join(one, found.same)
        elif found.doubtful:
            lines = [
                Option(f"{IN_FILE}{near_by.here}", self._leaders[near_by.here].name, near_by.reason) for near_by in near
            ]
            self._ask(one, [*lines, *self._options(self._here.candidates(one.who))])
        else:
            self._lead(one)

    def _near(self, one: Arrival) -> list[Candidate[str]]:
        """The earlier lines that may be of the same person."""
        found = []
        for near in self._file.candidates(one.who):
            other = self._leaders[near.here].who
            if not _apart(one.who, other):
                found.append(replace(near, same=near.same and _certain(one.who, other)))
            elif self._kind is Kind.PUPIL:
                self.done.remarks.append(
                    f"Regel {one.line} lijkt op regel {self._leaders[near.here].line} ({near.reason}); zij zijn als twee "
                    "leerlingen overgenomen."
                )
        return found

    def _lead(self, one: Arrival) -> None:
        self._leader[one.key], self._leaders[one.key] = one.key, one
        self._file.add(one.key, one.who)

    def _join(self, one: Arrival, leader: str) -> None:
        self._leader[one.key] = leader
        first = self._leaders.get(leader)
        if first is not None and (both := _together(first.who, one.who)) != first.who:
            self._leaders[leader] = replace(first, who=both)
            self._file.add(leader, both)

    def _chosen_line(self, one: Arrival, choice: str) -> str:
        key = choice.removeprefix(IN_FILE)
        if key not in self._leader:
            raise Refused(
                f"Regel {one.key} kan niet regel {key} zijn. Kies een van de voorgestelde personen.", field="file"
            )
        return self._leader[key]

    def recognise(self) -> None:
        """Match everybody new in the file against existing people."""
        decided = {key: self._decided(one) for key, one in self._leaders.items() if key in self._choices}
        taken = {here for here in decided.values() if here is not None}
        if len(taken) < sum(here is not None for here in decided.values()):
            raise Refused(
                "Twee regels kunnen niet dezelfde persoon zijn. Kies voor een van beide iets anders.", field="file"
            )
        candidates = {
            key: [
                replace(found, same=found.same and found.here not in taken) for found in self._here.candidates(one.who)
            ]
            for key, one in self._leaders.items()
            if key not in decided
        }
        found: dict[str, int | str | None] = {key: here if here is not None else key for key, here in decided.items()}
        for key, match in settle(candidates).items():
            if match.doubtful:
                self._ask(self._leaders[key], self._options(candidates[key]))
            else:
                found[key] = self._same(key, match.same)
        self.done.said = {key: one.who for key, one in self._leaders.items()}
        self.done.who |= {key: found[leader] for key, leader in self._leader.items() if leader in found}

    def _decided(self, one: Arrival) -> int | None:
        choice, candidates = self._choices[one.key], self._here.candidates(one.who)
        self._refuse_sure(
            one,
            [found.sure and found.strong and str(found.here) != choice for found in candidates],
            "in Mijnschoolinfo",
        )
        if choice == OTHER:
            return None
        if choice not in {str(found.here) for found in candidates}:
            raise Refused(
                f"Regel {one.key} kan niet {choice} zijn. Kies een van de voorgestelde personen.", field="file"
            )
        return int(choice)

    @staticmethod
    def _refuse_sure(one: Arrival, sure: Iterable[bool], where: str) -> None:
        """Raise `Refused` for a choice about a certain match."""
        if any(sure):
            raise Refused(f"Regel {one.key} ({one.name}) staat al {where}; er valt niets te kiezen.", field="file")

    def _same(self, key: str, here: int | None) -> int | str:
        """The matched person; a guardian matched by address alone gets a remark."""
        one = self._leaders[key]
        if here is not None and isinstance(one.who, Carer) and one.who.folded != Carer(self._names[here]).folded:
            self.done.remarks.append(
                f"Regel {one.line}: {one.name} heeft het e-mailadres van {self._names[here]} en is als die herkend."
            )
        return key if here is None else here

    def _options(self, found: Sequence[Candidate[int]]) -> list[Option]:
        return [Option(str(one.here), self._names[one.here], one.reason) for one in found]

    def _ask(self, one: Arrival, options: Sequence[Option]) -> None:
        self.done.questions.append(Question(one.key, self._kind, one.name, one.detail, tuple(options)))


def _says_most(one: Arrival) -> tuple[bool, bool]:
    """Sort lines with a number and birth date, or an address, first; ties by line order."""
    if isinstance(one.who, Person):
        return not one.who.number, one.who.birth_date is None
    return not one.who.address, False


def _apart(one: Person | Carer, other: Person | Carer) -> bool:
    """Whether the author of the file distinguishes them: by number, or as two names with one child."""
    if isinstance(one, Person) and isinstance(other, Person):
        return bool(one.number and other.number and one.number != other.number)
    assert isinstance(one, Carer)
    assert isinstance(other, Carer)
    return one.folded != other.folded and bool(one.children & other.children)


def _certain(one: Person | Carer, other: Person | Carer) -> bool:
    """Whether no question is needed: two names with one address may be a family that shares it."""
    return not isinstance(one, Carer) or not isinstance(other, Carer) or one.folded == other.folded


def _together(one: Person | Carer, other: Person | Carer) -> Person | Carer:
    """The first, supplemented with what only the other has."""
    if isinstance(one, Person) and isinstance(other, Person):
        return replace(one, number=one.number or other.number, birth_date=one.birth_date or other.birth_date)
    assert isinstance(one, Carer)
    assert isinstance(other, Carer)
    return replace(one, email=one.email or other.email, children=one.children | other.children)


def keys(lines: Iterable[int]) -> list[str]:
    """A key for each of these line numbers: `3`, and `3.2` for the second on line 3."""
    seen: dict[int, int] = {}
    found = []
    for line in lines:
        seen[line] = seen.get(line, 0) + 1
        found.append(str(line) if seen[line] == 1 else f"{line}.{seen[line]}")
    return found


class Undecided(Refused):
    """A file has lines that need a decision first; nothing of it was imported."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(sorted(questions, key=lambda one: [int(part) for part in _parts(one.key)]))
        number = len(self.questions)
        told = counted(number, "regel", "regels")
        self.summary = (
            f"Over {told} is eerst een keuze nodig: daar kan iemand anders bedoeld zijn. Er is niets overgenomen."
        )
        super().__init__("\n".join((self.summary, *(one.sentence for one in self.questions))), field="file")


def _parts(key: str) -> list[str]:
    return key.removesuffix(OF_GUARDIAN).split(".")
