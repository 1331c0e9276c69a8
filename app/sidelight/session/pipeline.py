"""The product in one deterministic step: sound in, final words and moments out.

``feed`` and ``direct`` own all state and have no threads, clock, files or windows on
screen. The same sound with the same directives gives the same finals, however the sound
is cut into blocks: everything final is decided on the fixed windows of the voice
detector, by position; sound that fills no window waits. Partials are the exception on
purpose. They are passes worth making only for the newest sound, so they come at most
once a channel per call; no final depends on them.

On a call the coach's channel is heard through an ``EchoGuard``, which holds back up to
0.3 s while the client echoes; decisions go by what it has let through.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol, assert_never

import numpy as np

from sidelight.audio.echo import EchoGuard
from sidelight.domain.directives import (
    Directive,
    Finish,
    PartialsOff,
    PartialsOn,
    TranscribeLater,
    UseModel,
)
from sidelight.domain.events import Event, LanguageDecided, UtteranceHeard
from sidelight.domain.passing import Passing
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Millis,
    Samples,
    Span,
    to_millis,
    to_samples,
)
from sidelight.domain.transcript import (
    LIVE_TRANSCRIPT,
    Doubt,
    Layout,
    Partial,
    Speaker,
    Utterance,
    UtteranceId,
    VoicesHeard,
)
from sidelight.session.echoes import EchoAdvice, EchoWords
from sidelight.speech.endpointing import CLIENT, COACH, ROOM, EndpointPolicy
from sidelight.speech.languages import LanguageVote, Polyglot
from sidelight.speech.patience import Patience
from sidelight.speech.short_windows import Comparing
from sidelight.speech.sound import Sound
from sidelight.speech.streaming import ChannelStream, FinalWords
from sidelight.speech.vad import PERIOD, WINDOW
from sidelight.speech.words import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from sidelight.audio.block import AudioBlock
    from sidelight.audio.echo import EchoVerdict
    from sidelight.domain.events import MomentNoticed, MomentWithdrawn, RequestHeard
    from sidelight.domain.known import Known
    from sidelight.domain.moments import MomentArmed
    from sidelight.domain.transcript import Word
    from sidelight.speech.recognizer import Recognizer
    from sidelight.speech.short_windows import Compared
    from sidelight.speech.vad import VoiceDetector

Item = Event | Passing
"""What comes of sound: events are stored, the others pass by."""

_REACH: Final = Samples(14 * SAMPLE_RATE)
"""Longer than an utterance can be open: 12 s and its pre-roll."""

_LEARNING: Final = Samples(10 * SAMPLE_RATE)
"""What a fresh echo guard hears in mid-call before anything new is told: it looks for
the delay after 8 s. Where the client is silent meanwhile it learns nothing, and what it
then lets through is still known by its words."""


class Hearing(Protocol):
    """Who is told each utterance: ``partnering.listener.Listener``."""

    def hear(
        self, utterance: Utterance, at: Millis
    ) -> Sequence[MomentNoticed | MomentWithdrawn | RequestHeard]:
        """What follows from this utterance, in order of decision."""
        ...

    def foresee(self, partial: Partial) -> Sequence[MomentArmed]:
        """What its stable words prepare; changes nothing of what ``hear`` will say."""
        ...

    def resume(self, known: Known) -> None:
        """Know what was said before, without saying anything about it."""
        ...


class Detectors(Protocol):
    """Makes a fresh voice detector for one channel."""

    def __call__(self) -> VoiceDetector:
        """A detector that has heard nothing."""
        ...


class Guard(Protocol):
    """Takes the client off the coach's channel: ``audio.echo.EchoGuard``."""

    def feed(self, block: AudioBlock) -> EchoVerdict:
        """Hear the next sound; what can be told of it, and of what waited."""
        ...

    def finish(self) -> EchoVerdict:
        """What still waited."""
        ...


class Voice(Protocol):
    """One person's voice: ``speech.speakers.CoachVoice``."""

    def is_coach(self, samples: NDArray[np.float32]) -> bool:
        """Whether this utterance is surely theirs."""
        ...


def default_endpoints() -> Mapping[Speaker, EndpointPolicy]:
    """When an utterance of each speaker is over, unless somebody chooses otherwise."""
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
        default_factory=default_endpoints
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
        open_guard: Callable[[Samples], Guard] = EchoGuard,
        coach_voice: Voice | None = None,
    ) -> None:
        """Begin at position 0, or where ``resume`` says.

        Args:
            layout: Channels of the sound.
            recognizer: The model to begin with.
            vad_factory: Called once a channel.
            listener: Turns utterances into moments.
            policy: ``None`` for the defaults.
            open_model: Loads the model a ``UseModel`` directive names.
            open_guard: Makes the guard against echoes from a position on; asked only
                with two channels.
            coach_voice: Where one microphone hears everybody, finals that are surely in
                this voice are the coach's; all others stay unknown.
        """
        self._layout = layout
        self._recognizer = recognizer
        self._vad_factory = vad_factory
        self._listener = listener
        self._policy = policy or PipelinePolicy()
        self._open_model = open_model
        self._partials = self._policy.partials
        self._waiting: list[UseModel] = []
        self._language: str | None = None
        self._vote = LanguageVote()
        self._received = Samples(0)
        self._number = 0
        self._finished = False
        self._open_guard = open_guard
        self._coach_voice = coach_voice if layout is Layout.MONO else None
        self._begin(Samples(0), {})

    @property
    def position(self) -> Samples:
        """End of the sound that was fed: where the next block must begin."""
        return self._received

    @property
    def settled(self) -> Samples:
        """No speech that is still open began before this."""
        return min(channel.needed_from for channel in self._channels)

    def resume(self, position: Samples, known: Known) -> None:
        """Go on where another pipeline stopped; before the first ``feed``.

        Sound between ``position`` and the last finals is heard again; words that are in
        ``known`` already are not told twice.

        Args:
            position: A multiple of the voice detector's ``PERIOD``; see
                ``resume_position``. Rounded down to one.
            known: All finals so far, and what was made of them.
        """
        if self._received or self._finished:
            msg = "the pipeline has already heard sound"
            raise ValueError(msg)
        start = Samples(position - position % PERIOD)
        # Times are stored in whole milliseconds, rounded down.
        told = {
            self._channel_of(u.speaker): to_samples(u.span.end + 1)
            for u in known.utterances
        }
        if start:
            # No speech that was open then had begun before this. What was silenced as
            # an echo must not be told by a guard that knows the room less well.
            settled = Samples(to_samples(known.decided) - _REACH)
            told = {
                speaker: max(settled, told.get(speaker, settled))
                for speaker in self._layout.speakers
            }
        self._begin(start, told)
        if known.language is not None:
            self._speak(known.language)
        self._number = known.last_utterance
        for utterance in known.utterances:
            if utterance.speaker is Speaker.CLIENT:
                self._echo_words.client_said(utterance.words)
        said = tuple(u for u in known.utterances if u.doubt is not Doubt.ECHO)
        for utterance in said:
            self._learn(utterance)
        self._listener.resume(replace(known, utterances=said))

    def feed(self, block: AudioBlock) -> list[Item]:
        """Hear the next sound.

        Returns:
            What was decided, in order of decision; where nothing was, at most one
            partial a channel and what it arms. Then who speaks, where that has changed,
            and once a minute at most that the client echoes.

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
        if self._guard is None:
            self._hear(block.samples)
            return [*self._decide_or_prepare(), *self._who_speaks()]
        self._echo_words.hear(block.samples[:, 0])
        verdict = self._guard.feed(block)
        self._hear(verdict.sound.samples)
        advice = self._advice.after(verdict.echoes, verdict.sound.end)
        return [*self._decide_or_prepare(), *self._who_speaks(), *advice]

    def direct(self, directive: Directive) -> list[Item]:
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
            case TranscribeLater():
                pass  # it will be fed later; nothing else is different
            case Finish():
                return self._finish()
            case _:
                assert_never(directive)
        return []

    def compare(self) -> Compared | None:
        """In spare time: measure whether the model may be given short windows.

        Changes no final. Does nothing while somebody speaks: words come first.
        """
        if any(channel.speaking for channel in self._channels):
            return None
        if not isinstance(self._recognizer, Comparing):
            return None
        return self._recognizer.compare()

    def _begin(self, start: Samples, told: Mapping[Speaker, Samples]) -> None:
        self._received = start
        self._speaking: tuple[Speaker, ...] | None = None
        two = self._layout is Layout.STEREO
        self._guard = self._open_guard(start) if two else None
        self._echo_words = EchoWords(start)
        self._advice = EchoAdvice()
        self._patience = Patience()
        self._sound = Sound(start)  # only where voices are told apart
        self._channels = tuple(
            ChannelStream(
                speaker,
                self._policy.endpoints[speaker],
                self._vad_factory(),
                start=start,
                told_until=told.get(speaker, Samples(0)),
            )
            for speaker in self._layout.speakers
        )

    def _hear(self, samples: NDArray[np.float32]) -> None:
        for number, channel in enumerate(self._channels):
            channel.hear(samples[:, number])
        if self._coach_voice is not None:
            self._sound.append(samples[:, 0])

    def _plan(self, directive: UseModel) -> None:
        if self._open_model is None:
            msg = "this pipeline cannot change its model"
            raise ValueError(msg)
        decided = to_millis(self._channels[0].position)
        if directive.at < decided or any(w.at > directive.at for w in self._waiting):
            msg = f"a model for {directive.at} comes too late"
            raise ValueError(msg)
        self._waiting.append(directive)

    def _decide(self) -> list[Event]:
        """Step through every whole window, channel by channel within each."""
        result: list[Event] = []
        while all(channel.ready for channel in self._channels):
            self._change_model()
            for channel in self._channels:
                words = channel.step(self._recognizer)
                result.extend(self._tell(channel, words))
        self._echo_words.forget_before(self.settled)
        if self._coach_voice is not None:
            # Times of words are rounded down to milliseconds.
            self._sound.drop_before(Samples(self.settled - WINDOW))
        return result

    def _change_model(self) -> None:
        """Open the model that the next window is the first to be decided with."""
        end = to_millis(self._channels[0].position + WINDOW)
        while self._waiting and self._waiting[0].at < end:
            assert self._open_model is not None  # noqa: S101 (_plan looked)
            self._recognizer = self._open_model(self._waiting.pop(0).model)
            if self._language is not None:
                self._speak(self._language)

    def _speak(self, language: str) -> None:
        """Hear this language from now on."""
        self._language = language
        if isinstance(self._recognizer, Polyglot):
            self._recognizer = self._recognizer.in_language(language)

    def _decide_language(self, final: FinalWords, at: Millis) -> list[Event]:
        if self._language is not None or final.vote is None:
            return []
        language = self._vote.hear(final.vote)
        if language is None:
            return []
        self._speak(language)
        return [LanguageDecided(at, language)]

    def _decide_or_prepare(self) -> list[Item]:
        """What is decided goes out at once; passes nobody waits for come another time.

        The sound that a live session brings next is a twentieth of a second away.
        """
        return [*self._decide()] or [*self._provisional()]

    def _provisional(self) -> list[Partial | MomentArmed]:
        early = [c for c in self._channels if c.speaker in self._policy.early]
        for channel in early:
            channel.begin_early(self._recognizer)
        if not self._partials or any(channel.may_be_ending for channel in early):
            return []  # a final may be due while a pass for less would still run
        found: list[Partial | MomentArmed] = []
        for channel in self._channels:
            partial = channel.partial(self._recognizer)
            if partial is not None:
                found += [partial, *self._listener.foresee(partial)]
        return found

    def _who_speaks(self) -> list[VoicesHeard]:
        """Where that has changed since it was told, and at the first sound."""
        speaking = tuple(c.speaker for c in self._channels if c.speaking)
        if speaking == self._speaking:
            return []
        self._speaking = speaking
        return [VoicesHeard(to_millis(self._channels[0].position), speaking)]

    def _finish(self) -> list[Item]:
        """Fill the last window with silence and end all open speech."""
        if self._guard is not None:
            self._hear(self._guard.finish().sound.samples)
        rest = -self._received % WINDOW
        for channel in self._channels:
            channel.hear(np.zeros(rest, np.float32))
        result = self._decide()
        for channel in self._channels:
            words = channel.finish(self._received, self._recognizer)
            result.extend(self._tell(channel, words))
        self._finished = True
        return [*result]

    def _tell(self, channel: ChannelStream, final: FinalWords | None) -> list[Event]:
        if final is None:
            return []
        self._number += 1
        words = placed(final.words)
        span = Span(words[0].span.start, max(word.span.end for word in words))
        echo = self._echoes(channel.speaker, words, span)
        utterance = Utterance(
            id=UtteranceId(LIVE_TRANSCRIPT, self._number),
            speaker=self._speaker(channel.speaker, span),
            span=span,
            words=words,
            text=" ".join(word.text for word in words),
            doubt=Doubt.ECHO if echo else final.doubt,
        )
        at = to_millis(min(channel.position, self._received))
        heard = UtteranceHeard(at, utterance)
        if echo:
            return [heard]
        self._learn(utterance)
        spoken = self._decide_language(final, at)
        return [heard, *spoken, *self._listener.hear(utterance, at)]

    def _learn(self, utterance: Utterance) -> None:
        """How long to wait in the pauses of whoever this was."""
        self._patience.hear(utterance.speaker, utterance.span)
        for channel in self._channels:
            channel.wait_longer(self._patience.more_windows(channel.speaker))

    def _channel_of(self, speaker: Speaker) -> Speaker:
        """The channel that a speaker was heard on."""
        (first, *_) = speakers = self._layout.speakers
        return speaker if speaker in speakers else first

    def _speaker(self, channel: Speaker, span: Span) -> Speaker:
        """Who said it: what the channel says, or the coach's own voice."""
        if self._coach_voice is None:
            return channel
        end = min(to_samples(span.end), self._sound.end)
        sound = self._sound.read(to_samples(span.start), Samples(end))
        return Speaker.COACH if self._coach_voice.is_coach(sound) else channel

    def _echoes(self, speaker: Speaker, words: tuple[Word, ...], span: Span) -> bool:
        """Whether words on the coach's channel are the client's, heard again."""
        if speaker is Speaker.CLIENT:
            self._echo_words.client_said(words)
        if speaker is not Speaker.COACH:
            return False
        (client,) = (c for c in self._channels if c.speaker is Speaker.CLIENT)
        return self._echo_words.is_clients(
            words, span, lambda: placed(client.said_so_far(self._recognizer))
        )


def resume_position(decided: Millis, layout: Layout = Layout.STEREO) -> Samples:
    """Where a new pipeline begins, from what is stored.

    Args:
        decided: ``at`` of the newest final utterance; 0 when there is none.
        layout: Of the session. With two channels it begins earlier, so that the guard
            against echoes knows the room; for one that is only more work.

    Returns:
        Before the beginning of every utterance that was still open then, and so early
        that the voice detector agrees by then with one that was there from the start.
    """
    learning = _LEARNING if layout is Layout.STEREO else 0
    wanted = to_samples(decided) - _REACH - learning
    return Samples(max(0, wanted // PERIOD - 1) * PERIOD)
