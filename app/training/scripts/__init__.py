"""Draaiboeken: a single Markdown file is a demo, a lesson, a test of the screens and a manual (docs/draaiboeken.md)."""
