"""What the trainer's desk is told of this program, and what it lets it do (`app/serving/desk/messages.py`).

Held, taken over, or shown the trainer's screen, the program goes on as it was: what is said of it is drawn over the screen
(`over.py`), and what the user types or clicks meanwhile is dropped where it comes in (`in_browser.py`). Nothing that the
trainer sends takes the keyboard from somebody who is typing: a message is a message over the screen, and whether to begin a
lesson is asked once the keyboard is quiet.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import events

from app.counted import counted
from app.permissions import Permission
from app.serving.desk.messages import Frame, Here, Message
from screens.navigation.going import Navigation
from screens.shared.dialogs import Confirm
from screens.shell.mirroring import Mirroring
from screens.shell.over import Over, Say

COARSE = 5.0
"""Seconds to which it is told when a key was pressed last, and how long it is held: not each is worth a message."""
QUIET = 1.5
"""Seconds without a key after which a question may come."""
HELD = "De trainer heeft de les even stilgezet"
HELD_MORE = "Wat u typt, komt niet aan. U gaat zo verder waar u was."
TAKEN = "De trainer heeft uw toetsenbord even; wat u typt, komt nu niet aan."
SHOWN = "U ziet het scherm van de trainer; uw eigen scherm blijft zoals het was."
HAND, WATCHED, SHOWS = "▲ uw hand is op", "● de trainer kijkt mee", "● iedereen ziet uw scherm"


@dataclass(frozen=True)
class Given:
    """A lesson that the trainer gave."""

    lesson: str
    title: str
    exam: bool


class Guide:
    """Of one program."""

    def __init__(self, app: Navigation) -> None:
        self._app = app
        app.classroom.connected, app.classroom.before = self.forget, self.tell
        self.mirroring = Mirroring(app)
        self.over = Over(app)
        self._told: Here | None = None
        self._key = self._hand = self._since = 0.0
        self._at: object = None
        """The lesson and step that `_since` is about."""
        self._paused_at: float | None = None
        self._paused_before = self._held = 0.0
        """Seconds that it was held: before now, and before `_since`."""
        self._shown = self._mirrors = self._asking = False
        self.taken = False
        """Whether a trainer has the keyboard."""
        self.given: Given | None = None
        self.messages: Sequence[str] = ()
        """What the trainer sent, the newest first, with the time."""

    @property
    def withholds(self) -> bool:
        """Whether what the user types does nothing now; asked from the thread that reads it, too."""
        return self._paused_at is not None or self.taken or self._shown

    @property
    def paused_seconds(self) -> float:
        """How long the trainer held it, all together and up to now."""
        return self._paused_before + (time.monotonic() - self._paused_at if self._paused_at is not None else 0.0)

    # ---- what is told

    @property
    def here(self) -> Here:
        """Where the user is now."""
        app, lesson = self._app, self._app.lesson_now
        at = (lesson.name, lesson.step) if lesson else None
        if at != self._at:
            self._at, self._since, self._held = at, time.time(), self.paused_seconds
        paths = [path for screen in app.screen_stack if (path := getattr(screen, "PATH", ()))]
        found = Here(
            user=app.actor.name if app.actor else "",
            leads=self._leads,
            place=" > ".join(paths[-1]) if paths and app.actor else "",
            key=self._key // COARSE * COARSE,
            hand=self._hand,
        )
        if lesson is None:
            return found
        return replace(
            found,
            user=lesson.learner,
            lesson=lesson.name,
            run=lesson.run,
            title=lesson.title,
            exam=lesson.exam,
            step=lesson.step,
            steps=lesson.steps,
            task=lesson.task,
            since=self._since + (self.paused_seconds - self._held) // COARSE * COARSE,
        )

    @property
    def _leads(self) -> bool:
        app = self._app
        trainer = app.actor is not None and app.actor.had(Permission.LEAD_CLASS)
        return trainer and app.lesson_now is None and app.board.is_permanent

    def tell(self) -> None:
        """Say what changed; called some times a second where there is a desk."""
        channel = self._app.classroom.channel
        if channel is None or not self._app.screen_stack:
            return
        now = self.here
        if self._app.in_class != (in_class := bool(now.user) and not now.leads):
            self._app.in_class = in_class
            for screen in self._app.screen_stack:
                screen.refresh_bindings()
        if now.hand and not self._app.in_class:  # signed out
            self._hand = 0.0
            now = self.here
            self._draw()
        if now != self._told:
            first = {} if self._told else {"first": True}
            self._told = now
            channel({**now.message(), **first})
        if self.given is not None and not self._asking:
            self._ask()

    def forget(self) -> None:
        """There is a desk, which knows of nothing."""
        self._told = None
        self.tell()

    def used(self) -> None:
        """The user pressed a key."""
        if not self.taken:
            self._key = time.time()

    # ---- what is done

    def hear(self, message: Message) -> None:
        """Do what the desk says."""
        if not self._app.classroom.heard(message):
            self._do(message)
            self.tell()
        self._draw()

    def _do(self, message: Message) -> None:
        match message:
            case {"say": "text", "text": str(text)}:
                self.messages = [f"{time.strftime('%H:%M')}  {text}", *self.messages]
                self._app.notify(text, title="Bericht van de trainer", timeout=30, markup=False)
            case {"say": "begin", "lesson": str(lesson), "title": str(title), "exam": bool(exam)}:
                self.given, self._asking = Given(lesson, title, exam), False
            case {"say": "extra", "seconds": int(seconds)}:
                minutes = counted(round(seconds / 60), "minuut", "minuten")
                self._app.notify(f"De trainer geeft u {minutes} extra.", timeout=10, markup=False)
            case {"say": "lower"}:
                self._hand = 0.0
            case {"say": "pause", "on": bool(on)}:
                self._pause(on)
            case {"say": "taken", "on": bool(on)}:
                self.taken = on
            case {"say": "shown", "on": bool(on)}:
                self._shown = on
            case {"say": "frame"} if self._shown and (frame := Frame.read(message)) is not None:
                self.over.draw(frame)
            case {"say": "watch", "on": bool(on)}:
                self._mirror(on)
            case {"say": "keys", "keys": list(pressed)} if self.taken:
                for key, character in pressed:
                    self._app.post_message(events.Key(key, character))
            case {"say": "paste", "text": str(text)} if self.taken:
                self._app.post_message(events.Paste(text))

    def _pause(self, on: bool) -> None:
        if on and self._paused_at is None:
            self._paused_at = time.monotonic()
        elif not on and self._paused_at is not None:
            self._paused_before = self.paused_seconds
            self._paused_at = None

    def _mirror(self, on: bool) -> None:
        self._mirrors = on
        if on and self._app.classroom.channel is not None:
            self.mirroring.begin(self._app.classroom.channel)
        else:
            self.mirroring.stop()

    def _draw(self) -> None:
        """Say over the screen what is the matter."""
        chips = [HAND] if self._hand else []
        if self._app.classroom.own:
            chips.append(SHOWS)
        elif self._mirrors and not self.taken:
            chips.append(WATCHED)
        held = self._paused_at is not None and not self._shown
        bar = SHOWN if self._shown else TAKEN if self.taken else ""
        self.over.say(Say(bar, (HELD, HELD_MORE) if held else (), "" if bar else "  ".join(chips), self._shown))

    def raise_hand(self) -> None:
        """Raise a hand, or lower it."""
        self._hand = 0.0 if self._hand else time.time()
        self._draw()
        self.tell()
        said = "Uw hand is op: de trainer ziet het." if self._hand else "Uw hand is weer omlaag."
        self._app.notify(said, markup=False)

    def begin_given(self) -> None:
        """Begin the lesson that was given."""
        app, given = self._app, self.given
        if given is None or app.actor is None:
            return
        if not app.has_lessons:
            app.notify("Maak eerst de les af waarmee u bezig bent, of verlaat hem met Ctrl+Q.", markup=False)
            return

        from screens.lessons.choosing import start_given

        start_given(app, given.lesson, exam=given.exam, then=self._begun)

    def _begun(self) -> None:
        self.given = None

    def _ask(self) -> None:
        """Once nobody types, no lesson is in front, and somebody is signed in."""
        app, given = self._app, self.given
        busy = not app.has_lessons or time.time() - self._key < QUIET or self.withholds
        if given is None or app.actor is None or busy:
            return
        self._asking = True
        what = "het examen" if given.exam else "de les"
        question = (
            f"De trainer geeft u {what} '{given.title}'.\n\nMet Straks gaat u verder waar u was; beginnen doet u dan later "
            "met Ctrl+P, Les van de trainer beginnen."
        )
        app.push_screen(
            Confirm("Een les van de trainer", question, "Beginnen", "Straks"),
            lambda yes: self.begin_given() if yes else None,
        )
