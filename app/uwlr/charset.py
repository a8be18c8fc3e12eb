"""A body whose encoding only HTTP tells: `Content-Type: text/xml; charset=iso-8859-1` and no XML declaration."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import IO

from app.uwlr.aside import put_aside

_READ = {"iso8859-1": "cp1252", "cp1252": "cp1252", "iso8859-15": "iso8859-15"}
"""The encodings that are read so; Unicode's own are seen from the bytes."""
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*\sencoding\s*=")
_CHUNK = 1 << 16


def as_declared(body: IO[bytes], charset: str, folder: Path | None = None) -> IO[bytes]:
    """The body, or a copy in UTF-8 if HTTP says another encoding, the XML says none, and it is that; rewound.

    `folder`: for a copy that does not stay in memory. Raises `OSError` when the disk does not take it.
    """
    body.seek(0)
    start = body.read(_CHUNK)
    body.seek(0)
    codec = _READ.get(_name(charset))
    marked = start.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if codec is None or marked or _DECLARED.match(start) or _is_utf8(body):
        return body
    made = put_aside(folder)
    while chunk := body.read(_CHUNK):
        made.write(chunk.decode(codec, "replace").encode())
    made.seek(0)
    return made


def _is_utf8(body: IO[bytes]) -> bool:
    """Whether the bytes are UTF-8 beyond doubt, whatever is said; leaves the body rewound."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := body.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        body.seek(0)
    return True


def _name(charset: str) -> str:
    """The name of Python's codec; empty for an unknown one."""
    try:
        return codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):
        return ""
