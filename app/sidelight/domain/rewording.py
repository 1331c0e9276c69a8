"""What the transcript shows once the coach decided about its words: a fold.

What was heard is never touched. A decision names a place in the sound, and is about the
passages that lie there once the decisions before it are applied; so it follows to
another version of the transcript, where the same was heard in other pieces. One that
finds nothing there does nothing. Where the pieces differ, an edit replaces the words
whose middle lies in its place, a speaker is given to passages at least half in it, and
a passage is split where the sound was cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.domain.aligning import aligned, middle
from sidelight.domain.events import (
    AboutWords,
    PassagesMerged,
    PassageSplit,
    SpeakerChanged,
    WordsEdited,
)
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Place, Speaker, UtteranceId
from sidelight.domain.versions import half_overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidelight.domain.transcript import Utterance, Word

_EDGE_MS: Final = 500
"""Two passages that begin and end so close to each other are the same, heard twice."""

_BOTH: Final = 2
"""Passages that a merge needs, and milliseconds that can be divided."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One row of the transcript: an utterance, or what the coach made of some.

    Attributes:
        utterance: As it is shown; without text where the coach says there was none.
        channel: Whose channel heard it.
        heard: Its words as they were heard.
        as_heard: The same, joined.
        names: Every number that it has had, as a whole or in part.
    """

    utterance: Utterance
    channel: Speaker
    heard: tuple[Word, ...]
    as_heard: str
    names: frozenset[UtteranceId]

    @classmethod
    def of(cls, utterance: Utterance) -> Passage:
        """As it was heard."""
        return cls(
            utterance,
            utterance.speaker,
            utterance.words,
            utterance.text,
            frozenset((utterance.id,)),
        )

    @property
    def place(self) -> Place:
        """What a decision about it names."""
        return Place(self.utterance.span, self.channel)

    @property
    def reworded(self) -> bool:
        """Whether it says something else than was heard."""
        return self.utterance.text != self.as_heard

    @property
    def given(self) -> bool:
        """Whether the coach says that somebody else spoke."""
        return self.utterance.speaker is not self.channel

    @property
    def emptied(self) -> bool:
        """Whether the coach says that nothing was said."""
        return self.reworded and not self.utterance.text


def passages(
    heard: Iterable[Utterance], decisions: Iterable[AboutWords]
) -> tuple[Passage, ...]:
    """What is shown of what was heard, in its order; emptied passages included.

    Args:
        heard: Of one version of the transcript.
        decisions: That hold, in order.
    """
    shown = [Passage.of(utterance) for utterance in heard]
    for decision in decisions:
        match decision:
            case WordsEdited():
                _edit(shown, decision)
            case PassagesMerged():
                _merge(shown, decision)
            case PassageSplit():
                _split(shown, decision)
            case SpeakerChanged():
                _give(shown, decision)
            case _:
                assert_never(decision)
    return tuple(shown)


def cut_at(utterance: Utterance, words: int) -> Millis:
    """Where in the sound the words after the first so many begin; inside its span.

    Args:
        utterance: At least two milliseconds long.
        words: At least one, and not all.
    """
    before, after = utterance.words[words - 1].span, utterance.words[words].span
    return _inside(utterance.span, (before.end + after.start) // 2)


def _edit(shown: list[Passage], decision: WordsEdited) -> None:
    targets = _words_at(shown, decision.place)
    if not targets:
        return
    old = [shown[at].utterance.words[word] for at, words in targets for word in words]
    within = _hull([shown[at] for at, _ in targets])
    fresh = aligned(old, decision.text, within)
    # The words go where most of the place lies; others only lose theirs.
    main = max(targets, key=lambda one: _shared(shown[one[0]], decision.place))[0]
    for at, words in targets:
        said = shown[at].utterance
        first = min(words, default=0)
        kept = [
            word for number, word in enumerate(said.words) if number not in set(words)
        ]
        if at == main:
            kept[first:first] = fresh
        whole = len(words) == len(said.words)
        text = " ".join(word.text for word in kept)
        said = replace(
            said, words=tuple(kept), text=text, doubt=None if whole else said.doubt
        )
        shown[at] = replace(shown[at], utterance=said)


def _merge(shown: list[Passage], decision: PassagesMerged) -> None:
    found = {*_at(shown, decision.first), *_at(shown, decision.second)}
    order = sorted(found, key=lambda at: (shown[at].utterance.span.start, at))
    parts = [shown[at] for at in order]
    if len(parts) < _BOTH or len({one.utterance.speaker for one in parts}) != 1:
        return
    said = [one.utterance for one in parts]
    first = said[0]
    doubt = next((one.doubt for one in said if one.doubt is not None), None)
    texts = filter(None, (one.text for one in said))
    words = tuple(word for one in said for word in one.words)
    merged = replace(
        first, span=_hull(parts), words=words, text=" ".join(texts), doubt=doubt
    )
    shown[order[0]] = Passage(
        merged,
        parts[0].channel,
        tuple(word for one in parts for word in one.heard),
        " ".join(filter(None, (one.as_heard for one in parts))),
        frozenset().union(*(one.names for one in parts)),
    )
    for at in sorted(order[1:], reverse=True):
        del shown[at]


def _split(shown: list[Passage], decision: PassageSplit) -> None:
    for at in _at(shown, decision.place):
        one = shown[at]
        said = one.utterance
        same = len(said.words) == decision.of and at == _same(shown, decision.place)
        count = decision.words if same else _before(said.words, decision.cut)
        if not 0 < count < len(said.words) or said.span.length < _BOTH:
            continue
        border = _inside(said.span, decision.cut)
        untouched = one.heard == said.words
        heard = count if untouched else _before(one.heard, border)
        number = UtteranceId(said.id.transcript, -decision.decision)
        shown[at : at + 1] = [
            _part(one, Span(said.span.start, border), slice(count), slice(heard)),
            _part(
                replace(
                    one,
                    utterance=replace(said, id=number),
                    names=one.names | {number},
                ),
                Span(border, said.span.end),
                slice(count, None),
                slice(heard, None),
            ),
        ]
        return


def _part(one: Passage, span: Span, words: slice, heard: slice) -> Passage:
    shown, before = one.utterance.words[words], one.heard[heard]
    text = " ".join(word.text for word in shown)
    as_heard = " ".join(word.text for word in before)
    said = replace(one.utterance, span=span, words=shown, text=text)
    return replace(one, utterance=said, heard=before, as_heard=as_heard)


def _give(shown: list[Passage], decision: SpeakerChanged) -> None:
    for at in _at(shown, decision.place):
        said = shown[at].utterance
        # Whose voice it is was the doubt, and now it is said.
        doubt = None if said.doubt is Doubt.ECHO else said.doubt
        said = replace(said, speaker=decision.speaker, doubt=doubt)
        shown[at] = replace(shown[at], utterance=said)


def _at(shown: Sequence[Passage], place: Place) -> list[int]:
    """The passages that are there: the same, or those at least half inside."""
    same = _same(shown, place)
    if same is not None:
        return [same]
    heard = [at for at, one in enumerate(shown) if _hears(one, place)]
    inside = [at for at in heard if half_overlaps(shown[at].utterance.span, place.span)]
    # One that goes far beyond it holds all of it.
    around = [at for at in heard if half_overlaps(place.span, shown[at].utterance.span)]
    return inside or around


def _words_at(
    shown: Sequence[Passage], place: Place
) -> list[tuple[int, Sequence[int]]]:
    """The words that are there: numbers of passages, and of words within each."""
    found: list[tuple[int, Sequence[int]]] = []
    same = _same(shown, place)
    if same is not None and shown[same].utterance.span == place.span:
        return [(same, range(len(shown[same].utterance.words)))]
    for at, one in enumerate(shown):
        words = one.utterance.words
        if at == same:
            found.append((at, range(len(words))))
        elif _hears(one, place):
            inside = [
                number
                for number, word in enumerate(words)
                if place.span.contains(middle(word))
            ]
            if inside:
                found.append((at, inside))
    return found


def _same(shown: Sequence[Passage], place: Place) -> int | None:
    """The passage that a place is of: where both edges are nearest, and near."""
    near = [
        (edges, at)
        for at, one in enumerate(shown)
        if _hears(one, place)
        and max(edges := _apart(one.utterance.span, place.span)) <= _EDGE_MS
    ]
    return min(near, key=lambda one: (sum(one[0]), one[1]))[1] if near else None


def _apart(span: Span, other: Span) -> tuple[int, int]:
    return abs(span.start - other.start), abs(span.end - other.end)


def _hears(one: Passage, place: Place) -> bool:
    """Whether it may be about this passage; one microphone hears everybody."""
    alike = one.channel is place.channel or Speaker.UNKNOWN in (
        one.channel,
        place.channel,
    )
    return alike and place.span.touches(one.utterance.span)


def _shared(one: Passage, place: Place) -> int:
    return one.utterance.span.overlap(place.span)


def _hull(parts: Sequence[Passage]) -> Span:
    span = parts[0].utterance.span
    for one in parts[1:]:
        span = span.hull(one.utterance.span)
    return span


def _before(words: Sequence[Word], cut: Millis) -> int:
    return sum(middle(word) < cut for word in words)


def _inside(span: Span, at: int) -> Millis:
    return Millis(min(max(at, span.start + 1), span.end - 1))
