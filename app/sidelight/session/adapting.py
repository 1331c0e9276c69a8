"""When the machine is too slow for what it is asked, and when it is fast enough again.

Lag is the wall-clock age of the oldest sound that was not heard yet. A coach waits for
the sidebar two seconds at most, so above that everything but finals has to go; where
that is not enough, a lighter model; and where even that falls ever further behind,
recognition waits until the session is over. Each step is a stored directive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.directives import (
    PartialsOff,
    PartialsOn,
    TranscribeLater,
    UseModel,
)

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
        lighter_s: Above this, and not getting less, a lighter model takes over.
        later_s: Above this, and not getting less, recognition waits for the end.
        trend_s: Over how long "not getting less" is judged: a restarted worker, or a
            long monologue's final, comes back within seconds.
    """

    behind_s: float = 2.0
    caught_up_s: float = 0.5
    calm_s: float = 10.0
    lighter_s: float = 10.0
    later_s: float = 60.0
    trend_s: float = 15.0


class Adapter:
    """Turns measured lag into directives. No clock of its own.

    Attributes:
        partials: Whether they are on.
        model: The lighter model in use, or ``""``.
        later: Whether recognition waits for the end of the session.
    """

    def __init__(self, limits: LagLimits, lighter: tuple[str, ...] = ()) -> None:
        """Begin with everything on.

        Args:
            limits: When to act.
            lighter: Names of models that cost less than the one in use and than each
                other, in this order.
        """
        self._limits = limits
        self._lighter = list(lighter)
        self._calm_since: float | None = None
        self._judged: tuple[float, float] | None = None
        self.partials = True
        self.model = ""
        self.later = False

    def restart(self, at: Millis) -> list[Directive]:
        """A new worker begins with partials and the usual model.

        Args:
            at: From where on it is fed.

        Returns:
            What it has to be told before any sound, so that all goes on as it was.
        """
        self.partials = True
        self._calm_since = self._judged = None
        return [UseModel(at, self.model)] if self.model else []

    def finish(self) -> None:
        """No more sound comes, so nobody waits: take all the time it needs."""
        self.later = False
        self._lighter.clear()
        self._limits = _no_hurry(self._limits)

    def decide(self, lag_s: float, now: float, at: Millis) -> Directive | None:
        """What to tell the pipeline, if anything.

        Args:
            lag_s: Wall-clock age of the oldest sound it has not heard.
            now: Steady clock, seconds.
            at: Its position.
        """
        if self.later:
            return None
        heavy = self._lighten(lag_s, now, at)
        return heavy or self._switch_partials(lag_s, now, at)

    def _lighten(self, lag_s: float, now: float, at: Millis) -> Directive | None:
        if not self._falls_behind(lag_s, now):
            return None
        if self._lighter:
            self.model = self._lighter.pop(0)
            return UseModel(at, self.model)
        if lag_s > self._limits.later_s:
            self.later = True
            return TranscribeLater(at)
        return None

    def _falls_behind(self, lag_s: float, now: float) -> bool:
        """Whether it is far behind, and was not further behind a while ago."""
        if lag_s <= self._limits.lighter_s:
            self._judged = None
            return False
        if self._judged is None:
            self._judged = (now, lag_s)
            return False
        since, before = self._judged
        if now - since < self._limits.trend_s:
            return False
        self._judged = (now, lag_s)
        return lag_s >= before

    def _switch_partials(
        self, lag_s: float, now: float, at: Millis
    ) -> Directive | None:
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


def _no_hurry(limits: LagLimits) -> LagLimits:
    forever = float("inf")
    return LagLimits(
        limits.behind_s, limits.caught_up_s, limits.calm_s, forever, forever
    )
