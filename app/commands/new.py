"""`esis play --new`: records a draaiboek in this terminal, writes it, and plays it at once as proof."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import playing
from app.commands.asking import may_replace
from app.commands.opening import require_terminal
from app.commands.output import tell
from app.counted import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.commands.session import Session
    from app.training.scripts.document import Script
    from app.training.scripts.recorded import Recording
    from screens.recording.draft import Draft


def record_new(
    session: Session,
    path: Path,
    size: str,
    *,
    start: str | None = None,
    role: str | None = None,
    location: str | None = None,
    title: str | None = None,
    theme: str | None = None,
    here: bool = False,
    yes: bool = False,
) -> None:
    """Open the program on a board of its own in state `start`, or on that of the session (`here`); record until the user
    ends it; write the file whole; play it on a fresh board. What is recorded so far is kept beside it all the time.

    Raises `Refused` without a terminal, for a state, user or location that there is not, when the file may not be
    replaced or cannot be written, and with the line that failed when what was recorded does not play.
    """
    from app.refusals import Refused
    from app.training.pictures import parse_size
    from app.training.scripts.document import SUFFIX, parse_script
    from app.training.scripts.recorded import Recording, title_of
    from screens.shared.files import save_text

    cells = parse_size(size)
    require_terminal("Opnemen heeft een terminal nodig: u doet het voor in het programma.")
    path = path if path.name.endswith(SUFFIX) else path.with_name(f"{path.name}{SUFFIX}")
    if here and start:
        raise Refused("--start is de beginstand van een eigen bestuur, en --here is het bestuur van nu. Kies er een.")
    fields = {
        "title": title or title_of(path.name),
        "role": role or "",
        "location": location or "",
        "board": start or "",
    }
    script = parse_script(Recording().of_demo(fields), path)
    overwrite = may_replace(path, yes)
    recording, text, draft = _recorded(script, path, fields, session if here else None, theme or "")
    if not recording.lines:
        draft.remove()
        tell("Er is niets opgenomen, en niets geschreven.")
        return
    try:
        save_text(path, text, overwrite=overwrite, shared=True)
    except Refused as refusal:
        raise Refused(f"{refusal.sentence} Wat u opnam, staat in {draft.path}.") from refusal
    draft.remove()
    tell(f"{path}: {counted(len(recording.lines), 'regel', 'regels')} opgenomen")
    if here:
        tell(f"Naspelen kan met: esis play {path} (op een nieuw bestuur), of met --here.")
    else:
        prove(path, cells)


def prove(path: Path, size: tuple[int, int]) -> None:
    """Play what was recorded on a fresh board. Raises `Refused` with the line that failed and the screen."""
    from app.refusals import Refused
    from app.training.scripts.document import read

    try:
        playing.play_through(read(path), None, size)
    except Refused as refusal:
        window, played = "{}x{}".format(*shutil.get_terminal_size()), "{}x{}".format(*size)
        other = f" Nagespeeld in {played}; uw venster is {window}, en zo speelt u het met --size {window}."
        why = f"{path} staat er, maar speelt niet helemaal af.{other if window != played else ''}"
        raise Refused(f"{why}\n\n{refusal.sentence}") from refusal
    tell("Nagespeeld op een nieuw oefenbestuur: elke regel lukt.")


def _recorded(
    script: Script, path: Path, fields: Mapping[str, str], here: Session | None, theme: str
) -> tuple[Recording, str, Draft]:
    """Record in this terminal; returns what was recorded, the text of its file, and where that is kept meanwhile. However
    it ends, it is kept there. Raises `Refused` if that cannot be written.
    """
    from app import clock
    from app.refusals import Refused
    from app.training.scripts.recorded import Recording
    from screens.recording.draft import Draft
    from screens.recording.program import RecordingApp

    with playing.board_for(script, here, theme) as (settings, board):
        begun = clock.school_now(board)
        recording, start = Recording(), f"{clock.dutch_date(begun.date())} {begun:%H:%M}"

        def text() -> str:
            return recording.of_demo({**fields, "start": start})

        app = playing.make_app(script, settings, board, RecordingApp)
        assert isinstance(app, RecordingApp)
        app.recording, app.draft = recording, (draft := Draft(path, text))
        for other in draft.others:
            tell(f"Hier staat ook {other}, van een opname die afbrak of nog bezig is. Spelen: esis play {other}")
        try:
            app.run()
        except BaseException:
            with suppress(OSError, Refused):  # the terminal is closed, the disk is full
                draft.keep() if recording.parts else draft.remove()
                if recording.parts:
                    tell(f"De opname is afgebroken. Wat u opnam, staat in {draft.path}.")
            raise
        return recording, text(), draft
