"""One play of a draaiboek, as it is done in this process or another."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from app.commands import playing, tracing
from app.refusals import Refused
from app.training.scripts.errors import InvalidScript, PlayFailed
from app.training.scripts.outcome import Outcome
from app.training.scripts.shots import Shot

if TYPE_CHECKING:
    from app.commands.session import Session
    from app.training.scripts.document import Script, Step


def play(
    script: Script,
    here: Session | None,
    size: tuple[int, int],
    begun: Callable[[Step], object] = lambda _step: None,
    traced: bool = False,
) -> Outcome:
    """Play a draaiboek without a terminal, on its own board or on that of session `here`; `traced` keeps what happened at
    each line.
    """
    began = monotonic()
    steps: list[tuple[int, float]] = []
    places = {id(step): place for place, step in enumerate(script.steps)}

    def note(step: Step) -> None:
        steps.append((places[id(step)], monotonic() - began))
        begun(step)

    shots: tuple[Shot, ...] = ()
    refusal: Refused | None = None
    fault: Exception | None = None
    trace = tracing.begin(script) if traced else None
    try:
        shots = tuple(playing.play_through(script, here, size, begun=note, trace=trace))
    except PlayFailed as failed:
        shots, refusal = failed.shots, failed
    except InvalidScript as invalid:
        refusal = invalid
    except Refused as refused:
        refusal = Refused(refused.sentence)  # of other kinds not all can travel
    except Exception as error:
        fault = error
    return Outcome(shots, refusal, tuple(steps), monotonic() - began, trace, fault)
