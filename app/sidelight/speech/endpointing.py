"""Where speech begins and ends on one channel: a state machine over detector windows.

Everything is decided window by window (``vad.WINDOW`` samples) from position alone, so
the same sound gives the same spans however it arrives.

Thresholds, pre-roll and cut lengths: Silero's own 0.5 / 0.35 hysteresis, and the
measurements on dialogue that this project began with.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.speech.vad import WINDOW

ONSET: Final = 0.5
"""Two of three windows at least this likely begin speech."""

OFFSET: Final = 0.35
"""Speech goes on while windows are at least this likely."""

PRE_ROLL: Final = Samples(SAMPLE_RATE // 4)
"""Sound before the onset that belongs to the speech: soft first consonants."""

TAIL_WINDOWS: Final = 8
"""Windows (0.26 s) after the last likely one that still belong: fading last sounds."""

FINAL_STRETCH_WINDOWS: Final = 94
"""A hard cut is looked for in the last 3 s."""

OVERLAP: Final = Samples(int(0.3 * SAMPLE_RATE))
"""Sound before a hard cut that is heard again after it, so that no word is halved."""

_ONSET_OF: Final = 3
_ONSET_NEEDS: Final = 2
_SMOOTHED: Final = 3
_FAINT: Final = 0.05


def windows(seconds: float) -> int:
    """The least number of windows that lasts so long."""
    return -(-int(seconds * SAMPLE_RATE) // WINDOW)


@dataclass(frozen=True, slots=True)
class EndpointPolicy:
    """When an utterance is over.

    Attributes:
        end_pause: Windows of pause that end it, before the speaker is known.
        soft_after: Windows of length from which ``TAIL_WINDOWS`` of pause are enough.
        hard_after: Windows of length at which it is cut without a pause.
    """

    end_pause: int
    soft_after: int = windows(8.0)
    hard_after: int = windows(12.0)


COACH: Final = EndpointPolicy(end_pause=windows(0.5))
"""Quick: the sidebar answers to the coach's words."""

CLIENT: Final = EndpointPolicy(end_pause=windows(0.7))
"""Patient: thinking pauses are part of what clients say."""

ROOM: Final = EndpointPolicy(end_pause=windows(0.4))
"""One microphone: short pauses are where speakers change."""


class Ending(Enum):
    """Why a span of speech ends where it does."""

    PAUSE = auto()
    SOFT_CUT = auto()
    HARD_CUT = auto()
    FINISHED = auto()


@dataclass(frozen=True, slots=True)
class JudgedWindow:
    """A window of the voice detector.

    Attributes:
        index: Number of the window in the session.
        probability: Of speech in it, 0..1.
        loudness: Mean square of its samples.
    """

    index: int
    probability: float
    loudness: float

    @property
    def start(self) -> Samples:
        """Its first sample."""
        return Samples(self.index * WINDOW)

    @property
    def end(self) -> Samples:
        """The sample after its last."""
        return Samples((self.index + 1) * WINDOW)


@dataclass(frozen=True, slots=True)
class SpeechSpan:
    """Speech that is over, in samples of the session.

    Attributes:
        start: First sample to recognise.
        end: First sample not to recognise.
        ending: Why it ends there.
        cut: With ``HARD_CUT``, the quietest place of its last 3 s; else ``end``.
        voices: The windows that were likely speech, in order.
    """

    start: Samples
    end: Samples
    ending: Ending
    cut: Samples
    voices: tuple[JudgedWindow, ...]

    @property
    def voiced(self) -> Samples:
        """Samples in windows that were likely speech."""
        return Samples(len(self.voices) * WINDOW)

    @property
    def likelihood(self) -> float:
        """Mean probability of the windows that were likely speech, 0..1."""
        likely = [window.probability for window in self.voices]
        return sum(likely) / len(likely) if likely else 0.0

    def since(self, position: Samples) -> SpeechSpan:
        """The part of it from ``position`` on."""
        voices = tuple(w for w in self.voices if w.start >= position)
        return replace(self, start=position, voices=voices)


class Endpointer:
    """One channel's state; give it every window in order."""

    def __init__(self, policy: EndpointPolicy, first_window: int = 0) -> None:
        """Begin in silence, at window ``first_window`` of the session."""
        self._policy = policy
        self._end_pause = policy.end_pause
        self._next = first_window
        self._floor = Samples(first_window * WINDOW)
        self._recent: deque[JudgedWindow] = deque(maxlen=FINAL_STRETCH_WINDOWS)
        self._start: Samples | None = None
        self._last = first_window
        self._voiced: list[JudgedWindow] = []

    @property
    def position(self) -> Samples:
        """Everything before it has been looked at."""
        return Samples(self._next * WINDOW)

    @property
    def speaking_since(self) -> Samples | None:
        """Where the open speech begins, or ``None`` in silence."""
        return self._start

    @property
    def last_voice(self) -> Samples:
        """End of the last window that was likely speech (within open speech)."""
        return Samples((self._last + 1) * WINDOW)

    @property
    def needed_from(self) -> Samples:
        """Sound before this will never be asked for again."""
        if self._start is not None:
            return self._start
        onset = self.position - PRE_ROLL - _ONSET_OF * WINDOW
        return Samples(max(self._floor, onset, 0))

    def step(self, probability: float, loudness: float) -> SpeechSpan | None:
        """Look at the next window.

        Args:
            probability: Of speech in it, 0..1.
            loudness: Its mean square; only compared with other windows'.

        Returns:
            The speech that this window has ended. After a ``HARD_CUT`` speech is still
            open; ``go_on_from`` says where.
        """
        window = JudgedWindow(self._next, probability, loudness)
        self._next += 1
        self._recent.append(window)
        if self._start is None:
            self._look_for_onset()
            return None
        if probability >= OFFSET:
            self._last = window.index
            self._voiced.append(window)
        return self._look_for_end(window)

    def pause_so_far(self) -> SpeechSpan | None:
        """The open speech as ``PAUSE`` would end it now, once its tail has sounded.

        The span stays the same while the pause goes on, so its words can be looked for
        before the pause is long enough to end it.
        """
        if self._start is None or self._next - 1 - self._last < TAIL_WINDOWS:
            return None
        return self._span(Ending.PAUSE, self._tail_end())

    def wait_longer(self, more: int) -> None:
        """Let so many windows of pause more than the policy's end speech from now on.

        Args:
            more: Negative: fewer are enough; never fewer than the tail needs to sound.
        """
        self._end_pause = max(TAIL_WINDOWS + 1, self._policy.end_pause + more)

    def go_on_from(self, position: Samples) -> None:
        """After a ``HARD_CUT``: the open speech begins here, less ``OVERLAP``."""
        if self._start is None:
            msg = "no speech is open"
            raise ValueError(msg)
        self._start = Samples(max(self._start, position - OVERLAP))
        self._voiced = [w for w in self._voiced if w.end > position]

    def finish(self, end: Samples) -> SpeechSpan | None:
        """The sound ends at ``end``: the speech still open, if any."""
        if self._start is None:
            return None
        span = self._span(Ending.FINISHED, Samples(min(self._tail_end(), end)))
        self._close(end)
        return span

    def _look_for_onset(self) -> None:
        latest = list(self._recent)[-_ONSET_OF:]
        likely = [w for w in latest if w.probability >= ONSET]
        if len(likely) < _ONSET_NEEDS:
            return
        self._start = Samples(max(self._floor, likely[0].start - PRE_ROLL, 0))
        self._last = likely[-1].index
        self._voiced = likely

    def _look_for_end(self, window: JudgedWindow) -> SpeechSpan | None:
        start = self._open_start()
        pause = window.index - self._last
        length = (window.end - start) // WINDOW
        if pause >= self._end_pause:
            span = self._span(Ending.PAUSE, self._tail_end())
            self._close(span.end)
            return span
        if length >= self._policy.soft_after and pause >= TAIL_WINDOWS:
            span = self._span(Ending.SOFT_CUT, self._tail_end())
            # The next speech may reach back to the middle of this pause.
            self._close(Samples(span.end - TAIL_WINDOWS // 2 * WINDOW))
            return span
        if length >= self._policy.hard_after:
            return self._span(Ending.HARD_CUT, window.end, self._quietest())
        return None

    def _quietest(self) -> Samples:
        """The middle of the three windows least likely to be inside a word."""
        start = self._open_start()
        stretch = [w for w in self._recent if w.start > start]
        best, place = (2.0, 0.0), stretch[-1].end
        for at in range(len(stretch) - _SMOOTHED):
            near = stretch[at : at + _SMOOTHED]
            # Inside fluent speech the probability saturates; then loudness decides.
            likely = sum(w.probability for w in near) / _SMOOTHED
            score = (likely // _FAINT, sum(w.loudness for w in near))
            if score < best or at == 0:
                middle = near[_SMOOTHED // 2]
                best, place = score, Samples(middle.start + WINDOW // 2)
        return place

    def _open_start(self) -> Samples:
        assert self._start is not None  # noqa: S101 (callers looked)
        return self._start

    def _tail_end(self) -> Samples:
        return Samples((self._last + 1 + TAIL_WINDOWS) * WINDOW)

    def _span(
        self, ending: Ending, end: Samples, cut: Samples | None = None
    ) -> SpeechSpan:
        return SpeechSpan(
            start=self._open_start(),
            end=end,
            ending=ending,
            cut=end if cut is None else cut,
            voices=tuple(self._voiced),
        )

    def _close(self, floor: Samples) -> None:
        self._start = None
        self._floor = floor
        self._voiced = []
        # Windows that ended speech do not begin the next.
        self._recent.clear()
