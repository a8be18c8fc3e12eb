"""Database errors in the user's terms, never in the database's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class _Kind:
    """A kind of error, and how it is recognised."""

    words: str
    codes: tuple[str, ...]
    """SQLite's name of the error, and PostgreSQL's SQLSTATE, or the start of either."""
    said: tuple[str, ...] = ()
    """Text that identifies an error without a code, as when no connection can be made."""


BUSY = "Een ander programma houdt de database bezet."
DAMAGED = "De database is beschadigd. Ga verder met een kopie ervan: esis --database sqlite:///KOPIE"
_KINDS = (
    _Kind(BUSY, ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01"), ("is locked", "lock timeout")),
    _Kind(
        "De schijf is vol. Wat er al stond, is gebleven. Maak ruimte vrij en probeer het opnieuw.",
        ("SQLITE_FULL", "53100"),
        ("disk is full", "no space left"),
    ),
    _Kind(
        "De schijf met de database is niet te lezen of te beschrijven. Misschien is uw ruimte daarop op.",
        ("SQLITE_IOERR", "58030"),
        ("disk i/o error",),
    ),
    _Kind(
        "In de database kan niet worden geschreven.", ("SQLITE_READONLY", "25006"), ("readonly database", "read-only")
    ),
    _Kind(DAMAGED, ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002"), ("malformed", "not a database")),
    _Kind("Het bestand van de database is niet te openen.", ("SQLITE_CANTOPEN", "SQLITE_PERM"), ("unable to open",)),
    _Kind(
        "De databaseserver laat u niet toe: de gebruiker of het wachtwoord in het adres klopt niet.",
        ("28",),
        ("password authentication failed", "no password supplied", "role "),
    ),
    _Kind("Op de databaseserver is geen database met die naam.", ("3D000",), ("does not exist",)),
    _Kind("Uw gebruiker mag dat niet in de database.", ("42501",), ("permission denied",)),
    _Kind("De databaseserver heeft al te veel verbindingen.", ("53300",), ("too many",)),
    _Kind(
        "De database is niet bereikbaar.",
        ("08", "57P"),
        ("connection", "server closed", "could not connect", "terminating"),
    ),
)


def known(error: BaseException) -> str:
    """The reason for an error of peewee or a driver, as a sentence; empty if it has none here."""
    driver = getattr(error, "orig", None) or error  # peewee wraps the driver's error
    code = getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None) or ""
    if code:
        return next((kind.words for kind in _KINDS if code.startswith(kind.codes)), "")
    said = str(error).lower()
    return next((kind.words for kind in _KINDS if any(part in said for part in kind.said)), "")
