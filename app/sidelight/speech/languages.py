"""The session's language: said at the start, or decided once from what is heard.

Models that guess the language of every utterance anew turn short answers into Welsh.
So each final of a model that knows several languages votes, by how sure it was and how
long it lasted, until ten seconds of speech were heard; what leads then stays for good.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from sidelight.domain.timeline import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from sidelight.speech.recognizer import Recognizer

LANGUAGES: Final = frozenset(
    (
        "af",
        "am",
        "ar",
        "as",
        "az",
        "ba",
        "be",
        "bg",
        "bn",
        "bo",
        "br",
        "bs",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "eu",
        "fa",
        "fi",
        "fo",
        "fr",
        "gl",
        "gu",
        "ha",
        "haw",
        "he",
        "hi",
        "hr",
        "ht",
        "hu",
        "hy",
        "id",
        "is",
        "it",
        "ja",
        "jw",
        "ka",
        "kk",
        "km",
        "kn",
        "ko",
        "la",
        "lb",
        "ln",
        "lo",
        "lt",
        "lv",
        "mg",
        "mi",
        "mk",
        "ml",
        "mn",
        "mr",
        "ms",
        "mt",
        "my",
        "ne",
        "nl",
        "nn",
        "no",
        "oc",
        "pa",
        "pl",
        "ps",
        "pt",
        "ro",
        "ru",
        "sa",
        "sd",
        "si",
        "sk",
        "sl",
        "sn",
        "so",
        "sq",
        "sr",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "tk",
        "tl",
        "tr",
        "tt",
        "uk",
        "ur",
        "uz",
        "vi",
        "yi",
        "yo",
        "zh",
        "yue",
    )
)
"""What Whisper knows, ISO 639 (``faster_whisper.tokenizer._LANGUAGE_CODES``)."""

ENOUGH: Final = Samples(10 * SAMPLE_RATE)
"""Speech that must have been heard before the language is decided."""

CLEAR: Final = 0.6
"""Share of the votes that decides then."""

PLENTY: Final = Samples(40 * SAMPLE_RATE)
"""With so much speech whatever leads is as good as it gets."""


@runtime_checkable
class Polyglot(Protocol):
    """A recogniser that knows several languages."""

    @property
    def language(self) -> str | None:
        """The language it writes, ISO 639.

        ``None``: it tells each pass's by itself and says so in ``Hypothesis.language``.
        """
        ...

    def in_language(self, language: str) -> Recognizer:
        """The same loaded model, writing this language."""
        ...


@dataclass(frozen=True, slots=True)
class Vote:
    """What one final pass took its language for.

    Attributes:
        language: ISO 639.
        probability: How sure, 0..1.
        voiced: Samples of likely speech in it.
    """

    language: str
    probability: float
    voiced: Samples


@dataclass(slots=True)
class LanguageVote:
    """Counts until it is decided."""

    _votes: dict[str, float] = field(default_factory=dict)
    _heard: Samples = Samples(0)  # noqa: RUF009 - an integer

    def hear(self, vote: Vote) -> str | None:
        """Take the next final's vote.

        Returns:
            The language, once it is decided.
        """
        weight = vote.probability * vote.voiced
        self._votes[vote.language] = self._votes.get(vote.language, 0.0) + weight
        self._heard = Samples(self._heard + vote.voiced)
        leader = max(self._votes, key=lambda language: self._votes[language])
        share = self._votes[leader] / max(sum(self._votes.values()), 1e-9)
        decided = share >= CLEAR and self._heard >= ENOUGH
        return leader if decided or self._heard >= PLENTY else None
