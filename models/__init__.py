"""Peewee models and the constraints on them; never asks the time."""
