"""The options with which a command reaches a LAS: addresses, who calls, for which school, and certificates."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.output import tell
from app.refusals import Refused

if TYPE_CHECKING:
    from app.exchange.uwlr import Authorisation, SchoolReference
    from app.other_esis.certificates import Certificates

_MOST = 1 << 20
Url = Annotated[str | None, typer.Option("--url", metavar="ADRES", help="Van de dienst, als https://adres/pad.")]
ResultsUrl = Annotated[
    str | None, typer.Option("--results-url", metavar="ADRES", help="Van de dienst voor resultaten, als die anders is.")
]
From = Annotated[Path | None, typer.Option("--from", metavar="BESTAND", help="De JSON van esis webservice --practice.")]
Code = Annotated[str | None, typer.Option("--klantcode", metavar="CODE", help="Van de leverancier.")]
Name = Annotated[str | None, typer.Option("--klantnaam", metavar="NAAM", help="Van de leverancier.")]
Key = Annotated[
    str | None,
    typer.Option(
        "--autorisatiesleutel",
        metavar="SLEUTEL",
        envvar="ESIS_AUTORISATIESLEUTEL",
        show_envvar=False,
        help="Of in ESIS_AUTORISATIESLEUTEL: dan staat hij niet in de lijst van programma's.",
    ),
]
Brin = Annotated[str | None, typer.Option("--brincode", metavar="BRIN", help="Van de school, als 99QQ.")]
Place = Annotated[str | None, typer.Option("--dependancecode", metavar="NR", help="Van de vestiging, als 00.")]
Year = Annotated[str | None, typer.Option("--schooljaar", metavar="JAAR", help="Als 2019-2020.")]
Authority = Annotated[Path | None, typer.Option("--ca", metavar="PEM", help="De instantie die vertrouwd wordt.")]
Certificate = Annotated[Path | None, typer.Option("--cert", metavar="PEM", help="Het certificaat van de leverancier.")]
CertificateKey = Annotated[Path | None, typer.Option("--cert-key", metavar="PEM", help="De sleutel van --cert.")]


@dataclass(frozen=True)
class Access:
    """Where a LAS is and how one comes in; `authorisation` is None where nothing of it was given."""

    pupils: str
    results: str
    authorisation: Authorisation | None
    school: SchoolReference
    certificates: Certificates
    key: str = ""
    """The autorisatiesleutel by itself."""

    @property
    def is_near(self) -> bool:
        """Whether nothing leaves this machine."""
        return _is_near(self.pupils)

    def who(self) -> Authorisation:
        """Who calls. Raises wrong usage where it was not given."""
        if self.authorisation is None:
            raise typer.BadParameter("geef --from, of --klantcode, --klantnaam en --autorisatiesleutel")
        return self.authorisation

    def where(self) -> SchoolReference:
        """The school. Raises wrong usage where it was not given."""
        if not self.school.brin:
            raise typer.BadParameter("geef --from, of --brincode en --schooljaar")
        return self.school


def access(
    source: Path | None,
    url: str | None,
    results_url: str | None,
    who: tuple[str | None, str | None, str | None],
    where: tuple[str | None, str | None, str | None],
    certificates: tuple[Path | None, Path | None, Path | None],
    key_only: bool = False,
) -> Access:
    """What the options say, over what the file says; `who`: klantcode, klantnaam, key; `where`: BRIN, location, year.

    `key_only`: who calls stands in the message itself, so that the key may come alone.

    Raises wrong usage, or `Refused` for a file that is not one.
    """
    from app.exchange.names import can_be_kept
    from app.exchange.uwlr import Authorisation, SchoolReference
    from app.other_esis.certificates import Certificates
    from app.other_esis.client import checked_url

    told = told_in(source) if source is not None else {}

    def said(given: Any, name: str) -> str:
        return str(given) if given is not None else told.get(name, "")

    pupils = said(url, "pupils")
    results = said(results_url if results_url is not None or url is None else url, "results")
    if not pupils:
        raise typer.BadParameter("geef --url, of --from met de JSON van esis webservice --practice")
    key = said(who[2], "autorisatiesleutel")
    code, name = said(who[0], "klantcode"), said(who[1], "klantnaam")
    if not key_only and any((key, code, name)) and not all((key, code, name)):
        raise typer.BadParameter("klantcode, klantnaam en autorisatiesleutel horen bij elkaar: geef ze alle drie")
    place = [said(given, name) for given, name in zip(where, ("brincode", "dependancecode", "schooljaar"), strict=True)]
    if not all(map(can_be_kept, (pupils, results, key, code, name, *place))):
        raise typer.BadParameter("er staat een teken in dat niet kan: gebruik UTF-8")
    files = [
        Path(text) if (text := said(given, label)) else None
        for given, label in zip(certificates, ("ca", "client_cert", "client_key"), strict=True)
    ]
    checked_url(pupils)
    warn(pupils)
    return Access(
        pupils,
        checked_url(results or pupils),
        Authorisation(key, code, name) if key and code else None,
        SchoolReference(place[0], place[1] or "00", place[2]),
        Certificates(*files),
        key,
    )


def told_in(source: Path) -> dict[str, str]:
    """What the JSON of `esis webservice --practice` says. Raises `Refused` for another file."""
    from app.files.regular import opened

    with opened(source, _MOST) as file:
        try:
            found = json.loads(file.read(_MOST))
        except ValueError:
            found = None
    if not isinstance(found, dict):
        raise Refused(f"'{source}' is niet de JSON van esis webservice --practice.")
    return {str(name): str(value) for name, value in found.items()}


def _is_near(url: str) -> bool:
    from urllib.parse import urlsplit

    from app.serving.guard import is_loopback

    return is_loopback(urlsplit(url).hostname or "")


def warn(url: str) -> None:
    """Say that others can read along, where they can."""
    if url.lower().startswith("http:") and not _is_near(url):
        tell("Let op: over http is op het netwerk te lezen wat er heen en weer gaat, de sleutel ook. Gebruik https.")
