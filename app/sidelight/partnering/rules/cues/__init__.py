"""Every cue of the rules, by the kinds they speak of."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.rules.cues import (
    direction,
    indicators,
    on_track,
    partnering,
    qualities,
    shades,
    support,
)

CUES: Final = (
    support.CUES
    + direction.CUES
    + on_track.CUES
    + partnering.CUES
    + indicators.CUES
    + qualities.CUES
    + shades.CUES
)
"""All of them; a new cue joins the tuple of its file."""
