"""The windows of a lesson: what it is about, and what an exam came to."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import ModalScreen

from app.training.lessons import review
from app.training.lessons.course import Course
from app.training.scripts.expecting import Expected
from screens.driving.finding import without_panel
from screens.driving.seeing import as_expected
from screens.lessons.review import ReviewWindow
from screens.navigation.going import Navigation
from screens.presenting import lesson_words as words
from screens.shared.dialogs import Confirm, Reading
from screens.shell.esis import EsisApp


class Seen:
    """The words on the screen, without those of the panel; looked for only if something was drawn since the last time."""

    def __init__(self, app: EsisApp) -> None:
        self._app, self._draws, self._words = app, -1, ""

    def __call__(self) -> str:
        """They are text, line by line."""
        if self._draws != self._app.draws:
            self._draws, self._words = self._app.draws, without_panel(self._app)
        return self._words


class Story(Reading):
    """What the lesson is about."""


def says(app: EsisApp, expected: Expected) -> bool:
    """Whether the screen is as expected. What is read lies over it, and is no screen."""
    return not isinstance(app.screen, Reading) and as_expected(app, expected)


def tell_story(app: EsisApp, course: Course) -> None:
    """Show the introduction, unless a window is open."""
    story = words.story_of(course)
    if story and not isinstance(app.screen, ModalScreen):
        app.push_screen(Story(course.script.title, app.in_keys(story)))


def tell_review(app: EsisApp, course: Course) -> None:
    """Show what each step of an exam came to."""
    app.push_screen(ReviewWindow(review.of_course(course, app.actor.name if app.actor else "", "exam")))


class Leaving(Confirm):
    """Whether to leave an exam."""


def ask_to_leave(app: EsisApp, course: Course, then: Callable[[], object]) -> None:
    """Leave; of an exam that is not over, after a question."""
    if not course.exam or course.finished:
        then()
    elif not isinstance(app.screen, Leaving):
        question = "Wat u deed, telt. U kunt later verder bij dezelfde stap; tot dan staat de tijd stil."
        app.push_screen(Leaving("Examen verlaten?", question, "Verlaten"), lambda yes: _if(yes, then))


def _if(yes: bool | None, then: Callable[[], object]) -> None:
    if yes:
        then()


def explain(app: EsisApp, course: Course) -> bool:
    """The story first, from there the help of the screen below it; after an exam its review. False if there is nothing."""
    if isinstance(app.screen, Story):
        app.screen.dismiss(None)
        app.call_later(Navigation.action_explain, app)
    elif isinstance(app.screen, ModalScreen):
        return False
    elif course.exam and course.finished:
        tell_review(app, course)
    elif words.story_of(course):
        tell_story(app, course)
    else:
        return False
    return True
