"""Certificates for https: an authority of this user's own, and what it has signed, for the service and for suppliers.

They are made once, in a private folder, and reused until they have almost expired. A supplier's certificate carries its
klantcode as the common name, which is how the service knows whose it is; it counts on every board.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from app import clock
from app.files import own
from app.files.reasons import reason
from app.platform_parts import lock
from app.refusals import Refused

if TYPE_CHECKING:
    from cryptography import x509

LASTS = timedelta(days=365)
EARLY = timedelta(days=30)
"""A certificate is renewed when it lasts no longer than this."""
LARGEST = 100_000
"""Bytes; a larger file is not one of ours."""
HERE = ("localhost", "127.0.0.1", "::1")
_ORGANISATION = "ESIS-oefenomgeving"
_CLIENT = "leverancier.invalid"
"""A name that is never somebody's: some programs refuse a certificate without one."""
_PLAIN = re.compile("[a-z0-9-]{1,64}")


@dataclass(frozen=True)
class Pair:
    """The files of a certificate and of its key, in PEM."""

    certificate: Path
    key: Path


def folder_here() -> Path:
    """The folder of certificates, in the user's data folder."""
    return platformdirs.user_data_path("esis") / "certificaten"


class Authority:
    """Makes certificates in a folder. Every method raises `Refused` when that cannot be written."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or folder_here()

    @property
    def file(self) -> Path:
        """The certificate of the authority itself, which clients must trust."""
        return self._folder / "autoriteit.pem"

    def of_service(self, names: Sequence[str] = HERE) -> Pair:
        """For a server that is called by these host names and addresses."""
        with self._alone() as made:
            return made.pair("dienst", tuple(names), "ESIS-webservice", clock.wall_now() + LASTS)

    def of_supplier(self, code: str) -> Pair:
        """For the supplier with this klantcode."""
        with self._alone() as made:
            return made.pair(f"leverancier-{_file_name(code)}", (_CLIENT,), code, clock.wall_now() + LASTS)

    def expired(self, names: Sequence[str] = HERE) -> Pair:
        """Of a server too, but no longer valid since yesterday: a disturbance."""
        with self._alone() as made:
            return made.pair(
                "verlopen", tuple(names), "ESIS-webservice", clock.wall_now() - timedelta(days=1), old=True
            )

    @contextmanager
    def _alone(self) -> Iterator[_Maker]:
        """With the folder to ourselves: programs that start together make one authority."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.chmod(self._folder, 0o700)
            number = own.opened(self._folder / "slot", os.O_RDWR)
            try:
                lock(number)
                yield _Maker(self._folder)
            finally:
                os.close(number)
        except OSError as error:
            raise Refused(
                f"De certificaten in {self._folder} zijn niet te maken of te lezen: {reason(error)}"
            ) from error


class _Maker:
    def __init__(self, folder: Path) -> None:
        import trustme

        self._folder = folder
        kept = self._read(self._files("autoriteit"))
        if kept is not None and kept[0].not_valid_after_utc > clock.wall_now() + LASTS:
            self._authority = trustme.CA.from_pem(kept[1], kept[2])
            self._certificate = kept[0]
            return
        self._authority = trustme.CA(
            organization_name=_ORGANISATION, organization_unit_name="Autoriteit van deze gebruiker"
        )
        self._write(
            self._files("autoriteit"), self._authority.cert_pem.bytes(), self._authority.private_key_pem.bytes()
        )
        self._certificate = _loaded(self._authority.cert_pem.bytes())

    def pair(self, name: str, names: tuple[str, ...], common: str, until: datetime, old: bool = False) -> Pair:
        files = self._files(name)
        kept = self._read(files)
        if kept is not None and self._is_right(kept[0], names, common) and (old or _lasts(kept[0])):
            return files
        made = self._authority.issue_cert(
            *names,
            common_name=common,
            organization_name=_ORGANISATION,
            organization_unit_name="Alleen om mee te oefenen",
            not_before=until - LASTS - timedelta(days=1),
            not_after=until,
        )
        self._write(files, b"".join(one.bytes() for one in made.cert_chain_pems), made.private_key_pem.bytes())
        return files

    def _files(self, name: str) -> Pair:
        return Pair(self._folder / f"{name}.pem", self._folder / f"{name}-sleutel.pem")

    @staticmethod
    def _read(files: Pair) -> tuple[x509.Certificate, bytes, bytes] | None:
        """What was kept: the certificate, and both files. None if it is not there, damaged, or only half written."""
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            whole, key = (_bytes(path) for path in (files.certificate, files.key))
            certificate = _loaded(whole)
            if load_pem_private_key(key, None).public_key() == certificate.public_key():
                return certificate, whole, key
        except (FileNotFoundError, ValueError, TypeError):
            pass
        return None

    @staticmethod
    def _write(files: Pair, certificate: bytes, key: bytes) -> None:
        for path, content in ((files.key, key), (files.certificate, certificate)):
            with os.fdopen(own.opened(path, os.O_WRONLY | os.O_TRUNC), "wb") as file:
                os.chmod(path, 0o600)
                file.write(content)

    def _is_right(self, certificate: x509.Certificate, names: tuple[str, ...], common: str) -> bool:
        from cryptography.exceptions import InvalidSignature

        with suppress(InvalidSignature, ValueError, TypeError):
            certificate.verify_directly_issued_by(self._certificate)
            return _common_name(certificate) == common and _names(certificate) >= set(names)
        return False


def owner_of(peer: Any) -> str:
    """The klantcode in a client's certificate, as `SSLSocket.getpeercert` gives it; empty without one."""
    for part in (peer or {}).get("subject", ()):
        for name, value in part:
            if name == "commonName":
                return str(value)
    return ""


def names_of(host: str, own_addresses: Sequence[str]) -> list[str]:
    """The names by which a server on this host is called: this machine's own, as far as a certificate can have them."""
    found = dict.fromkeys((*HERE, host, *own_addresses, socket.gethostname().lower()))
    return [one for one in found if re.fullmatch(r"(?=.{1,63}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+", one)]


def _file_name(code: str) -> str:
    """A name for a file; other codes have other ones, whatever letters they have."""
    if _PLAIN.fullmatch(code):
        return code
    return f"{re.sub('[^a-z0-9]+', '-', code.lower())[:32]}-{hashlib.sha256(code.encode()).hexdigest()[:12]}"


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)


def _loaded(whole: bytes) -> x509.Certificate:
    from cryptography import x509

    return x509.load_pem_x509_certificate(whole)


def _lasts(certificate: x509.Certificate) -> bool:
    return certificate.not_valid_after_utc > clock.wall_now() + EARLY


def _common_name(certificate: x509.Certificate) -> str:
    from cryptography.x509.oid import NameOID

    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def _names(certificate: x509.Certificate) -> set[str]:
    from cryptography.x509 import DNSName, IPAddress, SubjectAlternativeName

    held = certificate.extensions.get_extension_for_class(SubjectAlternativeName).value
    return {*held.get_values_for_type(DNSName), *map(str, held.get_values_for_type(IPAddress))}
