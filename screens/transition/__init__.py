"""Jaarovergang: the wizard that shows where everyone goes before anything happens."""
