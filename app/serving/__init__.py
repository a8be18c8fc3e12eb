"""ESIS in a browser: a small server that runs a separate program for each page, behind a guard.

Textual's web driver and the browser side of `textual-serve` (its script and style sheet) do the drawing. Its server is
not used: it starts programs through a shell, accepts connections from any web page, and loads a font from another host.
"""
