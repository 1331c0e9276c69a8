"""Where the files that come with the program lie: in a checkout, and when frozen.

Source: PyInstaller's documented ``sys._MEIPASS`` for one-dir builds.
"""

from __future__ import annotations

import sys
from pathlib import Path


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    return Path(__file__).resolve().parents[2]


def assets() -> Path:
    """Fonts, icons, styles, translations, the demo session."""
    return _root() / "assets"


def fonts() -> Path:
    """The bundled fonts."""
    return assets() / "fonts"


def translations() -> list[Path]:
    """What the windows say in other languages, a file for each, by its code."""
    return sorted((assets() / "translations").glob("*.po"))


def documents() -> Path:
    """How exported documents are set."""
    return assets() / "documents"


def models() -> Path:
    """The models that come with the program, and the catalogue of those that can."""
    return _root() / "models"


def demo_session() -> Path:
    """The bundled demo session: sound and truth."""
    return assets() / "demo"


def demo_model() -> Path:
    """The bundled speech model; it understands the demo's voices and nobody else."""
    return models() / "demo-speech"


def partnering_model() -> Path:
    """The model that notices partnering."""
    return models() / "partnering" / "weights"
