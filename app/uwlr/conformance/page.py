"""A run as one page of HTML that asks nothing of anywhere: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from html import escape

from app.uwlr.conformance.model import LEVELS, VERDICTS, Result
from app.uwlr.conformance.running import Run

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8886; }
th { position: sticky; top: 0; background: Canvas; }
.passed { color: #1a7f37; } .failed { color: #c62828; font-weight: 600; } .skipped { color: #777; }
@media (prefers-color-scheme: dark) { .passed { color: #57c878; } .failed { color: #ff8a80; } .skipped { color: #aaa; } }
code { white-space: nowrap; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(run: Run, title: str) -> bytes:
    """The page, in UTF-8."""
    how = "Alles is zoals verwacht." if run.as_expected else "Niet alles is zoals verwacht."
    counts = ", ".join(f"{len(run.of(verdict))} {word}" for verdict, word in VERDICTS.items())
    mended = "".join(
        f"<li><code>{escape(one.id)}</code> stond bij de verwachte fouten en faalt niet meer.</li>"
        for one in run.mended
    )
    rows = "\n".join(_row(one, one.id in run.expected) for one in run.results)
    return f"""<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{escape(title)}</title><style>{_STYLE}</style></head>
<body><h1>{escape(title)}</h1><p>{escape(run.about)}</p><p><strong>{how}</strong> {len(run.results)} tests: {counts}.</p>
{f"<ul>{mended}</ul>" if mended else ""}
<table><thead><tr><th>Uitkomst</th><th>Test</th><th>Wat</th><th>Verwacht en gezien</th><th>Regels</th></tr></thead><tbody>
{rows}
</tbody></table></body></html>
""".encode()


def _row(one: Result, expected: bool) -> str:
    word = VERDICTS[one.seen.verdict] + (" (verwacht)" if expected else "")
    rules = " ".join(f"<code>{escape(rule)}</code>" for rule in one.rules)
    return (
        f'<tr><td class="{one.seen.verdict}">{word}</td><td><code>{escape(one.id)}</code><br>{LEVELS[one.level]}</td>'
        f"<td>{escape(one.title)}</td><td>{escape(one.expected)}<br>{escape(one.seen.told)}</td><td>{rules}</td></tr>"
    )
