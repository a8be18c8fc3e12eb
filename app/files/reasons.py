"""Why the system refuses a file operation, in the user's words: never the system's own message."""

from __future__ import annotations

import errno
from socket import gaierror

_REASONS = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "uw ruimte op de schijf is op",
    errno.EFBIG: "het bestand wordt te groot",
    errno.EROFS: "op die schijf kan niet worden geschreven",
    errno.EACCES: "bij dat bestand of die map mag u niet",
    errno.EPERM: "bij dat bestand of die map mag u niet",
    errno.ENAMETOOLONG: "de naam van het bestand is te lang",
    errno.ENOENT: "dat bestand of die map is er niet",
    errno.ENOTDIR: "in dat pad staat een bestand waar een map moet staan",
    errno.EEXIST: "daar staat al iets met die naam",
    errno.EISDIR: "dat is een map en geen bestand",
    errno.ELOOP: "dat pad verwijst naar zichzelf",
    errno.ENXIO: "dat is geen gewoon bestand",
    errno.EIO: "de schijf werkt niet goed",
    errno.EMFILE: "het programma heeft te veel bestanden open",
}


_LISTENING = {
    errno.EADDRINUSE: "een ander programma luistert daar al",
    errno.EADDRNOTAVAIL: "dat adres is niet van deze machine",
    errno.EACCES: "een poort onder 1024 is voor de beheerder",
    errno.EPERM: "een poort onder 1024 is voor de beheerder",
    errno.EMFILE: "het programma heeft te veel bestanden open",
}


def not_listening(error: OSError) -> str:
    """Why a port cannot be listened on, as the end of a sentence without its full stop."""
    if isinstance(error, gaierror):
        return "dat adres bestaat niet"
    return _LISTENING.get(error.errno or 0, f"het systeem weigert het (fout {error.errno})")


def reason(error: OSError | ValueError) -> str:
    """The reason, as the end of a sentence without its full stop; a `ValueError` comes from a path with NUL in it."""
    if isinstance(error, ValueError):
        return "in dat pad staat een teken dat daar niet kan"
    return _REASONS.get(error.errno or 0, f"het systeem weigert het (fout {error.errno})")


def known(error: OSError) -> str:
    """The same as a full sentence; empty for errors without words here."""
    found = _REASONS.get(error.errno or 0, "")
    return f"{found[0].upper()}{found[1:]}." if found else ""
