"""Who speaks, who spoke last, and whether the talk goes to and fro easily.

Speech is the coach's where that is certain: on the coach's channel of a call, or in the
coach's enrolled voice. All other speech counts as the client's.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.partnering.dialogue.floor import BRIEF_MS
from sidelight.partnering.reading import read
from sidelight.partnering.replies import is_backchannel

if TYPE_CHECKING:
    from sidelight.domain.transcript import Utterance, VoicesHeard

AFTER_COACH_MS: Final = 1_500
"""For so long after the coach's last word a cue may appear."""

THINKING_MS: Final = 1_500
"""So long a silence after the client's last word is thinking."""

EASY_MS: Final = 20_000
LONGEST_EASY_MS: Final = 5_000
"""An easy exchange: no turn in the last 20 s is longer than 5 s."""

_KEPT: Final = 64
"""Turns that are remembered; no 20 s hold as many."""


@dataclass(frozen=True, slots=True)
class _Turn:
    coach: bool
    span: Span


class Talk:
    """What is known of the talk up to now. Times in milliseconds of the session."""

    def __init__(self) -> None:
        """Nobody has spoken, and nobody knows who speaks."""
        self._turns: deque[_Turn] = deque(maxlen=_KEPT)
        self._speaking: tuple[Speaker, ...] | None = None
        self._newest_coach: bool | None = None
        self._newest_asks = False
        self._words_until = Millis(0)
        self._coach_until = Millis(-1)
        self._client_until = Millis(0)

    @property
    def known(self) -> bool:
        """Whether anybody knows who speaks."""
        return self._speaking is not None

    @property
    def quiet(self) -> bool:
        """Whether surely nobody speaks; then all that was said is final."""
        return self._speaking == ()

    @property
    def client_speaks(self) -> bool:
        """Whether speech is open that is not surely the coach's."""
        return any(one is not Speaker.COACH for one in self._speaking or ())

    @property
    def coach_speaks(self) -> bool:
        """Whether the coach's speech is open."""
        return Speaker.COACH in (self._speaking or ())

    def lose(self) -> None:
        """The recogniser stopped: nobody knows who speaks."""
        self._speaking = None

    def hear(self, voices: VoicesHeard) -> None:
        """Speech began or ended."""
        before = self._speaking or ()
        opened = set(voices.speaking) - set(before)
        if Speaker.UNKNOWN in opened:
            self._newest_coach = None
        for closed in set(before) - set(voices.speaking):
            # A voice without words, a sob or a laugh, is somebody's all the same. On
            # the one microphone of a room, words in the coach's voice make it theirs.
            room = closed is Speaker.UNKNOWN
            if closed is Speaker.CLIENT or (room and not self._newest_coach):
                self._client_until = max(self._client_until, voices.at)
        self._speaking = voices.speaking

    def add(self, said: Utterance) -> None:
        """An utterance became final."""
        if said.doubt is Doubt.ECHO:
            return  # the client's, and stands there already
        coach = said.speaker is Speaker.COACH
        self._newest_coach = coach
        takes_a_turn = self._takes_a_turn(said)
        if coach and not takes_a_turn:
            return  # an "mm" ends no turn of the coach's and no silence of the client's
        self._words_until = max(self._words_until, said.span.end)
        if not coach:
            self._client_until = max(self._client_until, said.span.end)
        if not takes_a_turn:
            return
        sentences = read(said.text)
        self._newest_asks = bool(sentences) and sentences[-1].asked
        if coach:
            self._coach_until = max(self._coach_until, said.span.end)
        if self._turns and self._turns[-1].coach is coach:
            self._turns[-1] = _Turn(coach, self._turns[-1].span.hull(said.span))
        else:
            self._turns.append(_Turn(coach, said.span))

    def coach_has_ended(self, now: Millis) -> bool:
        """Whether the coach spoke last, and has only just ended."""
        last = self._coach_until >= self._client_until
        return last and 0 <= now - self._coach_until <= AFTER_COACH_MS

    def thinks(self, now: Millis) -> bool:
        """Whether the client spoke last, and there has been silence since."""
        last = self._client_until > self._coach_until
        return last and self.quiet and self._silence(now) >= THINKING_MS

    def easy(self, now: Millis) -> bool:
        """Whether both are in a quick exchange that has not stopped.

        A silence is none, whatever its turns were: so both must have spoken in the
        last 20 s, and the newest words be younger than ``THINKING_MS``.
        """
        recent = [turn for turn in self._turns if turn.span.end > now - EASY_MS]
        return (
            {turn.coach for turn in recent} == {True, False}
            and all(turn.span.length <= LONGEST_EASY_MS for turn in recent)
            and self._silence(now) < THINKING_MS
        )

    def _silence(self, now: Millis) -> int:
        return now - self._words_until

    def _takes_a_turn(self, said: Utterance) -> bool:
        """Not so a sound of listening; but "yes" after a question is an answer."""
        listens = (
            is_backchannel(said.text) if said.text else said.span.length < BRIEF_MS
        )
        if not listens:
            return True
        if not self._turns or said.speaker is Speaker.COACH:
            return False
        newest = self._turns[-1]
        answers = said.span.start >= newest.span.end and self._newest_asks
        return answers or not newest.coach
