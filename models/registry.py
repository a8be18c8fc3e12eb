"""Discovers all tables."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import models
from models.base import BaseModel


def all_models() -> list[type[BaseModel]]:
    """Every table of every module in `models`, so that a new one needs no edit here."""
    for module in pkgutil.walk_packages(models.__path__, f"{models.__name__}."):
        importlib.import_module(module.name)
    return sorted(set(_leaves(BaseModel)), key=lambda model: str(model._meta.table_name))


def _leaves(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models without submodels; the others only share fields."""
    below = model.__subclasses__()
    for one in below:
        yield from _leaves(one)
    if not below:
        yield model
