"""From where on speech is too quiet; apart, for the meter that needs no arithmetic."""

from __future__ import annotations

from typing import Final

TOO_QUIET_DBFS: Final = -45.0
"""Speech whose loudest part is below this is hard to tell from a room's noise. Programs
like this one ignore what is below -52 to -40 dBFS; chosen between, not measured."""
