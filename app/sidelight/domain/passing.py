"""What passes by: told while it is so, never stored and never logged."""

from __future__ import annotations

from sidelight.domain.moments import MomentArmed
from sidelight.domain.transcript import EchoHeard, Partial

Passing = Partial | EchoHeard | MomentArmed
"""What comes of sound beside events."""
