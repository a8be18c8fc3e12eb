"""The certificates with which a client reaches an https address."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from app.files.reasons import reason
from app.refusals import Refused


@dataclass(frozen=True)
class Certificates:
    """Files in PEM for https: the authority to trust, and the client's certificate with its key; each may be None."""

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def context(self, with_client: bool = True) -> ssl.SSLContext:
        """For a connection. Raises `Refused` for files that are none."""
        try:
            made = ssl.create_default_context(cafile=self.authority)
            if self.certificate is not None and with_client:
                made.load_cert_chain(self.certificate, self.key)
        except ssl.SSLError:
            raise Refused(
                "Een bestand met een certificaat of sleutel is geen PEM, of ze horen niet bij elkaar."
            ) from None
        except OSError as error:
            raise Refused(f"Een bestand met een certificaat of sleutel is niet te lezen: {reason(error)}.") from None
        return made


NO_FILES = Certificates()
"""What the machine trusts by itself, and no certificate of the client."""
