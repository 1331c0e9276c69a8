"""Real sound devices on a real sound server: one test at a time."""

from tests.e2e.conftest import no_screen

__all__ = ["no_screen"]
