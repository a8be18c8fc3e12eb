"""Jaarovergang: the wizard that shows where everybody goes, before anything happens."""
