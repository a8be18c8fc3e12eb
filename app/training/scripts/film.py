"""A film of pictures, each shown for so many seconds, as MP4 or GIF: ffmpeg makes it, where that is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.refusals import Refused

PROGRAM = "ffmpeg"
EVEN = "pad=ceil(iw/2)*2:ceil(ih/2)*2"
"""H.264 asks for an even number of pixels."""
WAYS = {
    ".mp4": ("-vf", f"fps=10,{EVEN}", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "+faststart"),
    ".gif": (
        *("-vf", "split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle"),
        *("-fps_mode", "vfr", "-loop", "0"),
    ),
}
"""What ffmpeg is asked, by the extension of the file."""


@dataclass(frozen=True)
class Picture:
    """A picture of the film."""

    path: Path
    seconds: float


def find_encoder() -> str:
    """Where ffmpeg is. Raises `Refused` with how it is installed."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise Refused(
            "Voor een film is het programma ffmpeg nodig, en dat staat niet op deze computer. Installeer het (Linux: apt "
            "install ffmpeg, macOS: brew install ffmpeg, Windows: winget install ffmpeg), of neem op als .cast: daar is "
            "niets voor nodig."
        )
    return found


def encode(encoder: str, pictures: Sequence[Picture], out: Path, title: str) -> None:
    """Make the film. The list of pictures is written beside the first one. Raises `Refused` with what ffmpeg said."""
    listed = pictures[0].path.with_name("beelden.txt")
    lines = [line for one in pictures for line in (f"file '{one.path.name}'", f"duration {one.seconds:.3f}")]
    listed.write_text("\n".join([*lines, f"file '{pictures[-1].path.name}'", ""]), encoding="utf-8")
    given = ["-f", "concat", "-safe", "0", "-i", str(listed), *WAYS[out.suffix.lower()], "-metadata", f"title={title}"]
    command = [encoder, "-y", "-loglevel", "error", "-nostdin", *given, str(out)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except OSError as error:
        raise Refused(f"ffmpeg is niet te starten: {error.strerror}.") from error
    if done.returncode:
        told = done.stderr.strip().splitlines()[-1:] or ["zonder te zeggen waarom"]
        raise Refused(f"ffmpeg kon de film niet maken: {told[0]}")
