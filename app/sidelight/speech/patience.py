"""How long a pause is waited for: learned from how often its speaker went on.

Some people think between half-sentences, others never stop for half a second unless
they are done. A pause that ends an utterance is judged afterwards: did the same person
go on at once, or had they finished? Everything is decided from final utterances, which
are stored: a recogniser that takes over learns the same from them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker
from sidelight.speech.endpointing import windows

if TYPE_CHECKING:
    from sidelight.domain.timeline import Span

AT_ONCE: Final = Millis(1_500)
"""Who goes on within this had not finished. Turn-taking between people takes 0.2 s at
the middle and hardly ever a second, so nobody had been waiting for an answer."""

JUDGED: Final = 12
"""Pauses that are looked at before anything changes: two or three minutes of talk."""

_OFTEN: Final = 5
"""So many of them in mid-thought: wait longer."""

_HARDLY: Final = 1
"""At most so many: wait less."""

_STEP: Final = windows(0.1)

_LESS: Final = 1
_MORE: Final = 2
"""Steps that may be gone from where a speaker begins. Less is bounded by the tail that
must have sounded (0.26 s) and by the pass that begins then; more by the answer that the
coach is waiting for."""


@dataclass(slots=True)
class _Habit:
    """One speaker's.

    Attributes:
        steps: From where the policy begins, ``-_LESS`` to ``_MORE``.
        pauses: Judged since the last step.
        went_on: Of those, in mid-thought.
    """

    steps: int = 0
    pauses: int = 0
    went_on: int = 0

    def judge(self, *, went_on: bool) -> None:
        self.pauses += 1
        self.went_on += went_on
        if self.pauses < JUDGED:
            return
        if self.went_on >= _OFTEN:
            self.steps = min(_MORE, self.steps + 1)
        elif self.went_on <= _HARDLY:
            self.steps = max(-_LESS, self.steps - 1)
        self.pauses = self.went_on = 0


@dataclass(slots=True)
class Patience:
    """Follows both speakers' pauses.

    One microphone cannot tell who went on: there it learns nothing.
    """

    _habits: dict[Speaker, _Habit] = field(default_factory=dict)
    _last: tuple[Speaker, Millis] | None = None

    def hear(self, speaker: Speaker, span: Span) -> None:
        """Take the next final utterance, in order of decision."""
        last, self._last = self._last, (speaker, span.end)
        if last is None or Speaker.UNKNOWN in (speaker, last[0]):
            return
        before, ended = last
        self._habits.setdefault(before, _Habit()).judge(
            went_on=before is speaker and span.start - ended < AT_ONCE
        )

    def more_windows(self, speaker: Speaker) -> int:
        """Windows of pause to add for this speaker; negative: fewer are enough."""
        habit = self._habits.get(speaker)
        return habit.steps * _STEP if habit is not None else 0
