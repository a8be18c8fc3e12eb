"""ESIS in a browser: a small server that gives every page a program of its own, behind a guard.

Textual's web driver and the browser's side of `textual-serve` (its script and style sheet) do the drawing. Its server is
not used: it starts programs through a shell, lets any web page in the browser connect, and loads a font from another host.
"""
