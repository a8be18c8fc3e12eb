"""Leerlingen: the pupils' administration."""
