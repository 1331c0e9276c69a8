"""Which languages partnering is noticed in: what the detector was trained on."""

from __future__ import annotations

from typing import Final

LANGUAGE: Final = "en"
"""ISO 639. Training talk in another language is a matter of ``models/partnering``."""


def is_understood(language: str) -> bool:
    """Whether what partnering is can be noticed in it.

    Args:
        language: ISO 639 code; ``""``: not decided yet, so nothing speaks against it.
    """
    return language in ("", LANGUAGE)
