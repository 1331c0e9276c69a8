"""Who speaks when: stretches of talk, the turns they make, and where nobody knows.

Everything is in milliseconds and rests on the times of the words. Nothing is said
across a break: where sound is missing, was paused or is off the record, what stands
before it and what stands after it have nothing to do with each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from sidelight.domain.directives import TranscribeLater
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Layout, Speaker
from sidelight.partnering.reading import read
from sidelight.partnering.replies import is_backchannel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance

PAUSE_MS: Final = 500
"""Silence that parts two stretches. People answer each other after 0.2 s (Stivers and
others 2009, ten languages, mean 208 ms), but a word's time may be wrong by that much at
either end: what is shorter than half a second may not have been silent at all."""

BRIEF_MS: Final = 1_000
"""Talk shorter than this may be a sound of listening, whatever its words: at three to
four words a second it holds no more than "right, I see"."""

_LISTENING_WORDS: Final = 8
"""No sound of listening has more, its "um" and "uh" included."""


@dataclass(frozen=True)
class Stretch:
    """One speaker's words without a pause between them.

    Attributes:
        speaker: Coach or client.
        span: From the first to the last of these words.
        utterances: Those they belong to, in order of time.
        text: These words; ``""`` where the session kept none.
    """

    speaker: Speaker
    span: Span
    utterances: tuple[Utterance, ...]
    text: str

    @property
    def doubted(self) -> bool:
        """Whether the recogniser itself doubts any of it: then nothing rests on it."""
        return any(utterance.doubt is not None for utterance in self.utterances)

    @cached_property
    def only_listens(self) -> bool:
        """Whether it sounds like "mm" or "right" (it may still be an answer)."""
        if not self.text:
            return self.span.length < BRIEF_MS
        # Reading is slow, and nobody needs it to see that this is a whole sentence.
        return len(self.text.split()) <= _LISTENING_WORDS and is_backchannel(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether it ends with a question."""
        sentences = read(self.text)
        return bool(sentences) and sentences[-1].asked


@dataclass(frozen=True)
class Turn:
    """What one person says before the other really speaks.

    Attributes:
        stretches: In order, at least one, all of one speaker.
    """

    stretches: tuple[Stretch, ...]

    @property
    def speaker(self) -> Speaker:
        """Whose turn it is."""
        return self.stretches[0].speaker

    @property
    def span(self) -> Span:
        """From the first to the last word, the pauses between them included."""
        return Span(self.stretches[0].span.start, self.stretches[-1].span.end)

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(stretch.text for stretch in self.stretches)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """Those its words belong to, in order of time."""
        said = (one for stretch in self.stretches for one in stretch.utterances)
        return tuple({one.id: one for one in said}.values())


@dataclass(frozen=True)
class Floor:
    """The whole session.

    Attributes:
        position: Where it ended.
        breaks: Where nobody knows what was said; in order, apart from each other.
        stretches: All talk in order of its start.
    """

    position: Millis
    breaks: tuple[Span, ...]
    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, story: Story) -> Floor | None:
        """From a session's fold.

        Returns:
            ``None`` where one microphone heard both: an estimate of who spoke is no
            ground for saying who interrupted whom.
        """
        if story.session is None or story.session.layout is not Layout.STEREO:
            return None
        breaks = tuple(_joined(_missing(story)))
        return cls.heard(story.utterances, story.position, breaks)

    @classmethod
    def heard(
        cls,
        utterances: Sequence[Utterance],
        position: Millis,
        breaks: tuple[Span, ...] = (),
    ) -> Floor:
        """From utterances of two channels.

        Args:
            utterances: In any order.
            position: Where the session ended.
            breaks: In order, apart from each other.
        """
        found = [
            stretch
            for speaker in (Speaker.COACH, Speaker.CLIENT)
            for stretch in _stretches(utterances, speaker, breaks)
        ]
        found.sort(key=lambda one: (one.span, one.speaker))
        return cls(position, breaks, tuple(found))

    @cached_property
    def listening(self) -> frozenset[int]:
        """Places in ``stretches`` that only say "I am listening".

        "Yes" after a question is an answer, and takes the turn; the client's "okay"
        after words of her own goes on with hers.
        """
        found = set()
        newest: Stretch | None = None
        for place, stretch in enumerate(self.stretches):
            if stretch.only_listens and not _takes_the_floor(stretch, newest):
                found.add(place)
            elif newest is None or stretch.span.end >= newest.span.end:
                newest = stretch
        return frozenset(found)

    @cached_property
    def talk(self) -> tuple[Stretch, ...]:
        """The stretches that are more than a sound of listening, in order."""
        return tuple(
            stretch
            for place, stretch in enumerate(self.stretches)
            if place not in self.listening
        )

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """In order of their start, without sounds of listening. A break ends one."""
        found: list[Turn] = []
        run: list[Stretch] = []
        for stretch in self.talk:
            if run and not self._same_turn(run[-1], stretch):
                found.append(Turn(tuple(run)))
                run = []
            run.append(stretch)
        return (*found, Turn(tuple(run))) if run else ()

    def _same_turn(self, before: Stretch, after: Stretch) -> bool:
        between = Span(before.span.end, max(before.span.end, after.span.start))
        return before.speaker is after.speaker and self.knows(between)

    def knows(self, span: Span) -> bool:
        """Whether everything in this span was heard, its two ends included."""
        return not any(
            gone.start <= span.end and span.start <= gone.end for gone in self.breaks
        )


def _takes_the_floor(brief: Stretch, newest: Stretch | None) -> bool:
    """Whether something that sounds like listening is more, after what was said."""
    if newest is None:
        return False
    if newest.speaker is brief.speaker:
        return brief.speaker is Speaker.CLIENT
    return brief.span.start >= newest.span.end and newest.asks


def _missing(story: Story) -> Iterator[Span]:
    """Where sound or words are not there, in any order."""
    yield from (gap.span for gap in story.gaps)
    yield from story.clocks.pauses
    yield from story.off_record
    if story.clocks.paused_at is not None:
        yield _until_end(story.clocks.paused_at, story)
    for directive in story.directives:
        heard = (said.span.end for said in story.utterances)
        if isinstance(directive, TranscribeLater) and max(heard, default=0) <= (
            directive.at
        ):
            yield _until_end(directive.at, story)


def _until_end(start: Millis, story: Story) -> Span:
    return Span(start, max(start, story.position))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The same time as spans that are in order and do not touch."""
    current: Span | None = None
    for span in sorted(spans):
        if current is not None and span.start <= current.end:
            current = current.hull(span)
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current


def _without(span: Span, breaks: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span outside the breaks, in order."""
    start = span.start
    for gone in breaks:
        if gone.end <= start or span.end <= gone.start:
            continue
        if start < gone.start:
            yield Span(start, gone.start)
        start = gone.end
    if start < span.end:
        yield Span(start, span.end)


class _Spoken(NamedTuple):
    """A word; all of an utterance where its words are not kept."""

    span: Span
    text: str
    utterance: Utterance


def _words(utterance: Utterance, breaks: Sequence[Span]) -> Iterator[_Spoken]:
    near = [gone for gone in breaks if gone.overlaps(utterance.span)]
    for word in utterance.words:
        parts = _without(word.span, near) if near else (word.span,)
        for place, part in enumerate(parts):
            yield _Spoken(part, "" if place else word.text, utterance)
    if not utterance.words:
        for part in _without(utterance.span, near):
            yield _Spoken(part, "", utterance)


def _stretches(
    utterances: Iterable[Utterance], speaker: Speaker, breaks: Sequence[Span]
) -> Iterator[Stretch]:
    # An echo is nobody's talk: its words are the client's, and stand there already.
    mine = sorted(
        (u for u in utterances if u.speaker is speaker and u.doubt is not Doubt.ECHO),
        key=lambda said: (said.span, said.id),
    )
    spoken = [word for utterance in mine for word in _words(utterance, breaks)]
    spoken.sort(key=lambda word: word.span)
    run: list[_Spoken] = []
    end = 0
    for word in spoken:
        start = word.span.start
        parted = any(end <= gone.start and gone.end <= start for gone in breaks)
        if run and (parted or start - end >= PAUSE_MS):
            yield _stretch(run)
            run = []
        run.append(word)
        end = max(end, word.span.end)
    if run:
        yield _stretch(run)


def _stretch(run: Sequence[_Spoken]) -> Stretch:
    utterances = tuple({word.utterance.id: word.utterance for word in run}.values())
    end = max(word.span.end for word in run)
    return Stretch(
        utterances[0].speaker,
        Span(run[0].span.start, end),
        utterances,
        " ".join(word.text for word in run if word.text),
    )
