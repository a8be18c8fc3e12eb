"""The page of a trace: one file that asks nothing of anywhere, and opens from a disk or an artefact of a CI run.

Screens are rows and styles, each kept once; the script of the page draws them. The letters are those of the pictures
(Fira Code), packed. A policy in the page itself forbids every request.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from dataclasses import asdict
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from app.counted import counted
from app.training.lone_page import allowed, static
from app.training.tracing.trace import Act, Trace

MARK = 'name="generator" content="esis play --trace"'
"""Marks a page of a trace, which may be overwritten."""
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"
_HERE = Path(__file__).parent


def page(trace: Trace) -> str:
    """The whole page, as HTML."""
    style, script = static(_HERE, "trace.css"), static(_HERE, "trace.js")
    return Template(static(_HERE, "trace.html")).substitute(
        mark=MARK,
        policy=f"{_POLICY}; style-src {allowed(style)}; script-src {allowed(script)}",
        title=escape(f"Verloop van {trace.script.title}"),
        file=escape(trace.script.path.name),
        outcome=escape(_outcome(trace)),
        state="wrong" if any(act.wrong for act in trace.acts) else "right",
        style=style,
        script=script,
        data=json.dumps(_data(trace), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        letters=_letters(),
    )


def _data(trace: Trace) -> dict[str, object]:
    """What the script of the page reads; its own names (`static/trace.js`)."""
    steps = {step.number: step.title for step in trace.script.steps}
    return {
        "lines": trace.lines,
        "steps": steps,
        "acts": [_act(act) for act in trace.acts],
        **trace.screens.as_data(),
    }


def _act(act: Act) -> dict[str, object]:
    return asdict(act) | {"begun": round(act.begun, 3), "seconds": round(act.seconds, 3)}


def _outcome(trace: Trace) -> str:
    wrong = [act.line for act in trace.acts if act.wrong]
    told = counted(len(trace.acts), "regel", "regels")
    return f"× Mislukt in regel {', '.join(map(str, dict.fromkeys(wrong)))}" if wrong else f"✓ Gelukt, {told}"


@cache
def _letters() -> str:
    """The font, packed and as text."""
    import fontpkg_fira_code  # type: ignore[import-untyped]

    (file,) = sorted((fontpkg_fira_code.ROOT / "files").glob("*.ttf"))
    return b64encode(gzip.compress(file.read_bytes(), mtime=0)).decode()
