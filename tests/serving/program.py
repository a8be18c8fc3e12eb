"""A cheap program behind a page: speaks the packets of the web driver, and does what is typed.

`echo X` draws X; `size` draws the size; `where` draws the visitor's address; `length` the amount typed; `in X` and
`out` report that somebody signed in, with X at stake, and out; `keys` that the screen has two keys; `other` sends what no
page should receive; `stuck` stops listening; `end N` ends at once with status N, `fail X` prints X first.
"""

from __future__ import annotations

import json
import os
import sys
import time


def draw(text: str, kind: bytes = b"D") -> None:
    """One packet."""
    data = text.encode()
    sys.stdout.buffer.write(kind + len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()


def tell(**told: object) -> None:
    """One packet about the program itself."""
    draw(json.dumps({"type": "esis", "signed_in": False, "at_stake": "", "failed": "", **told}), b"M")


def main() -> None:
    """Run until told to quit, or until the page is gone."""
    size = f"{os.environ['COLUMNS']}x{os.environ['ROWS']}"
    sys.stdout.buffer.write(b"__GANGLION__\n")
    draw(f"welkom op {sys.argv[1]}")
    while header := sys.stdin.buffer.read(5):
        text = sys.stdin.buffer.read(int.from_bytes(header[1:], "big")).decode()
        if header[:1] == b"M":
            meta = json.loads(text)
            if meta["type"] == "quit":
                return
            if meta["type"] == "resize":
                size = f"{meta['width']}x{meta['height']}"
        else:
            size = done(text, size)


def done(text: str, size: str) -> str:
    """Do what was typed; the size from now on."""
    word, _, more = text.partition(" ")
    if word == "end":
        os._exit(int(more))
    elif word == "fail":
        tell(failed=more)
        os._exit(3)
    elif word == "in":
        tell(signed_in=True, at_stake=more)
    elif word == "keys":
        tell(signed_in=True, keys=[["\x13", "Gereed"], ["n", "Nieuw"], ["onzin"]])
    elif word == "out":
        tell()
    elif word == "other":
        for other in ('{"type": "open_url", "url": "http://kwaad.example"}', '{"type": "esis"}', "[", "[" * 5000):
            draw(other, b"M")
        draw("P", b"P")
        draw("anders")
    elif word == "stuck":
        draw("vast")
        time.sleep(600)
    else:
        answers = {"where": os.environ["ESIS_VISITOR"], "size": size}
        draw(answers.get(text, str(len(text)) if word == "length" else text.removeprefix("echo ")))
    return size


if __name__ == "__main__":
    main()
