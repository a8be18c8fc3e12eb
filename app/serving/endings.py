"""Why a page stopped, in the page's words; what is lost by that, the page itself knows (`static/terminal.html`)."""

from __future__ import annotations

from app.counted import counted

STOPPED = "U bent gestopt."
FAILED = "Er ging iets mis in ESIS, waar het niet na verder kon. Dat ligt niet aan u."
NOT_STARTED = "ESIS kon op de computer waar het draait niet worden geopend. {} Vraag het aan uw trainer."
KILLED = "Het programma achter deze pagina is van buitenaf gestopt."
IDLE = "U deed hier {} niets. Dan maakt ESIS plaats voor anderen."
UNSIGNED = "U meldde zich niet aan. Dan maakt ESIS na {} plaats voor anderen."
FULL = "Alle plaatsen raakten bezet terwijl u zich aanmeldde. Wacht tot iemand stopt, en probeer het dan opnieuw."
REMOVED = "Het bestuur van deze pagina is verwijderd. Vraag uw trainer waar u verdergaat."
SERVER = "ESIS is gestopt op de computer waar het draait. Vraag aan uw trainer wanneer het er weer is."
STRANGE = "Deze pagina stuurde iets wat ESIS niet kent."
SOON = "Over {} stopt deze sessie, want u doet hier niets. Druk op een toets om door te gaan."


def by_status(status: int) -> str:
    """The meaning of an exit status of the program behind a page."""
    if status == 0:
        return STOPPED
    return KILLED if status < 0 or status > 128 else FAILED


def in_words(seconds: float) -> str:
    """As in "90 minuten"; below a minute in seconds."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return counted(max(1, round(seconds)), "seconde", "seconden")
    return counted(minutes, "minuut", "minuten")
