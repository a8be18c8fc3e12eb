"""What the caption of a demo says, and which keys the presenter has, however the demo stands."""

from __future__ import annotations

from screens.presenting import step_list
from screens.presenting.step_list import StepList
from screens.presenting.subtitles import HELP, Subtitle
from screens.shared.text import plain

PAUSED, PLAYING, YOURS, ENDED = "(pauze)", "► speelt", "U heeft het programma", "Dit draaiboek is afgelopen."
BACK, STEPS, STOP = ("←", "Vorige"), ("L", "Stappen"), ("Ctrl+Q", "Stoppen")
COLOURS, ALONE = ("K", "Kleuren"), ("Ctrl+T", "Zelf verder")
"""PgDn and PgUp of a presenter remote do what the arrows do."""


def playing(title: str, page: str, *, on: bool, asks: bool, by_step: bool, all_keys: bool) -> Subtitle:
    """While it plays (`on`), waits for a key (`asks`), or is paused; `by_step`: each step waits."""
    state = PLAYING if on else "" if asks else PAUSED
    keys, widest = (
        _keys("Pauze" if on else "Verder", "Doorspelen" if by_step else "Per stap"),
        _keys("Verder", "Doorspelen"),
    )
    text = [plain(page)] if page else []
    return Subtitle(title, text, keys, short=state, below=state, whole=all_keys, widest=widest)


def _keys(space: str, pace: str) -> tuple[tuple[str, str], ...]:
    """While it plays, with what the space bar and P do now."""
    ways = (("Spatie", space), ("→", "Volgende"), BACK, STEPS, ("P", pace), COLOURS, ("Ctrl+T", "Overnemen"))
    return (*ways, STOP, HELP)


def yours(title: str) -> Subtitle:
    """The presenter has the program."""
    return Subtitle(title, [], (("Ctrl+T", "Geef het draaiboek terug"), STOP), short=YOURS, below=YOURS)


def steps(shown: StepList) -> Subtitle:
    """The list of steps."""
    return Subtitle("Naar welke stap?", [], step_list.KEYS, more=shown.lines())


def ended(title: str) -> Subtitle:
    """All of it was played."""
    return Subtitle(title, [plain(ENDED)], (BACK, STEPS, COLOURS, ALONE, STOP, HELP))


def failed(title: str, mistake: str) -> Subtitle:
    """It cannot go on, and why."""
    told = plain(f"× Het draaiboek kan niet verder. {mistake}").stylize("$bad")
    return Subtitle(title, [told], (("←", "Opnieuw tot deze stap"), STEPS, ALONE, STOP, HELP))
