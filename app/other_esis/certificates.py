"""The certificates with which a client reaches an https address."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from app.files.reasons import reason
from app.files.regular import Unreadable, opened
from app.refusals import Refused

LARGEST = 10 << 20
"""Bytes of a file."""


@dataclass(frozen=True)
class Certificates:
    """Files in PEM for https: the authority to trust, and the client's certificate with its key; each may be None."""

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def context(self, with_client: bool = True) -> ssl.SSLContext:
        """For a connection. Raises `Refused` for files that are none."""
        try:
            for path in (self.authority, self.certificate, self.key):
                if path is not None:
                    opened(path, LARGEST).close()  # the library would wait for a FIFO
            made = ssl.create_default_context(cafile=self.authority)
            if self.certificate is not None and with_client:
                made.load_cert_chain(self.certificate, self.key, _password)
        except ssl.SSLError:
            raise Refused(
                "Een bestand met een certificaat of sleutel is geen PEM, of ze horen niet bij elkaar."
            ) from None
        except Unreadable as refusal:
            raise Refused(f"Een bestand met een certificaat of sleutel is niet te lezen: {refusal.why}.") from None
        except OSError as error:
            raise Refused(f"Een bestand met een certificaat of sleutel is niet te lezen: {reason(error)}.") from None
        return made


NO_FILES = Certificates()
"""What the machine trusts by itself, and no certificate of the client."""


def _password() -> str:
    """Otherwise OpenSSL asks for it in the terminal, where nobody may be."""
    raise Refused("De sleutel bij het certificaat heeft een wachtwoord. Geef een sleutel zonder wachtwoord.")
