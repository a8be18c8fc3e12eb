"""Trainer > Klas: the boards of the class, how far each is, and moving or resetting one or all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from textual.content import Content

from app import clock
from app.counted import counted
from app.permissions import Permission
from app.training import classes, resetting
from app.training.classes import ClassBoard
from app.training.lessons import catalogue, of_class
from app.training.lessons.counting import help_and_mistakes
from app.training.resetting import StartingPoint
from app.workers import school_time
from models.training import LessonProgress
from screens.shared import keys, own_name
from screens.shared.dialogs import Choose, Confirm, Reading, Typing
from screens.shared.facts import Fact, Row
from screens.shared.records import Column, TickList
from screens.shared.text import plain
from screens.trainer.page import TrainerPage

SECONDS = 2.0
"""Seconds between checks of other boards."""
MOVES: dict[str, tuple[str, Callable[[datetime], datetime]]] = {
    "morning": ("Naar de volgende ochtend, 08:00", school_time.morning_after),
    "cut-off": ("Naar de eerstvolgende 17:00", school_time.cut_off_after),
}
MOMENT = "moment"
"""The choice of an explicit day and time."""


class AskMoment(Typing[datetime]):
    """Asks until when to move."""

    HELP = "Typ een dag en een tijd, zoals 3-8-2020 08:00. De tijd gaat alleen vooruit."

    def __init__(self, boards: str) -> None:
        question = "Alles wat tot dat moment aan de beurt is, gebeurt. De tijd gaat alleen vooruit."
        super().__init__(f"Verzetten: {boards}", question, "Dag en tijd, zoals 3-8-2020 08:00:", "Verzetten")

    def answer(self, typed: str) -> datetime:
        """The moment."""
        return clock.parse_moment(typed)


class BoardsPage(TrainerPage):
    """The boards of the class."""

    PATH = ("Trainer", "Klas")
    PERMISSION = Permission.LEAD_CLASS
    CHANGE = "Bekijken"
    MORE = (("advance", "Verzetten"), ("put_back", "Terugzetten"))
    LIST = TickList
    ONE = "Bestuur"
    NOTE = "Spatie kruist aan, * alles; zonder kruisjes geldt waar u op staat."
    EMPTY = "Er is nog geen klas. Maak de besturen op de opdrachtregel: esis board create --count 20 --sheet klas.html"
    COLUMNS = (
        Column("Bestuur", lambda row: row.name, 12, order=True),
        Column("Cursist", lambda row: row.learner, 18, order=True),
        Column("Schooltijd", lambda row: _time(row), 21, from_width=170, order=lambda row: row.now),
        Column("Oefening", lambda row: row.title or row.lesson or "geen", order=True),
        Column("Stap", lambda row: row.step, 9, order=lambda row: row.progress.step if row.progress else -1),
        Column("Hints", lambda row: _number(row, "hints"), 5, right=True, leaves=24, order=True),
        Column("Fouten", lambda row: _number(row, "mistakes"), 6, right=True, leaves=24, order=True),
        Column("Laatst gebruikt", lambda row: _moment(row.used_at), 19, from_width=200, order=True),
    )
    HELP = (
        "Elk bestuur van de klas met de oefening waarmee het het laatst bezig was: hoeveel stappen klaar zijn, hoeveel hints "
        "zijn gevraagd en hoeveel er misging. Enter laat een bestuur zien.\n\n"
        "F2 verzet de schooltijd, T zet terug naar een beginstand of naar het begin van een oefening. Kruis met de spatiebalk "
        "aan welke besturen, of alles met *. Het wachtwoord van een bestuur verandert daarbij niet.\n\n"
        "Besturen maken en verwijderen gaat op de opdrachtregel: esis board create, esis board remove."
    )
    BINDINGS = [
        keys.DONE(
            "advance",
            "Verzetten",
            id="class.advance",
            tooltip="Zet de schooltijd van de aangekruiste besturen vooruit.",
        ),
        keys.ROLL_BACK(
            "put_back",
            "Terugzetten",
            id="class.reset",
            tooltip="Zet de aangekruiste besturen terug, na een vraag.",
        ),
        keys.no_key(
            "name_learner",
            "Naam van de cursist",
            id="class.learner",
            tooltip="Schrijft op wie aan dit bestuur zit.",
        ),
    ]

    def on_mount(self) -> None:
        """Check again now and then: this program is not told what happens on other boards."""
        self.set_interval(SECONDS, self._look)

    def _look(self) -> None:
        if self.is_current and not self.esis.busy:
            self.read_again()

    def reason(self) -> str:
        """Only from the practice board."""
        return classes.leading(self.actor)

    def rows(self) -> Sequence[ClassBoard]:
        """By name."""
        rows = classes.overview(only_class=True)
        titles = catalogue.titles(row.lesson for row in rows if row.lesson)
        return [replace(row, title=titles.get(row.lesson, "")) for row in rows]

    def detail(self, row: ClassBoard) -> Iterable[Row]:
        """Its time, couplings, disturbances and lessons."""
        yield Content.assemble(plain(row.name).stylize("bold"))
        if row.learner:
            yield plain(f"Cursist: {row.learner}")
        yield Fact("Schooltijd", _time(row))
        if row.progress is not None:
            yield Fact("Oefening", f"{row.title}: {row.step}, {_marks(row.progress)}")
        yield Fact("Laatst gebruikt", _moment(row.used_at))
        yield from map(plain, ("", *_more(row)))

    @property
    def boards(self) -> list[ClassBoard]:
        """The ticked ones, else the one under the cursor."""
        listed = self.query_one("#keep", TickList)
        ticked = [row for row in self._rows if row.id in listed.marked]
        return ticked or ([self.chosen] if self.chosen is not None else [])

    def action_change(self) -> None:
        """Show one board."""
        row: ClassBoard | None = self.chosen
        if row is not None and self._may():
            self.look_up(lambda: "\n".join(_told(row)), partial(self._show_board, row.name))

    def _show_board(self, name: str, told: str) -> None:
        self.app.push_screen(Reading(name, told))

    def action_name_learner(self) -> None:
        """Ask who sits at the board under the cursor."""
        row: ClassBoard | None = self.chosen
        if row is not None and self._may():
            asks = partial(own_name.ask, self, title=f"Wie zit aan {row.name}?", about=own_name.ABOUT_LEARNER)
            self.look_up(partial(classes.find, row.name), asks)

    def action_advance(self) -> None:
        """Choose until when, then move the boards."""
        if self.boards and self._may():
            options = [*((key, title) for key, (title, _) in MOVES.items()), (MOMENT, "Naar een dag en tijd…")]
            title = f"Verzetten: {_names(self.boards)}"

            def ask(lessons: str) -> None:
                self.app.push_screen(Choose(title, options, lessons), self._move)

            self.look_up(partial(of_class.goes_on, _numbers(self.boards)), ask)

    def _move(self, chosen: str | None) -> None:
        if chosen == MOMENT:
            self.app.push_screen(
                AskMoment(_names(self.boards)), lambda to: self._move_to(lambda _now: to) if to else None
            )
        elif chosen is not None:
            self._move_to(MOVES[chosen][1])

    def _move_to(self, to: Callable[[datetime], datetime]) -> None:
        actor, boards = self.actor, self.boards

        def work() -> str:
            classes.require_leading(actor)
            told = self._each(boards, lambda name: self._move_one(name, to))
            return f"{told} {of_class.goes_on(_numbers(boards))}".strip()

        self.perform(work, self._done)

    def _move_one(self, name: str, to: Callable[[datetime], datetime]) -> None:
        board = classes.find(name)
        classes.advance(self.actor, board, to(clock.school_now(board)))

    def action_put_back(self) -> None:
        """Choose a starting point, ask, then reset the boards."""
        if self.boards and self._may():
            self.look_up(resetting.starting_points, self._choose_point)

    def _choose_point(self, points: Sequence[StartingPoint]) -> None:
        options = [(str(place), _called(point)) for place, point in enumerate(points)]

        def chosen(place: str | None) -> None:
            if place is not None:
                self._ask(points[int(place)])

        self.app.push_screen(Choose(f"Terugzetten: {_names(self.boards)}", options), chosen)

    def _ask(self, point: StartingPoint) -> None:
        self.look_up(partial(of_class.stops, _numbers(self.boards)), partial(self._ask_with, point, self.boards))

    def _ask_with(self, point: StartingPoint, boards: Sequence[ClassBoard], lessons: str) -> None:
        question = (
            f"{_names(boards)} naar: {point.title}.\n\nAlles wat erop is gedaan gaat weg. Wie erop is aangemeld, meldt zich "
            f"opnieuw aan. Wat er van oefeningen is bijgehouden blijft.\n\n{lessons}"
        ).strip()
        self.app.push_screen(
            Confirm("Terugzetten?", question, "Terugzetten", danger=True),
            lambda yes: self._put_back(boards, point) if yes else None,
        )

    def _put_back(self, boards: Sequence[ClassBoard], point: StartingPoint) -> None:
        actor = self.actor

        def work() -> str:
            classes.require_leading(actor)
            lessons = of_class.stopped(_numbers(boards))
            return f"{self._each(boards, lambda name: resetting.reset_to(name, point))} {lessons}".strip()

        self.perform(work, self._done)

    def _each(self, boards: Sequence[ClassBoard], act: Callable[[str], object]) -> str:
        """Do it for each, showing progress. Returns the outcome."""

        def tell(number: int, name: str) -> None:
            self.note(f"Bezig: {name}, {number} van {len(boards)}…")

        refused = classes.for_each([board.name for board in boards], act, tell)
        done = len(boards) - len(refused)
        return " ".join([f"{done} van {len(boards)} gedaan.", *refused])

    def _done(self, told: str) -> None:
        self.note()
        self.esis.on_work()
        self.say(told)


def _called(point: StartingPoint) -> str:
    return f"Oefening: {point.title}" if point.lesson else point.title


def _time(row: ClassBoard) -> str:
    return f"{clock.dutch_moment(row.now)}{' →' if row.target else ''}"


def _moment(moment: datetime | None) -> str:
    return clock.dutch_moment(moment) if moment else "nog niet"


def _number(row: ClassBoard, name: str) -> str:
    return str(getattr(row.progress, name)) if row.progress else ""


def _names(boards: Sequence[ClassBoard]) -> str:
    return boards[0].name if len(boards) == 1 else counted(len(boards), "bestuur", "besturen")


def _numbers(boards: Sequence[ClassBoard]) -> list[int]:
    return [board.id for board in boards]


def _told(row: ClassBoard) -> list[str]:
    """A board in full: its time, couplings, disturbances and lessons, newest first."""
    who = [f"Cursist          {row.learner}"] if row.learner else []
    return [
        *who,
        f"Schooltijd       {_time(row)}",
        f"Laatst gebruikt  {_moment(row.used_at)}",
        "",
        *_more(row),
    ]


def _more(row: ClassBoard) -> list[str]:
    """Its couplings, disturbances and lessons."""
    lessons = classes.lessons_of(row.id)
    titles = catalogue.titles(done.lesson for done in lessons)
    told = [_lesson(done, titles[done.lesson]) for done in lessons]
    return [*classes.standing(row.id), "", "Oefeningen", *(told or ["  nog geen"])]


def _lesson(done: LessonProgress, title: str) -> str:
    state = "klaar" if done.finished_at else f"{done.step} van {counted(done.steps, 'stap', 'stappen')}"
    return f"  {_moment(done.started_at)}  {title}  {done.learner}: {state}, {_marks(done)}"


def _marks(done: LessonProgress) -> str:
    return help_and_mistakes(done.hints, done.mistakes, done.mended)
