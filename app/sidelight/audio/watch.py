"""Is this still the right device, and does it still hear? What to say when not.

A device that is unplugged often keeps its stream "running": the sound system moves the
stream to another source, or the callbacks just stop, or only zeros come. So four things
are watched: deliveries, their content, the source the stream is attached to, and the
end that the sound system may or may not announce.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sidelight.domain.errors import UserError

NO_DELIVERY_S: Final = 1.0
"""Callbacks were never seen more than 32 ms apart under load."""

SILENCE_S: Final = 3.0
"""A microphone in a quiet room has noise; exact zeros this long are no microphone."""

SLOW_START_S: Final = 40.0
"""Bluetooth headsets have taken this long to begin; after it, they will not."""

RETURNED_S: Final = 5.0
"""How long the good news is shown."""

PREFERENCE_TOLD_S: Final = 10.0
"""How long it is shown that the system would choose another: no harm is done by it."""

RATE_OVER_S: Final = 10.0
RATE_ERROR: Final = 0.01
"""A clock is off by 0.0001 at most; a device that runs at another rate than it says,
by a tenth and more."""


class Trouble(StrEnum):
    """What is wrong with a stream, or was; the worst first."""

    GONE = "gone"
    REFUSED = "refused"
    REROUTED = "rerouted"
    NO_SOUND = "no_sound"
    WAITING = "waiting"
    ONLY_ZEROS = "only_zeros"
    WRONG_SPEED = "wrong_speed"
    DEFAULT_CHANGED = "default_changed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class SoundCondition:
    """Something to tell the coach about a device.

    Attributes:
        trouble: What it is.
        message: One sentence.
        remedy: What the coach can do, or that nothing need be done.
        since: Since when, seconds on the capture clock.
    """

    trouble: Trouble
    message: str
    remedy: str
    since: float


class StreamWatch:
    """What has been seen of one stream, folded into what is wrong with it.

    Pure: every observation comes with its time; ``conditions`` says what holds at a
    time. Nothing here opens, closes or chooses a device.

    Args:
        device: Name for people.
        opened: When the stream was opened, seconds on the capture clock.
        rate: Samples a second that the device promises.
        always_sounds: ``True`` for a microphone. What a computer plays may be silent,
            even delivered as nothing at all, for as long as it likes.
        source: What the sound system calls the source the stream should be attached
            to, where that is known.
    """

    def __init__(
        self,
        device: str,
        *,
        opened: float,
        rate: int,
        always_sounds: bool = True,
        source: str | None = None,
    ) -> None:
        self._device = device
        self._always_sounds = always_sounds
        self._source = source
        self._gone: float | None = None
        self._refusal: UserError | None = None
        self._rerouted: tuple[float, str] | None = None
        self._default: tuple[float, str] | None = None
        self._returned: float | None = None
        self._open(opened, rate)

    def _open(self, opened: float, rate: int) -> None:
        self._opened = opened
        self._rate = rate
        self._last: float | None = None
        self._zeros_since: float | None = None
        self._counted_from: float | None = None
        self._counted = 0

    def heard(self, now: float, count: int, *, zeros: bool) -> None:
        """Samples were delivered; ``zeros`` when every one of them is exactly 0."""
        if self._last is None or now - self._last > NO_DELIVERY_S:
            # Speed is measured over unbroken stretches only.
            self._counted_from, self._counted = now, 0
        else:
            self._counted += count
        self._last = now
        if not zeros:
            self._zeros_since = None
        elif self._zeros_since is None:
            self._zeros_since = now

    def ended(self, now: float) -> None:
        """The sound system ended the stream, or the device left its list."""
        if self._gone is None:
            self._gone = now
        self._refusal = None

    def refused(self, now: float, why: UserError) -> None:
        """It is there, but could not be opened again."""
        self.ended(now)
        self._refusal = why

    def attached(self, now: float, source: str) -> None:
        """The sound system says which source the stream is attached to."""
        if self._source is None:
            self._source = source
        if source == self._source:
            self._rerouted = None
        elif self._rerouted is None or self._rerouted[1] != source:
            self._rerouted = (now, source)

    def default_is(self, now: float, device: str) -> None:
        """The system's own choice of device changed, to this name for people."""
        self._default = None if device == self._device else (now, device)

    def reopened(self, now: float, rate: int) -> None:
        """The stream was opened again, on the same device."""
        self._open(now, rate)
        if self._gone is not None:
            self._returned = now
        self._gone = None
        self._refusal = None
        self._rerouted = None

    def conditions(self, now: float) -> tuple[SoundCondition, ...]:
        """What is wrong at ``now``, the worst first."""
        found = (
            self._when_gone()
            or self._when_rerouted()
            or self._when_silent(now)
            or self._when_zeros(now)
            or self._when_wrong_speed()
            or self._when_back(now)
        )
        default = self._when_default_changed(now)
        return tuple(c for c in (found, default) if c is not None)

    def _when_gone(self) -> SoundCondition | None:
        if self._gone is None:
            return None
        if self._refusal is not None:
            why = self._refusal
            return SoundCondition(Trouble.REFUSED, why.message, why.remedy, self._gone)
        return SoundCondition(
            Trouble.GONE,
            f"{self._device} is disconnected.",
            "Plug it in again, or choose another. The session goes on, and recording"
            " resumes by itself.",
            self._gone,
        )

    def _when_rerouted(self) -> SoundCondition | None:
        if self._rerouted is None:
            return None
        since, source = self._rerouted
        return SoundCondition(
            Trouble.REROUTED,
            f"The system records from {source!r} instead of {self._device}.",
            f"Plug {self._device} in again, or choose another.",
            since,
        )

    def _when_silent(self, now: float) -> SoundCondition | None:
        if not self._always_sounds:
            return None
        if self._last is None and now - self._opened > NO_DELIVERY_S:
            return self._when_slow(now)
        if self._last is not None and now - self._last > NO_DELIVERY_S:
            return SoundCondition(
                Trouble.NO_SOUND,
                f"No sound comes from {self._device}.",
                "Look at its cable or battery, or choose another.",
                self._last,
            )
        return None

    def _when_slow(self, now: float) -> SoundCondition:
        if now - self._opened <= SLOW_START_S:
            return SoundCondition(
                Trouble.WAITING,
                f"Waiting for {self._device}.",
                "A Bluetooth headset can take most of a minute. Nothing need be done.",
                self._opened,
            )
        return SoundCondition(
            Trouble.NO_SOUND,
            f"{self._device} does not start.",
            "Switch it off and on, or choose another.",
            self._opened,
        )

    def _when_zeros(self, now: float) -> SoundCondition | None:
        since = self._zeros_since
        if not self._always_sounds or since is None or now - since < SILENCE_S:
            return None
        return SoundCondition(
            Trouble.ONLY_ZEROS,
            f"The system gives silence instead of {self._device}.",
            "Allow Sidelight to use the microphone in the system's privacy settings,"
            " and look whether it is muted.",
            since,
        )

    def _when_wrong_speed(self) -> SoundCondition | None:
        begin, end = self._counted_from, self._last
        if begin is None or end is None or end - begin < RATE_OVER_S:
            return None
        if abs(self._counted / ((end - begin) * self._rate) - 1) < RATE_ERROR:
            return None
        return SoundCondition(
            Trouble.WRONG_SPEED,
            f"{self._device} runs at another speed than it says.",
            "Set its sample rate in the system's sound settings, or choose another.",
            begin,
        )

    def _when_back(self, now: float) -> SoundCondition | None:
        if self._returned is None or now - self._returned > RETURNED_S:
            return None
        return SoundCondition(
            Trouble.RETURNED,
            f"{self._device} is back; recording goes on.",
            "Nothing need be done.",
            self._returned,
        )

    def _when_default_changed(self, now: float) -> SoundCondition | None:
        if self._default is None or now - self._default[0] > PREFERENCE_TOLD_S:
            return None
        since, device = self._default
        return SoundCondition(
            Trouble.DEFAULT_CHANGED,
            f"The system now prefers {device}; Sidelight still records {self._device}.",
            "Choose it here if you want to change.",
            since,
        )
