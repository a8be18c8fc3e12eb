"""Draaiboeken: one Markdown file that is a demo, a lesson, a test of the screens and a manual (docs/draaiboeken.md)."""
