"""When the machine is too slow for partials, and when it is fast enough again.

Lag is the wall-clock age of the oldest sound that was not heard yet. A coach waits for
the sidebar two seconds at most, so above that everything but finals has to go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.directives import PartialsOff, PartialsOn

if TYPE_CHECKING:
    from sidelight.domain.directives import Directive
    from sidelight.domain.timeline import Millis


@dataclass(frozen=True, slots=True)
class LagLimits:
    """Seconds of lag at which something changes.

    Attributes:
        behind_s: Above this the recogniser is behind: partials stop.
        caught_up_s: Below this it has caught up …
        calm_s: … and after as long as this they come back.
    """

    behind_s: float = 2.0
    caught_up_s: float = 0.5
    calm_s: float = 10.0


class Adapter:
    """Turns measured lag into directives. No clock of its own."""

    def __init__(self, limits: LagLimits) -> None:
        self._limits = limits
        self._calm_since: float | None = None
        self.partials = True

    def restart(self) -> None:
        """A new worker begins with partials on."""
        self.partials = True
        self._calm_since = None

    def decide(self, lag_s: float, now: float, at: Millis) -> Directive | None:
        """What to tell the pipeline, if anything.

        Args:
            lag_s: Wall-clock age of the oldest sound it has not heard.
            now: Steady clock, seconds.
            at: Its position.
        """
        if lag_s > self._limits.behind_s:
            self._calm_since = None
            if self.partials:
                self.partials = False
                return PartialsOff(at)
            return None
        if self.partials:
            return None
        if lag_s > self._limits.caught_up_s:
            self._calm_since = None
        elif self._calm_since is None:
            self._calm_since = now
        elif now - self._calm_since >= self._limits.calm_s:
            self.partials = True
            return PartialsOn(at)
        return None
