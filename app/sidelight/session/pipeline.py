"""The product in one deterministic step: sound in, final words and moments out.

``feed`` and ``direct`` own all state and have no threads, clock, files or windows on
screen. The same sound with the same directives gives the same finals, however the sound
is cut into blocks: everything final is decided on the fixed windows of the voice
detector, by position; sound that fills no window waits. Partials are the exception on
purpose. They are passes worth making only for the newest sound, so they come at most
once a channel per call; no final depends on them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, assert_never

import numpy as np

from sidelight.domain.directives import (
    Directive,
    Finish,
    PartialsOff,
    PartialsOn,
    UseModel,
)
from sidelight.domain.events import Event, UtteranceHeard
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Millis,
    Samples,
    Span,
    to_millis,
    to_samples,
)
from sidelight.domain.transcript import Layout, Partial, Speaker, Utterance, UtteranceId
from sidelight.speech.endpointing import CLIENT, COACH, ROOM, EndpointPolicy
from sidelight.speech.streaming import ChannelStream, FinalWords
from sidelight.speech.vad import PERIOD, WINDOW
from sidelight.speech.words import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sidelight.audio.block import AudioBlock
    from sidelight.domain.events import MomentNoticed, MomentWithdrawn, RequestHeard
    from sidelight.speech.recognizer import Recognizer
    from sidelight.speech.vad import VoiceDetector

TRANSCRIPT: Final = 1
"""Number of the transcript that is made while the sound is heard."""

_REACH: Final = Samples(14 * SAMPLE_RATE)
"""Longer than an utterance can be open: 12 s and its pre-roll."""


class Hearing(Protocol):
    """Who is told each utterance: ``partnering.listener.Listener``."""

    def hear(
        self, utterance: Utterance, at: Millis
    ) -> Sequence[MomentNoticed | MomentWithdrawn | RequestHeard]:
        """What follows from this utterance, in order of decision."""
        ...

    def resume(self, utterances: Sequence[Utterance]) -> None:
        """Know what was said before, without saying anything about it."""
        ...


class Detectors(Protocol):
    """Makes a fresh voice detector for one channel."""

    def __call__(self) -> VoiceDetector:
        """A detector that has heard nothing."""
        ...


def _default_endpoints() -> Mapping[Speaker, EndpointPolicy]:
    return {Speaker.COACH: COACH, Speaker.CLIENT: CLIENT, Speaker.UNKNOWN: ROOM}


@dataclass(frozen=True, slots=True)
class PipelinePolicy:
    """What can be chosen.

    Attributes:
        endpoints: When an utterance of each speaker is over.
        partials: Whether provisional words are produced.
        early: Whose finals are begun in a pause before it is long enough: costs passes
            that are thrown away when speech goes on, saves their time when it does not.
    """

    endpoints: Mapping[Speaker, EndpointPolicy] = field(
        default_factory=_default_endpoints
    )
    partials: bool = True
    early: frozenset[Speaker] = frozenset({Speaker.COACH})


class Pipeline:
    """One session's recognition. Thread: one at a time."""

    def __init__(
        self,
        layout: Layout,
        recognizer: Recognizer,
        vad_factory: Detectors,
        listener: Hearing,
        *,
        policy: PipelinePolicy | None = None,
        open_model: Callable[[str], Recognizer] | None = None,
    ) -> None:
        """Begin at position 0, or where ``resume`` says.

        Args:
            layout: Channels of the sound.
            recognizer: The model to begin with.
            vad_factory: Called once a channel.
            listener: Turns utterances into moments.
            policy: ``None`` for the defaults.
            open_model: Loads the model a ``UseModel`` directive names.
        """
        self._layout = layout
        self._recognizer = recognizer
        self._vad_factory = vad_factory
        self._listener = listener
        self._policy = policy or PipelinePolicy()
        self._open_model = open_model
        self._partials = self._policy.partials
        self._waiting: list[UseModel] = []
        self._received = Samples(0)
        self._number = 0
        self._finished = False
        self._channels = self._fresh_channels(Samples(0), {})

    @property
    def position(self) -> Samples:
        """End of the sound that was fed: where the next block must begin."""
        return self._received

    @property
    def settled(self) -> Samples:
        """A pipeline resumed here, with the finals so far, misses nothing."""
        return min(channel.needed_from for channel in self._channels)

    def resume(self, position: Samples, utterances: Sequence[Utterance]) -> None:
        """Go on where another pipeline stopped; before the first ``feed``.

        Sound between ``position`` and the last finals is heard again; words that are in
        ``utterances`` already are not told twice.

        Args:
            position: A multiple of the voice detector's ``PERIOD``; see
                ``resume_position``. Rounded down to one.
            utterances: All finals so far, in order.
        """
        if self._received or self._finished:
            msg = "the pipeline has already heard sound"
            raise ValueError(msg)
        start = Samples(position - position % PERIOD)
        # Times are stored in whole milliseconds, rounded down.
        told = {u.speaker: to_samples(u.span.end + 1) for u in utterances}
        self._received = start
        self._number = max((u.id.number for u in utterances), default=0)
        self._channels = self._fresh_channels(start, told)
        self._listener.resume(utterances)

    def feed(self, block: AudioBlock) -> list[Event | Partial]:
        """Hear the next sound.

        Returns:
            What was decided, in order of decision, then at most one partial a channel.

        Raises:
            ValueError: The block does not follow on, has other channels, or comes after
                ``Finish``.
        """
        if self._finished or block.start != self._received:
            msg = f"sound at {block.start}, expected at {self._received}"
            raise ValueError(msg)
        if block.channels != len(self._channels):
            msg = f"{block.channels} channels, expected {len(self._channels)}"
            raise ValueError(msg)
        self._received = block.end
        for number, channel in enumerate(self._channels):
            channel.hear(block.samples[:, number])
        result = self._decide()
        result.extend(self._provisional())
        return result

    def direct(self, directive: Directive) -> list[Event | Partial]:
        """Take a directive.

        ``UseModel`` takes effect at the first window that ends after its position, so
        give it before that sound. ``PartialsOff`` and ``PartialsOn`` take effect at
        once: they change no final. ``Finish`` decides everything that is open.

        Raises:
            ValueError: Sound after the directive's position was already decided with
                the other model, or the pipeline is finished, or cannot load models.
            UserError: The model cannot be loaded.
        """
        if self._finished:
            msg = "the pipeline is finished"
            raise ValueError(msg)
        match directive:
            case PartialsOff():
                self._partials = False
            case PartialsOn():
                self._partials = self._policy.partials
            case UseModel():
                self._plan(directive)
            case Finish():
                return self._finish()
            case _:
                assert_never(directive)
        return []

    def _fresh_channels(
        self, start: Samples, told: Mapping[Speaker, Samples]
    ) -> tuple[ChannelStream, ...]:
        return tuple(
            ChannelStream(
                speaker,
                self._policy.endpoints[speaker],
                self._vad_factory(),
                start=start,
                told_until=told.get(speaker, Samples(0)),
            )
            for speaker in self._layout.speakers
        )

    def _plan(self, directive: UseModel) -> None:
        if self._open_model is None:
            msg = "this pipeline cannot change its model"
            raise ValueError(msg)
        decided = to_millis(self._channels[0].position)
        if directive.at < decided or any(w.at > directive.at for w in self._waiting):
            msg = f"a model for {directive.at} comes too late"
            raise ValueError(msg)
        self._waiting.append(directive)

    def _decide(self) -> list[Event | Partial]:
        """Step through every whole window, channel by channel within each."""
        result: list[Event | Partial] = []
        while all(channel.ready for channel in self._channels):
            self._change_model()
            for channel in self._channels:
                words = channel.step(self._recognizer)
                result.extend(self._tell(channel, words))
        return result

    def _change_model(self) -> None:
        """Open the model that the next window is the first to be decided with."""
        end = to_millis(self._channels[0].position + WINDOW)
        while self._waiting and self._waiting[0].at < end:
            assert self._open_model is not None  # noqa: S101 (_plan looked)
            self._recognizer = self._open_model(self._waiting.pop(0).model)

    def _provisional(self) -> list[Partial]:
        found = []
        for channel in self._channels:
            if channel.speaker in self._policy.early:
                channel.begin_early(self._recognizer)
            partial = channel.partial(self._recognizer) if self._partials else None
            if partial is not None:
                found.append(partial)
        return found

    def _finish(self) -> list[Event | Partial]:
        """Fill the last window with silence and end all open speech."""
        rest = -self._received % WINDOW
        for channel in self._channels:
            channel.hear(np.zeros(rest, np.float32))
        result = self._decide()
        for channel in self._channels:
            words = channel.finish(self._received, self._recognizer)
            result.extend(self._tell(channel, words))
        self._finished = True
        return result

    def _tell(self, channel: ChannelStream, final: FinalWords | None) -> list[Event]:
        if final is None:
            return []
        self._number += 1
        words = placed(final.words)
        utterance = Utterance(
            id=UtteranceId(TRANSCRIPT, self._number),
            speaker=channel.speaker,
            span=Span(words[0].span.start, max(word.span.end for word in words)),
            words=words,
            text=" ".join(word.text for word in words),
            doubt=final.doubt,
        )
        at = to_millis(min(channel.position, self._received))
        return [UtteranceHeard(at, utterance), *self._listener.hear(utterance, at)]


def resume_position(decided: Millis) -> Samples:
    """Where a new pipeline begins, from what is stored.

    Args:
        decided: ``at`` of the newest final utterance; 0 when there is none.

    Returns:
        Before the beginning of every utterance that was still open then, and so early
        that the voice detector agrees by then with one that was there from the start.
    """
    wanted = to_samples(decided) - _REACH
    return Samples(max(0, wanted // PERIOD - 1) * PERIOD)
