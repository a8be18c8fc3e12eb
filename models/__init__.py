"""Peewee models and their constraints; nothing here reads the clock."""
