"""Upgrading databases of earlier versions."""
