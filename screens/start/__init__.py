"""Startpagina: sign-in, the menu sheets, what needs attention and school messages."""
