"""The partner systems, one package each; they know ESIS only through the web service."""
