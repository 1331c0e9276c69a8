"""What every speech recogniser is: sound of one utterance in, words with times out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from sidelight.domain.timeline import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

LONGEST: Final = Samples(30 * SAMPLE_RATE)
"""The most sound one pass can take: Whisper's window."""


class Device(StrEnum):
    """Where a model computes; the values are ctranslate2's names."""

    CPU = "cpu"
    CUDA = "cuda"


class PassKind(Enum):
    """What a pass is for, and so how much it may cost."""

    PARTIAL = auto()
    """Words so far: greedy, as short a window as the backend dares; may be wrong."""

    SO_FAR = auto()
    """Words so far that something final is decided by: greedy, in a window that does
    not depend on what was measured of the model."""

    FINAL = auto()
    """The words that are stored: beam search, word times, in a window that is safe."""

    RETRY = auto()
    """A final whose words looked wrong, once more: padded as the model was trained,
    nothing carried over."""


@dataclass(frozen=True, slots=True)
class RecognizedWord:
    """One word of a pass.

    Attributes:
        text: With its punctuation, without surrounding spaces; never empty.
        start: From the first sample of the pass.
        end: ``start <= end <=`` length of the sound.
        probability: The model's own, 0..1.
    """

    text: str
    start: Samples
    end: Samples
    probability: float


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What one pass heard.

    Attributes:
        words: In order of time; empty when nothing was heard.
        avg_logprob: Mean natural-log probability of the tokens, ≤ 0.
        no_speech_prob: The model's own belief that nobody spoke, 0..1.
        compression_ratio: Bytes of the text per byte compressed; repeats push it up.
        language: ISO 639, where the pass had to tell it by itself; else ``""``.
        language_probability: How sure of it, 0..1.
    """

    words: tuple[RecognizedWord, ...] = ()
    avg_logprob: float = 0.0
    no_speech_prob: float = 0.0
    compression_ratio: float = 0.0
    language: str = ""
    language_probability: float = 0.0


class Recognizer(Protocol):
    """A loaded model.

    The same sound, kind and previous text give the same hypothesis.

    Attributes:
        name: The model, as the settings and the record call it.
        carries_context: Whether previous text helps this model and is safe with it.
    """

    name: str
    carries_context: bool

    def recognize(
        self, samples: NDArray[np.float32], *, kind: PassKind, previous: str = ""
    ) -> Hypothesis:
        """Hear one stretch of sound.

        Args:
            samples: float32, shape (n,), 16 kHz mono, -1..1, at most ``LONGEST``; not
                changed.
            kind: What the pass is for.
            previous: What the same speaker said just before, or ``""``.

        Raises:
            ValueError: More than ``LONGEST``.
        """
        ...


@runtime_checkable
class PlainRecognizer(Recognizer, Protocol):
    """A model that can also hear sound of any length in its own standard regime."""

    def hear_plain(self, samples: NDArray[np.float32]) -> Iterator[Hypothesis]:
        """Hear a long stretch of sound as the model's own program does.

        Windows as the model was trained on, one after the other, no text carried over.
        The same sound gives the same words.

        Args:
            samples: float32, shape (n,), 16 kHz mono, -1..1, any length; not changed.

        Yields:
            What each window heard, in order; its words count from the first sample.
            Windows without words are left out.
        """
        ...
