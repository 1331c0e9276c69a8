"""A recogniser that costs what a real model costs and says what was really said.

Real weights of every size cannot be had everywhere, and what a policy costs, and how
late its words come, does not depend on them: the encoder's work depends on the window,
the decoder's on the number of tokens. So a model of the true shape with random weights
does all the work of each pass, and its text is replaced by the truth's words.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_samples
from sidelight.speech.recognizer import LONGEST, Hypothesis, PassKind, RecognizedWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sidelight.session.bench.truth import TrueWord

TOKENS_A_WORD: Final = 1.35
"""Whisper's tokens for an English word with its punctuation: 1.3 to 1.4 in dialogue."""

_MOST_BEFORE: Final = 80
_PROBE: Final = 32
"""So many samples at the loudest place must be equal where a sound is looked for."""

_AROUND: Final = Samples(60 * SAMPLE_RATE)


class Labour(Protocol):
    """Does the work of a pass: ``FasterWhisperRecognizer.spend``."""

    def spend(
        self, samples: NDArray[np.float32], *, kind: PassKind, before: int, tokens: int
    ) -> None:
        """Work, and say nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Track:
    """One channel and what is said on it.

    Attributes:
        samples: float32, shape (n,), 16 kHz, all of it.
        words: In order of time.
    """

    samples: NDArray[np.float32]
    words: Sequence[TrueWord]


class TimedTruth:
    """A ``Recognizer`` for sounds that are pieces of known tracks.

    A pass hears the words whose middle lies inside its sound and that have ended by its
    end; so a word that still sounds is not guessed.

    Args:
        name: The shape.
        labour: The model that works.
        tracks: What can be heard.
    """

    carries_context = True

    def __init__(self, name: str, labour: Labour, tracks: Sequence[Track]) -> None:
        self.name = name
        self._labour = labour
        self._tracks = tracks
        self._ends = [[word.span.end for word in track.words] for track in tracks]
        self._near = Samples(0)

    def recognize(
        self, samples: NDArray[np.float32], *, kind: PassKind, previous: str = ""
    ) -> Hypothesis:
        """See ``Recognizer.recognize``."""
        if len(samples) > LONGEST:
            msg = f"{len(samples)} samples do not fit one window"
            raise ValueError(msg)
        words = self._words(samples)
        self._labour.spend(
            samples,
            kind=kind,
            before=min(_MOST_BEFORE, _tokens(len(previous.split()))),
            tokens=_tokens(len(words)),
        )
        return Hypothesis(
            words,
            avg_logprob=-0.2 if words else 0.0,
            no_speech_prob=0.05,
            compression_ratio=1.2,
        )

    def _words(self, samples: NDArray[np.float32]) -> tuple[RecognizedWord, ...]:
        place = self._find(samples)
        if place is None:
            return ()
        track, start = place
        end = start + len(samples)
        words = self._tracks[track].words
        found = []
        for word in words[bisect_left(self._ends[track], start // 16) :]:
            first, last = to_samples(word.span.start), to_samples(word.span.end)
            if first >= end:
                break
            if first + last >= 2 * start and last <= end:
                inside = Samples(max(0, first - start))
                found.append(
                    RecognizedWord(word.text, inside, Samples(last - start), 0.9)
                )
        return tuple(found)

    def _find(self, samples: NDArray[np.float32]) -> tuple[int, Samples] | None:
        """Track and position of a sound; near the last one first, then anywhere."""
        if not samples.any():
            return None
        around = Samples(max(0, self._near - _AROUND))
        until = Samples(self._near + _AROUND)
        for begin, end in ((around, until), (Samples(0), Samples(2**62))):
            for number, track in enumerate(self._tracks):
                at = _place(samples, track.samples, begin, end)
                if at is not None:
                    self._near = at
                    return number, at
        return None


def _place(
    samples: NDArray[np.float32],
    track: NDArray[np.float32],
    begin: Samples,
    end: Samples,
) -> Samples | None:
    """Where the track holds these samples, at their loudest."""
    loudest = int(np.argmax(np.abs(samples)))
    first = max(0, min(loudest - _PROBE // 2, len(samples) - _PROBE))
    probe = samples[first : first + _PROBE]
    stretch = track[begin : min(end, Samples(len(track)))]
    for hit in np.flatnonzero(stretch == samples[loudest]).tolist():
        at = begin + hit - loudest
        if at < 0 or not np.array_equal(track[at + first :][: len(probe)], probe):
            continue
        return Samples(at)
    return None


def _tokens(words: int) -> int:
    return round(words * TOKENS_A_WORD)
