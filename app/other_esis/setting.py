"""Which partners of a board talk to another ESIS, and how they are known there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from app.exchange.uwlr import Authorisation
from app.other_esis.certificates import NO_FILES, Certificates
from models.board import Board
from models.webservice import OtherEsis


@dataclass(frozen=True)
class Elsewhere:
    """Another ESIS, as a partner knows it."""

    pupils: str
    """The address of the service that gives pupils, as `http://127.0.0.1:8443/b/.../UWLR/....svc`."""
    results: str
    """That of the one that takes results; it may be the same."""
    client_code: str
    client_name: str
    key: str = field(default="", repr=False)
    """The autorisatiesleutel, only of a partner at which no verification code is typed."""
    certificates: Certificates = NO_FILES

    @property
    def host(self) -> str:
        """Of the service for pupils, as `127.0.0.1:8443`."""
        return urlsplit(self.pupils).netloc.rpartition("@")[2]

    def authorisation(self, code: str = "") -> Authorisation:
        """Who calls, with the verification code that was typed at the partner."""
        return Authorisation(code or self.key, self.client_code, self.client_name)


def of(board_id: int, partner: str) -> Elsewhere | None:
    """The other ESIS that a partner of this board talks to; None: it talks to its own."""
    row: OtherEsis | None = OtherEsis.get_or_none(OtherEsis.board == board_id, OtherEsis.partner == partner)
    return None if row is None else _read(row)


def is_set(board_id: int, partner: str) -> bool:
    """Whether a partner of this board talks to another ESIS."""
    mine = (OtherEsis.board == board_id) & (OtherEsis.partner == partner)
    return bool(OtherEsis.select().where(mine).exists())


def all_of(board_id: int) -> dict[str, Elsewhere]:
    """Those of a board, by partner and in that order."""
    rows = OtherEsis.select().where(OtherEsis.board == board_id).order_by(OtherEsis.partner)
    return {row.partner: _read(row) for row in rows}


def keep(board: Board, partner: str, chosen: Elsewhere) -> None:
    """Set it, in the place of what was set before; call within the transaction of a use case."""
    drop(board, partner)
    files = chosen.certificates
    OtherEsis.create(
        board=board,
        partner=partner,
        pupils=chosen.pupils,
        results=chosen.results,
        client_code=chosen.client_code,
        client_name=chosen.client_name,
        key=chosen.key,
        authority=_text(files.authority),
        certificate=_text(files.certificate),
        certificate_key=_text(files.key),
    )


def drop(board: Board, partner: str) -> bool:
    """Take the setting away; returns whether there was one."""
    return bool(OtherEsis.delete().where(OtherEsis.board == board, OtherEsis.partner == partner).execute())


def with_whole_paths(files: Certificates) -> Certificates:
    """The same files, from wherever the program that reads them is started."""
    return replace(
        files,
        authority=files.authority and files.authority.absolute(),
        certificate=files.certificate and files.certificate.absolute(),
        key=files.key and files.key.absolute(),
    )


def _read(row: OtherEsis) -> Elsewhere:
    files = (Path(text) if text else None for text in (row.authority, row.certificate, row.certificate_key))
    return Elsewhere(row.pupils, row.results, row.client_code, row.client_name, row.key, Certificates(*files))


def _text(path: Path | None) -> str:
    return "" if path is None else str(path)
