"""Installs the toy, as a pytest plugin: the program finds it in this folder, beside its own partners."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from app import partner_files

HERE = Path(__file__).parent
ROOMS = {
    "app.partners": "app",
    "app.commands.partners": "commands",
    "app.training.partners": "training",
    "models.partners": "models",
    "screens.partners": "screens",
}

for package, folder in ROOMS.items():
    import_module(package).__path__.append(str(HERE / folder))
partner_files.FOLDERS.append(HERE / "fixtures")
