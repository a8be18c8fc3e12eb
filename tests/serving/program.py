"""A program behind a page that costs no time: speaks the packets of the web driver, and does what is typed.

`echo X` draws X; `size` draws the size; `where` draws where the visitor is;
`stuck` no longer listens to anything; `gone` ends at once.
"""

from __future__ import annotations

import json
import os
import sys
import time


def draw(text: str) -> None:
    """One packet."""
    data = text.encode()
    sys.stdout.buffer.write(b"D" + len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()


def main() -> None:
    """Until it is told to quit, or there is nobody any more."""
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
        elif text == "gone":
            os._exit(3)
        elif text == "stuck":
            draw("vast")
            time.sleep(600)
        elif text == "where":
            draw(os.environ["ESIS_VISITOR"])
        else:
            draw(size if text == "size" else text.removeprefix("echo "))


if __name__ == "__main__":
    main()
