"""The systems at the other end, one module each; they know ESIS only through the web service."""
