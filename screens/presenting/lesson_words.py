"""What the panel of a lesson says: as much as its level tells, and in an exam only the goal and the time."""

from __future__ import annotations

from textual.content import Content

from app.counted import counted
from app.training.lessons.counting import judged
from app.training.lessons.course import Course
from app.training.lessons.exam import OVER, WARNINGS, minutes
from app.training.lessons.levels import GOALS, STEPS, STORY
from app.training.lessons.tasks import Task
from screens.presenting.panel import ASIDE, Caption
from screens.presenting.together import Together
from screens.shared import signs
from screens.shared.text import plain, prose

AGAIN = (
    "Wat u moet doen, staat steeds onder aan het scherm. F1 toont dit verhaal opnieuw; nog eens F1 legt het scherm uit."
)
AGAIN_EXAM = (
    "Onder aan het scherm staat het doel. Hints en opmerkingen zijn er niet, en ESIS zegt niet wat er mis is. F1 toont dit "
    "verhaal opnieuw. Na afloop ziet u per stap wat goed ging."
)
FAULTS_ARE_MEANT = (
    "Fouten zijn de bedoeling: probeer gerust iets uit. Gaat het mis, dan hoort u meteen wat er gebeurde, en u herstelt "
    "het zelf."
)
FINAL = "niet terug te draaien"
"""Where a story says this, the learner cannot mend everything."""
SOME_ARE_FINAL = (
    "Fouten zijn de bedoeling: gaat het mis, dan hoort u meteen wat er gebeurde. Wat niet terug te draaien is, herstelt u door "
    "de les opnieuw te beginnen; uw eigen oefenbestuur blijft zoals het was."
)
NAMES = {STEPS: "stap voor stap", GOALS: "met een doel", STORY: "alleen het verhaal"}
"""What a level is called in the border."""


def story_of(course: Course) -> str:
    """The introduction with how the lesson goes; empty if the draaiboek has none."""
    story = prose(course.script.steps[0].text)
    if not story:
        return ""
    if course.exam:
        minutes = course.script.minutes
        limit = f"U heeft {counted(minutes, 'minuut', 'minuten')}. " if minutes else ""
        enough = f"{course.script.pass_mark} procent van de punten is genoeg om te slagen."
        return f"{story}\n\n{limit}{enough}\n\n{AGAIN_EXAM}"
    faults = SOME_ARE_FINAL if FINAL in story else FAULTS_ARE_MEANT
    return "\n\n".join([story, *([faults] if course.level > STEPS else []), AGAIN])


def caption(
    course: Course,
    told: str,
    spent: float,
    left: int | None,
    *,
    shown: bool = False,
    together: Together | None = None,
) -> Caption:
    """The panel, with the help that was given last (`told`) and the seconds spent and left.

    `shown`: the program showed how, and the learner looks at it; `together`: with somebody at the other side.
    """
    task = course.task
    done = f"{course.done} van {len(course.tasks)}"
    figures = _figures(course, spent, left)
    hurry = left is not None and left <= WARNINGS[0]
    return Caption(
        ("Examen" if course.exam else f"Les: {course.script.title}") + (together.where if together else ""),
        [plain(result(course)).stylize("bold $warn" if course.exam and not course.passed else "bold $ok")]
        if task is None
        else _lines(course, task, told, shown, together),
        _keys(course, told, shown=shown),
        [_meter(course, done), plain(figures).stylize("bold $warn" if hurry else "$label"), *_standing(course)],
        f"{done}   {figures}",
        "" if course.exam else NAMES[course.level],
    )


def result(course: Course) -> str:
    """How it went, once it is done."""
    if course.exam:
        sign = "✓" if course.passed else "×"
        over = "" if course.done >= len(course.tasks) else f"{OVER} "
        outcome = judged(course.points, course.points_of, passed=course.passed)
        return f"{sign} {over}{outcome} F1 toont per stap hoe het ging; Ctrl+Q sluit het examen."
    if not course.hints + course.mistakes:
        praise = "Zonder hints en zonder fouten."
    elif course.mistakes and course.mended == course.mistakes:
        praise = f"Met {course.help_and_mistakes}. Alles wat misging heeft u zelf hersteld: knap gedaan."
    else:
        praise = f"Met {course.help_and_mistakes}."
    return f"✓ Klaar! {praise} U mag verder rondkijken; Ctrl+Q sluit de les."


def _lines(course: Course, task: Task, told: str, shown: bool, together: Together | None) -> list[Content]:
    if together is None:
        return _about(course, task, told, shown, None)
    about = [together.turn(task, exam=course.exam)] if course.waiting else _about(course, task, told, shown, together)
    return [*about, *together.joining()]


def _about(course: Course, task: Task, told: str, shown: bool, together: Together | None) -> list[Content]:
    if course.exam:
        return [_goal(task)]
    if together is not None:
        told = together.told(told, course.side)
    found = list(_task(course, task, together))
    if course.remark:
        found = [found[0], plain(f"! {course.remark}").stylize("bold $warn")]
    if told:
        found.append(Content.assemble(("Voorgedaan: " if shown else "Hint: ", "bold $key"), plain(told)))
    return found


def _task(course: Course, task: Task, together: Together | None) -> list[Content]:
    """As much as the level tells: the first line is what has to be done."""
    if course.level == GOALS:
        return [_goal(task)]
    if course.level == STORY:
        story = prose(course.script.steps[0].text)
        told = plain(" ".join(story.split()) or task.goal)
        return [told.stylize("$ink")]
    asked = together.asked(course, task) if together else task
    text = together.told(asked.text, course.side) if together else asked.text
    title = plain(f"Opdracht {asked.title}").stylize("bold $ink")
    return [title, plain(text).stylize("$label")] if text else [title]


def _goal(task: Task) -> Content:
    return Content.assemble(("Doel: ", "bold $key"), plain(task.goal).stylize("bold $ink"))


def _keys(course: Course, told: str, *, shown: bool) -> list[tuple[str, str]]:
    f1, quit_ = ("F1", "Verhaal en help"), ("Ctrl+Q", "Examen verlaten" if course.exam else "Les verlaten")
    if course.exam:
        return [("F1", "Hoe het ging"), quit_] if course.finished else [f1, quit_]
    if shown:
        return [("Ctrl+L", "Nu zelf doen"), quit_]
    hint = [] if course.finished or course.waiting else [("Ctrl+L", "Volgende hint" if told else "Hint")]
    return [*hint, f1, quit_]


def _figures(course: Course, spent: float, left: int | None) -> str:
    """The time, and of a lesson the help and the mistakes: an exam tells those afterwards."""
    time = minutes(spent) if left is None else f"nog {minutes(left)}"
    return time if course.exam else f"{time}   {course.help_and_mistakes}"


def _meter(course: Course, done: str) -> Content:
    bar = signs.meter(course.done, len(course.tasks), ASIDE - len(done) - 2)
    return Content.assemble(bar, "  ", plain(done).stylize("bold $ink"))


def _standing(course: Course) -> list[Content]:
    """At level 1 which task was the last, and which is now."""
    if course.exam or course.level > STEPS:
        return []
    before = [_marked("✓", "$ok", task) for task in course.tasks[: course.done][-1:]]
    now = [_marked("▶", "$key", task) for task in course.tasks[course.done :][:1]]
    return [*before, *now]


def _marked(sign: str, colour: str, task: Task) -> Content:
    return Content.assemble((f"{sign} ", f"bold {colour}"), plain(task.title).stylize("$label"))
