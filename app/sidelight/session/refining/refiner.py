"""One stretch of sound, and what is known of the version so far, to its events.

A function of the two and of nothing else: whether a version was made in one go or in
ten, its events are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.echo import EchoGuard
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import Millis, Samples, Span, to_millis, to_samples
from sidelight.domain.transcript import Doubt, Layout, Speaker, Utterance, UtteranceId
from sidelight.session.echoes import EchoWords
from sidelight.session.pipeline import default_endpoints
from sidelight.session.refining.hearing import ChannelHearing
from sidelight.session.refining.stretches import StretchPolicy
from sidelight.speech.languages import Polyglot
from sidelight.speech.recognizer import PlainRecognizer
from sidelight.speech.vad import WINDOW
from sidelight.speech.words import placed, shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sidelight.domain.events import Event
    from sidelight.domain.known import Known
    from sidelight.domain.transcript import Word
    from sidelight.session.pipeline import Detectors, Guard, Hearing, Voice
    from sidelight.session.refining.stretches import Stretch


class Listeners(Protocol):
    """Makes a listener that has heard nothing, for a version of the transcript."""

    def __call__(self, transcript: int) -> Hearing:
        """See ``partnering.listener.Listener``."""
        ...


@dataclass(frozen=True, slots=True)
class _Said:
    """What one channel said between two pauses.

    Attributes:
        channel: Whose channel it is.
        at: Where in the sound it would have been decided.
        span: From the first to the end of the last word.
        words: With their times in the session.
        doubt: See ``FinalWords``.
    """

    channel: Speaker
    at: Millis
    span: Span
    words: tuple[Word, ...]
    doubt: Doubt | None


class Refiner:
    """Hears stretches of one session. Thread: one at a time.

    Args:
        layout: Channels of the sound.
        recognizer: The model.
        detector: Makes a fresh voice detector.
        listener: Makes a fresh listener.
        open_guard: Makes the guard against echoes; asked only with two channels.
        coach_voice: Where one microphone hears everybody, what is surely in this voice
            is the coach's; all others stay unknown.
        policy: How long a stretch is; ``None``: as usual.

    Attributes:
        model: Name of the model.
        detector: As given.
        policy: How long a stretch is.
    """

    def __init__(
        self,
        layout: Layout,
        recognizer: PlainRecognizer,
        detector: Detectors,
        listener: Listeners,
        *,
        open_guard: Callable[[Samples], Guard] = EchoGuard,
        coach_voice: Voice | None = None,
        policy: StretchPolicy | None = None,
    ) -> None:
        self.policy = policy or StretchPolicy()
        self.model = recognizer.name
        self.detector = detector
        self._layout = layout
        self._recognizer = recognizer
        self._listener = listener
        self._open_guard = open_guard
        self._coach_voice = coach_voice if layout is Layout.MONO else None
        self._endpoints = default_endpoints()

    def hear(
        self,
        stretch: Stretch,
        known: Known,
        transcript: int,
        look_up: Callable[[Millis], None],
    ) -> list[Event]:
        """Utterances of all channels in order of decision, each with its moments.

        Args:
            stretch: The next one.
            known: What was heard of this version before it.
            transcript: Number of the version.
            look_up: Called after each window with about how far it is, and may raise.
        """
        self._speak(known.language)
        heard = self._cleaned(stretch)
        said = self._said(heard, look_up)
        listener = self._listener(transcript)
        trusted = (u for u in known.utterances if u.doubt is not Doubt.ECHO)
        listener.resume(replace(known, utterances=tuple(trusted)))
        echoes = self._echoes(stretch, said)
        events: list[Event] = []
        for number, (one, echo) in enumerate(
            zip(said, echoes, strict=True), start=known.last_utterance + 1
        ):
            utterance = Utterance(
                id=UtteranceId(transcript, number),
                speaker=self._speaker(one, heard),
                span=one.span,
                words=one.words,
                text=" ".join(word.text for word in one.words),
                doubt=Doubt.ECHO if echo else one.doubt,
            )
            events.append(UtteranceHeard(one.at, utterance))
            if not echo:
                events.extend(listener.hear(utterance, one.at))
        return events

    def _speak(self, language: str | None) -> None:
        """Hear what was spoken, where it was decided."""
        if language is None or not isinstance(self._recognizer, Polyglot):
            return
        told = self._recognizer.in_language(language)
        if isinstance(told, PlainRecognizer):
            self._recognizer = told

    def _cleaned(self, stretch: Stretch) -> Stretch:
        """Without the client on the coach's channel."""
        if self._layout is Layout.MONO:
            return stretch
        warm = len(stretch.before)
        guard = self._open_guard(Samples(stretch.start - warm))
        sound = np.concatenate((stretch.before, stretch.samples))
        start = Samples(stretch.start - warm)
        parts = (guard.feed(AudioBlock(start, sound)), guard.finish())
        clean = np.concatenate([part.sound.samples for part in parts])[warm:]
        padded = np.pad(clean[:, 0], (0, -len(clean) % WINDOW))
        likely = stretch.likely.copy()
        likely[:, 0] = self.detector().probabilities(padded)
        return replace(stretch, samples=clean, likely=likely)

    def _said(self, stretch: Stretch, look_up: Callable[[Millis], None]) -> list[_Said]:
        speakers = self._layout.speakers
        length = to_millis(len(stretch.samples))
        found: list[_Said] = []
        for number, channel in enumerate(speakers):
            hearing = ChannelHearing(
                np.ascontiguousarray(stretch.samples[:, number]),
                stretch.likely[:, number],
                self._endpoints[channel],
            )
            before = to_millis(stretch.start) + length * number // len(speakers)
            for final in hearing.utterances(self._recognizer):
                if final is None:
                    look_up(Millis(before))
                    continue
                words = placed(shifted(final.words, stretch.start))
                found.append(self._placed(stretch, channel, words, final.doubt))
        # As the live path would have decided them; channels in their order.
        return sorted(found, key=lambda one: (one.at, speakers.index(one.channel)))

    def _placed(
        self,
        stretch: Stretch,
        channel: Speaker,
        words: tuple[Word, ...],
        doubt: Doubt | None,
    ) -> _Said:
        span = Span(words[0].span.start, max(word.span.end for word in words))
        pause = self._endpoints[channel].end_pause * WINDOW
        at = min(to_millis(stretch.end), span.end + to_millis(pause))
        return _Said(channel, Millis(at), span, words, doubt)

    def _echoes(self, stretch: Stretch, said: Sequence[_Said]) -> list[bool]:
        """Which of these are the client's words in the coach's microphone."""
        if self._layout is Layout.MONO:
            return [False] * len(said)
        net = EchoWords(stretch.start)
        net.hear(stretch.samples[:, 0])
        result = []
        for place, one in enumerate(said):
            if one.channel is Speaker.CLIENT:
                net.client_said(one.words)
                result.append(False)
            else:
                unfinished = partial(_unfinished, one, said[place + 1 :])
                result.append(net.is_clients(one.words, one.span, unfinished))
        return result

    def _speaker(self, said: _Said, stretch: Stretch) -> Speaker:
        if self._coach_voice is None:
            return said.channel
        start, end = (
            max(0, to_samples(at) - stretch.start)
            for at in (said.span.start, said.span.end)
        )
        sound: NDArray[np.float32] = stretch.samples[start:end, 0]
        return Speaker.COACH if self._coach_voice.is_coach(sound) else said.channel


def _unfinished(said: _Said, later: Sequence[_Said]) -> list[Word]:
    """The client's words that had begun when somebody ended, and were not over."""
    return [
        word
        for other in later
        if other.channel is Speaker.CLIENT
        for word in other.words
        if word.span.start < said.span.end
    ]
