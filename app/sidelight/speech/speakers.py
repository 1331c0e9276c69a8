"""Is it the coach who speaks? With one microphone, and only when it is quite sure.

A model of the coach's voice is held against one of *other* voices. Nobody else's voice
is ever kept or needed for that: the others are the coach's own enrolment with the vocal
tract made longer and shorter, recorded, as it were, by the same microphone in the same
room. Whoever is not surely the coach stays unknown.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import soxr

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.speech.mfcc import COLUMNS, STEP, mel_cepstra
from sidelight.speech.mixture import Mixture
from sidelight.speech.vad import WINDOW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sidelight.speech.vad import VoiceDetector

LEAST_S: Final = 20.0
"""Seconds of speech that an enrolment needs."""

_VERSION: Final = 1
_GAUSSIANS: Final = 64
_PIECE: Final = 3 * SAMPLE_RATE
"""Long utterances are heard in pieces: two people may share one."""

_SHORTEST: Final = SAMPLE_RATE // STEP
"""Rows of speech, one second, below which nobody is recognised."""

_OTHERS: Final = (0.74, 0.78, 0.82, 0.86, 0.9, 1.1, 1.15, 1.2, 1.26, 1.33)
"""Lengths of the others' vocal tracts: adults lie within a third of each other."""

_ENOUGH: Final = 20_000
"""Rows of other voices that the Gaussians are fitted to at most: 300 for each."""

_LOWEST_BAR: Final = 1.1
_ABOVE_USUAL: Final = 0.75
"""The bar: three quarters of a standard deviation above what the coach's own held-out
pieces score, and not below 1.1 nats. On real voices (six to be recognised after 12 s of
speech, pieces of 1 to 4 s) 1 of 449 pieces by others passed, and 10 of 23 by the voice
itself; with three voices and 20 s, 1 of 220 and 2 of 10. The bar was chosen on these
voices, for which an utterance of the client's in a hundred would be too many."""

_VOICED: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class CoachVoice:
    """One person's voice. Derived from sound; neither words nor sound are in it.

    Attributes:
        own: Its density.
        others: The density of voices that are not it.
        bar: What an utterance must score at least, nats a row.
    """

    own: Mixture
    others: Mixture
    bar: float

    @classmethod
    def enrol(cls, samples: NDArray[np.float32]) -> CoachVoice:
        """Learn a voice. Deterministic; takes about as long as a few utterances.

        Args:
            samples: float32, shape (n,), 16 kHz mono, -1..1: this person alone, with
                the pauses cut out (``spoken``), from the microphone of the sessions.

        Raises:
            UserError: Less than ``LEAST_S`` of speech.
        """
        cuts = [samples[at : at + _PIECE] for at in range(0, len(samples), _PIECE)]
        rows = [(cut, mel_cepstra(cut)) for cut in cuts]
        cuts = [cut for cut, piece in rows if len(piece) >= _SHORTEST]
        pieces = [piece for _, piece in rows if len(piece) >= _SHORTEST]
        heard = sum(map(len, cuts)) / SAMPLE_RATE
        if heard < LEAST_S:
            raise UserError(
                f"That holds {heard:.0f} seconds of speech; {LEAST_S:.0f} are needed.",
                "Record half a minute of yourself alone, reading aloud, at the"
                " microphone you use with clients.",
            )
        around = np.vstack(
            [mel_cepstra(_warped(cut, by)) for cut in cuts for by in _OTHERS]
        )
        others = Mixture.fitted(around[:: 1 + len(around) // _ENOUGH], _GAUSSIANS)
        usual = [
            _ratio(
                others.adapted(np.vstack(pieces[:at] + pieces[at + 1 :])), others, one
            )
            for at, one in enumerate(pieces)
        ]
        bar = float(np.mean(usual) + _ABOVE_USUAL * (np.std(usual) + 0.05))
        own = others.adapted(np.vstack(pieces))
        return cls(own, others, max(_LOWEST_BAR, bar))

    def score(self, samples: NDArray[np.float32]) -> float:
        """How much more this voice explains than the others do.

        Args:
            samples: float32, shape (n,), 16 kHz mono, -1..1; any length.

        Returns:
            Nats a row; minus infinity for less than a second of speech.
        """
        rows = mel_cepstra(samples)
        if len(rows) < _SHORTEST:
            return -np.inf
        return _ratio(self.own, self.others, rows)

    def is_coach(self, samples: NDArray[np.float32]) -> bool:
        """Whether it surely is this voice, from beginning to end.

        Args:
            samples: float32, shape (n,), 16 kHz mono, -1..1: one utterance.
        """
        if self.score(samples) < self.bar:
            return False
        pieces = [samples[at : at + _PIECE] for at in range(0, len(samples), _PIECE)]
        scores = [self.score(piece) for piece in pieces]
        return all(score >= self.bar / 2 for score in scores if np.isfinite(score))

    def to_bytes(self) -> bytes:
        """For keeping, sealed: 33 kB."""
        file = io.BytesIO()
        np.savez(
            file,
            version=np.array(_VERSION),
            bar=np.array(self.bar),
            weights=self.others.weights,
            means=self.others.means.astype(np.float32),
            variances=self.others.variances.astype(np.float32),
            own=self.own.means.astype(np.float32),
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> CoachVoice:
        """The voice of ``to_bytes``.

        Raises:
            UserError: It is damaged, or of another version of the program.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                version = int(file["version"])
                bar = float(file["bar"])
                weights, means, variances, own = (
                    np.asarray(file[name], np.float64)
                    for name in ("weights", "means", "variances", "own")
                )
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
            raise _unusable() from None
        shape = (_GAUSSIANS, COLUMNS)
        fits = all(part.shape == shape for part in (means, variances, own))
        numbers = (weights, means, variances, own, np.array(bar))
        if (
            version != _VERSION
            or not fits
            or weights.shape != (_GAUSSIANS,)
            or not all(np.isfinite(part).all() for part in numbers)
            or weights.min() <= 0
            or variances.min() <= 0
        ):
            raise _unusable()
        return cls(
            Mixture(weights, own, variances), Mixture(weights, means, variances), bar
        )


def spoken(
    samples: NDArray[np.float32], detector: VoiceDetector
) -> NDArray[np.float32]:
    """The sound without what is no speech.

    Args:
        samples: float32, shape (n,), 16 kHz mono, -1..1.
        detector: Fresh.
    """
    whole = samples[: len(samples) // WINDOW * WINDOW]
    speaks = detector.probabilities(whole) >= _VOICED
    return whole.reshape(-1, WINDOW)[speaks].reshape(-1)


def _ratio(own: Mixture, others: Mixture, rows: NDArray[np.float64]) -> float:
    return float((own.log_densities(rows) - others.log_densities(rows)).mean())


def _warped(samples: NDArray[np.float32], by: float) -> NDArray[np.float32]:
    """The same with every resonance ``1 / by`` as high, and as much slower."""
    return np.asarray(
        soxr.resample(samples, SAMPLE_RATE, round(SAMPLE_RATE * by)), np.float32
    )


def _unusable() -> UserError:
    return UserError(
        "Your enrolled voice cannot be read: it is damaged, or of another version.",
        "Enrol it again: `sidelight voice enrol`.",
    )
