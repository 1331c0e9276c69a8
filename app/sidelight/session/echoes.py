"""Whose words the coach's microphone heard, and whether headphones would help.

The last line behind ``audio.echo``: what its filter let through, because it had not
heard enough of the room yet, is known by its words.
"""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.echo_words import SaidWord, is_echo
from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_millis, to_samples
from sidelight.domain.transcript import EchoHeard
from sidelight.speech.vad import WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Word

_REMEMBERED: Final = 30 * SAMPLE_RATE
"""How long the client's words are remembered: two utterances of the longest."""

_ENOUGH: Final = 5
"""Coach utterances from which "as loud as usual" means something. Before them, and
after a restart, the words alone decide."""

_USUAL_OF: Final = 101
"""The newest coach utterances that "usual" is the median of."""

_SUSTAINED: Final = 3 * SAMPLE_RATE
"""Echo within ``_WHILE`` that is worth a word. Without an echo the guard finds less
than 0.1 s in half a minute."""

_WHILE: Final = 60 * SAMPLE_RATE


class EchoWords:
    """Knows how loud the coach is and what the client says.

    Args:
        start: Position of the first sample.
    """

    def __init__(self, start: Samples) -> None:
        self._rest = np.zeros(0, np.float32)
        self._powers: deque[float] = deque()
        self._first = start // WINDOW  # the window of the first power
        self._usual: deque[float] = deque(maxlen=_USUAL_OF)
        self._client: deque[SaidWord] = deque()

    def hear(self, microphone: NDArray[np.float32]) -> None:
        """Measure the coach's channel as it was recorded.

        Args:
            microphone: float32, shape (n,), what follows on.
        """
        sound = np.concatenate((self._rest, microphone))
        whole = len(sound) // WINDOW * WINDOW
        windows = sound[:whole].reshape(-1, WINDOW)
        self._powers.extend(np.square(windows).mean(axis=1).tolist())
        self._rest = sound[whole:]

    def forget_before(self, position: Samples) -> None:
        """No utterance that is still to be judged begins before this."""
        while self._powers and self._first < position // WINDOW:
            self._powers.popleft()
            self._first += 1

    def client_said(self, words: Sequence[Word]) -> None:
        """The client's final words."""
        self._client.extend(map(_said, words))
        oldest = self._client[-1].start_ms - to_millis(_REMEMBERED) if words else 0
        while self._client and self._client[0].start_ms < oldest:
            self._client.popleft()

    def is_clients(
        self,
        words: Sequence[Word],
        span: Span,
        unfinished: Callable[[], Sequence[Word]],
    ) -> bool:
        """Whether an utterance on the coach's channel is the client's.

        What is not counts as the coach's from now on, with its loudness.

        Args:
            words: The utterance's, in order.
            span: From the first to the end of the last.
            unfinished: The client's words that are not final yet; costs a pass, so it
                is asked only when it can matter.
        """
        level = self._level(span)
        usual = median(self._usual) if len(self._usual) >= _ENOUGH else np.inf
        mine = [_said(word) for word in words]

        def echoes(client: Sequence[SaidWord]) -> bool:
            return is_echo(mine, client, level_dbfs=level, usual_dbfs=usual)

        if echoes(self._client) or (
            level <= usual and echoes([*self._client, *map(_said, unfinished())])
        ):
            return True
        self._usual.append(level)
        return False

    def _level(self, span: Span) -> float:
        """Decibels below full scale, root mean square."""
        begin = to_samples(span.start) // WINDOW - self._first
        end = -(-to_samples(span.end) // WINDOW) - self._first
        powers = [
            self._powers[at] for at in range(max(0, begin), min(end, len(self._powers)))
        ]
        return 10 * float(np.log10(np.mean(powers) + 1e-12)) if powers else np.inf


class EchoAdvice:
    """Says, once a minute at most, that the client comes through the loudspeaker."""

    def __init__(self) -> None:
        self._echoes: deque[tuple[Samples, Samples]] = deque()
        self._again = Samples(0)

    def after(
        self, echoes: Sequence[tuple[Samples, Samples]], now: Samples
    ) -> list[EchoHeard]:
        """What the guard found, up to ``now``; empty, or the advice."""
        self._echoes.extend(echoes)
        while self._echoes and self._echoes[0][1] <= now - _WHILE:
            self._echoes.popleft()
        heard = sum(end - begin for begin, end in self._echoes)
        if heard < _SUSTAINED or now < self._again:
            return []
        self._again = Samples(now + _WHILE)
        return [EchoHeard(to_millis(now))]


def _said(word: Word) -> SaidWord:
    return SaidWord(word.text, word.span.start)
