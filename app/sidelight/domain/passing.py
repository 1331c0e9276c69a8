"""What passes by: told while it is so, never stored and never logged."""

from __future__ import annotations

from sidelight.domain.moments import MomentArmed
from sidelight.domain.transcript import EchoHeard, Partial, VoicesHeard

Passing = Partial | EchoHeard | VoicesHeard | MomentArmed
"""What comes of sound beside events."""
