"""One channel's way from sound to final words, and the provisional words before them.

The final words depend on the sound and its positions alone. Passes whose words may
still change (partials, and finals begun early in a pause) are made only when asked, and
nothing that is final is derived from them: a final begun early is adopted only when the
same sound would be recognised again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_millis
from sidelight.domain.transcript import Partial
from sidelight.speech import seams, truth
from sidelight.speech.agreement import Agreement
from sidelight.speech.endpointing import (
    OVERLAP,
    Ending,
    Endpointer,
    EndpointPolicy,
    SpeechSpan,
)
from sidelight.speech.languages import Vote
from sidelight.speech.recognizer import LONGEST, PassKind
from sidelight.speech.sound import Sound
from sidelight.speech.vad import WINDOW
from sidelight.speech.words import placed, shifted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sidelight.domain.transcript import Doubt, Speaker
    from sidelight.speech.recognizer import Hypothesis, RecognizedWord, Recognizer
    from sidelight.speech.seams import Seam
    from sidelight.speech.vad import VoiceDetector

BEGINNING: Final = Samples(0)

PARTIAL_EVERY: Final = Samples(SAMPLE_RATE)
"""New sound in open speech that is worth another provisional pass: so much at least,
and half as much as was heard before. Every pass hears all of the speech again, so in
long speech they would cost most where they tell least."""

CONTEXT_FOR: Final = Samples(30 * SAMPLE_RATE)
"""Previous text is carried over pauses shorter than this."""

_CONTEXT_LOGPROB: Final = -0.8


@dataclass(frozen=True, slots=True)
class FinalWords:
    """What a span of speech turned out to say.

    Attributes:
        words: With times in samples of the session; never empty.
        doubt: Why they should be heard before they are trusted, or ``None``.
        vote: What the pass took its language for, where it had to tell.
    """

    words: tuple[RecognizedWord, ...]
    doubt: Doubt | None
    vote: Vote | None = None


@dataclass(frozen=True, slots=True)
class _Pass:
    words: tuple[RecognizedWord, ...]
    doubt: Doubt | None
    good_context: bool
    vote: Vote | None = None


class ChannelStream:
    """One channel. Thread: one at a time."""

    def __init__(
        self,
        speaker: Speaker,
        policy: EndpointPolicy,
        detector: VoiceDetector,
        *,
        start: Samples = BEGINNING,
        told_until: Samples = BEGINNING,
    ) -> None:
        """Begin in silence.

        Args:
            speaker: Whose channel it is.
            policy: When an utterance is over.
            detector: Fresh, for this channel alone.
            start: Position of the first sample, a multiple of ``WINDOW``.
            told_until: Words before this position are already final.
        """
        self.speaker = speaker
        self._detector = detector
        self._endpointer = Endpointer(policy, start // WINDOW)
        self._sound = Sound(start)
        self._judged: list[tuple[float, float]] = []
        self._judged_to = start
        self._seam: Seam | None = None
        self._told_until = told_until
        self._previous = ""
        self._previous_end = Samples(0)
        self._early: tuple[SpeechSpan, Recognizer, _Pass] | None = None
        self._agreement = Agreement()
        self._partial_to = Samples(0)

    @property
    def position(self) -> Samples:
        """End of the windows that were looked at."""
        return self._endpointer.position

    @property
    def needed_from(self) -> Samples:
        """A fresh stream that starts here, and knows the finals, misses nothing."""
        return self._endpointer.needed_from

    @property
    def speaking(self) -> bool:
        """Whether speech is open."""
        return self._endpointer.speaking_since is not None

    @property
    def ready(self) -> int:
        """Windows that were judged and wait for ``step``."""
        return len(self._judged)

    @property
    def may_be_ending(self) -> bool:
        """Whether open speech pauses for so long that its end is likely."""
        return self._endpointer.pause_so_far() is not None

    def wait_longer(self, more: int) -> None:
        """See ``Endpointer.wait_longer``."""
        self._endpointer.wait_longer(more)

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in the sound that follows.

        Args:
            samples: float32, shape (n,), 16 kHz mono, -1..1, any length.
        """
        self._sound.append(samples)
        whole = (self._sound.end - self._judged_to) // WINDOW * WINDOW
        if not whole:
            return
        fresh = self._sound.read(self._judged_to, Samples(self._judged_to + whole))
        self._judged_to = Samples(self._judged_to + whole)
        likely = self._detector.probabilities(fresh).tolist()
        loud = np.square(fresh.reshape(-1, WINDOW)).mean(axis=1).tolist()
        self._judged.extend(zip(likely, loud, strict=True))

    def step(self, recognizer: Recognizer) -> FinalWords | None:
        """Look at the next judged window.

        Returns:
            The final words that it decided, if it ended speech that holds any.
        """
        span = self._endpointer.step(*self._judged.pop(0))
        return self._decide(span, recognizer)

    def finish(self, end: Samples, recognizer: Recognizer) -> FinalWords | None:
        """The sound ends here: decide the speech that is still open."""
        return self._decide(self._endpointer.finish(end), recognizer)

    def begin_early(self, recognizer: Recognizer) -> None:
        """In a pause that may end the utterance: look for its final words now.

        Changes no result, only how long after the decision it comes.
        """
        span = self._endpointer.pause_so_far()
        if span is None or self._is_early(span, recognizer) or not self._voiced(span):
            return
        self._early = (span, recognizer, self._recognize(span, recognizer))

    def partial(self, recognizer: Recognizer) -> Partial | None:
        """The words so far of open speech, when enough new sound has come."""
        start = self._endpointer.speaking_since
        if start is None:
            return None
        heard = self._endpointer.last_voice
        if self._endpointer.position > heard + WINDOW:
            return None  # a pause: perhaps the final words are about to come
        known = max(self._partial_to, start)
        position = min(self._endpointer.position, Samples(start + LONGEST))
        if heard - known < max(PARTIAL_EVERY, (known - start) // 2):
            return None
        self._partial_to = heard
        sound = self._sound.read(start, position)
        hypothesis = recognizer.recognize(sound, kind=PassKind.PARTIAL)
        words = self._untold(shifted(hypothesis.words, start))
        shown, stable = self._agreement.after(words)
        if not shown:
            return None
        return Partial(
            speaker=self.speaker,
            start=to_millis(start),
            words=placed(shown),
            stable=stable,
            at=to_millis(self._endpointer.position),
        )

    def said_so_far(self, recognizer: Recognizer) -> tuple[RecognizedWord, ...]:
        """The words of speech that is still open, as they would be heard now.

        Costs a quick pass, and depends on the sound and the position alone.
        """
        start = self._endpointer.speaking_since
        if start is None:
            return ()
        end = min(self._endpointer.position, Samples(start + LONGEST))
        sound = self._sound.read(start, end)
        hypothesis = recognizer.recognize(sound, kind=PassKind.SO_FAR)
        return self._untold(shifted(hypothesis.words, start))

    def _voiced(self, span: SpeechSpan) -> bool:
        continued = self._seam is not None and self._seam.after != ""
        return truth.enough_voice(span, continued=continued)

    def _decide(
        self, span: SpeechSpan | None, recognizer: Recognizer
    ) -> FinalWords | None:
        if span is None:
            self._forget()
            return None
        heard = _Pass((), None, good_context=False)
        if self._voiced(span):
            if self._early is not None and self._is_early(span, recognizer):
                heard = self._early[2]
            else:
                heard = self._recognize(span, recognizer)
        words = self._untold(heard.words)
        self._seam = None
        if span.ending is Ending.HARD_CUT:
            words, self._seam = seams.divide(words, span.cut)
            self._endpointer.go_on_from(self._seam.at)
        self._early = None
        self._agreement = Agreement()
        self._partial_to = Samples(0)
        self._remember(words, span, good_context=heard.good_context)
        self._forget()
        return FinalWords(words, heard.doubt, heard.vote) if words else None

    def _untold(self, words: tuple[RecognizedWord, ...]) -> tuple[RecognizedWord, ...]:
        """Without the words that are final already."""
        if self._seam is not None:
            words = seams.resume(words, self._seam)
        return tuple(w for w in words if w.start + w.end >= 2 * self._told_until)

    def _recognize(self, span: SpeechSpan, recognizer: Recognizer) -> _Pass:
        previous = self._context(span) if recognizer.carries_context else ""
        first = found = self._recognize_once(span, recognizer, previous)
        while found.words and found.doubt is None:
            heard = truth.before_skip(found.words)
            if not truth.left_out(span, heard[-1].end):
                break
            longer = self._go_on(heard, span, recognizer)
            if longer is None:
                break
            found = longer  # its good words end later: this comes to an end
        return found if len(found.words) > len(first.words) else first

    def _go_on(
        self,
        heard: tuple[RecognizedWord, ...],
        span: SpeechSpan,
        recognizer: Recognizer,
    ) -> _Pass | None:
        """Hear what a pass left out after its last good word; ``None``: nothing."""
        last = heard[-1]
        rest = span.since(Samples(max(span.start, last.end - OVERLAP)))
        more = self._recognize_once(rest, recognizer, "")
        seam = seams.after(heard)
        new = [w for w in seams.resume(more.words, seam) if w.end > last.end]
        words = truth.without_loops((*heard, *new))
        if words[-1].end <= last.end:
            return None
        return replace(more, words=words)

    def _recognize_once(
        self, span: SpeechSpan, recognizer: Recognizer, previous: str
    ) -> _Pass:
        sound = self._sound.read(span.start, span.end)
        best = recognizer.recognize(sound, kind=PassKind.FINAL, previous=previous)
        if truth.silent(best, span):
            return _Pass((), None, good_context=False)
        wrong = truth.misheard(best, span)
        if wrong is not None:
            again = recognizer.recognize(sound, kind=PassKind.RETRY)
            if again.words and again.compression_ratio <= best.compression_ratio:
                best, wrong = again, truth.misheard(again, span)
        doubt = wrong or truth.unsure(best, span)
        words = shifted(truth.without_loops(best.words), span.start)
        good = doubt is None and best.avg_logprob > _CONTEXT_LOGPROB
        vote = _vote(best, span)
        return _Pass(words, doubt, good_context=good, vote=vote)

    def _is_early(self, span: SpeechSpan, recognizer: Recognizer) -> bool:
        if self._early is None:
            return False
        known, by, _ = self._early
        return by is recognizer and known == replace(span, ending=Ending.PAUSE)

    def _context(self, span: SpeechSpan) -> str:
        if span.start - self._previous_end >= CONTEXT_FOR:
            return ""
        return self._previous

    def _remember(
        self,
        words: tuple[RecognizedWord, ...],
        span: SpeechSpan,
        *,
        good_context: bool,
    ) -> None:
        if words:
            good = " ".join(word.text for word in words) if good_context else ""
            self._previous, self._previous_end = good, span.end

    def _forget(self) -> None:
        """Drop the sound that nothing will ask for again."""
        self._sound.drop_before(self.needed_from)


def _vote(heard: Hypothesis, span: SpeechSpan) -> Vote | None:
    if not heard.language:
        return None
    return Vote(heard.language, heard.language_probability, span.voiced)
