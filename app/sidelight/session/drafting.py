"""Drafts the client note from the session's own words, without any cloud.

Every line is a quote of the client; an empty section beats a guess. The cues below are
few and conservative on purpose: a coach adds a missing line in seconds, but a wrong one
costs trust. Nothing here is accepted: that is the coach's act.

In a room the speaker is unknown, and then nothing is drafted but the request: a line
under the wrong name is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import partial, reduce
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final

from sidelight.domain.notes import ClientNote, DraftLine, Section
from sidelight.domain.timeline import Span
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.domain.worked import minutes_worked
from sidelight.session.commitments import asks_what_next, is_promise, only_acknowledges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance

_MOST_PER_SECTION: Final = {
    Section.FOCUS: 1,
    Section.OUTCOME: 2,
    Section.INSIGHTS: 4,
    Section.COMMITMENTS: 6,
}
_CLOSING_SHARE: Final = 0.6
"""Outcomes and commitments are looked for after this share of the session: what a
client promises in the first half is mostly a story about somebody else's deadline."""

_SHORTEST_WORDS: Final = 4
_SHORTEST_INSIGHT: Final = 6
""""I never thought of it" says that something was seen, and not what."""

_TURN_REACH: Final = 2
"""How many sentences after "it isn't …" the "it's …" may stand."""

_BREATH_MS: Final = 4000
"""A longer pause between two sentences makes them two thoughts."""

_WILL: Final = re.compile(r"\b(i'll|i will|i'm going to|i am going to|i'm gonna)\b")
"""What is still to come is no outcome."""

_INSIGHT: Final = re.compile(
    r"\b(i('ve)? (just |only |suddenly )?(realise|realize|realised|realized|noticed?)"
    r"|i (can )?see (now|that now)|i (had|have)n't (seen|thought|noticed|realised"
    r"|realized)|it's not (really )?(about|that|the)\b.*\bit's"
    r"|it isn't (really )?(about|the|that)\b.*\bit's|i('m| am) (noticing|hearing)"
    r"|that's what (it|this) is( really)? about|what i('m| am) really"
    r"|i never (saw|thought|knew|noticed)|it just (struck|hit|occurred to) me"
    r"|maybe the (real|true)|the (real|actual) (thing|question|problem|reason)"
    r"|so it was never|i think what i"
    r"|i (always )?thought (it|this|that) was\b.*\bbut)\b"
)
_DENIED: Final = re.compile(
    r"^(it|that|this|i)('s not| isn't|'m not| is not| am not)\b"
)
_AFFIRMED: Final = re.compile(r"^(it|that|this|i)('s|'m| is| am) (?!not\b)")
_NAMED: Final = re.compile(r"^(?:so |then )?(the|my) ([a-z']+) (?:is|will be|'s) ")
_OUTCOME: Final = re.compile(
    r"\b(i('ve| have) (found|chosen|decided|worked out)"
    r"|i (know|feel|see) (now|clearer|lighter|that i)"
    r"|that('s| is) (what|the (thing|one|answer|sentence)) i (wanted|needed|came for)"
    r"|i came (in|here)|i (got|have) what i (wanted|needed|came for)"
    r"|i'm (taking|leaving with)|what i('m| am) taking)\b"
)


_TITLES: Final = ("Mr.", "Mrs.", "Ms.", "Dr.", "St.")
"""A full stop that ends no sentence."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    plain: str
    span: Span
    utterances: tuple[Utterance, ...]

    @property
    def bare(self) -> str:
        """Its words without what only writing adds."""
        return " ".join(re.findall(r"[\w']+", self.plain))

    def with_next(self, other: _Sentence) -> _Sentence:
        """Both as one quote."""
        return _Sentence(
            f"{self.text} {other.text}",
            f"{self.plain} {other.plain}",
            self.span.hull(other.span),
            tuple(dict.fromkeys((*self.utterances, *other.utterances))),
        )


def draft_client_note(story: Story, started_at: datetime) -> ClientNote:
    """The unchecked draft for this session.

    Args:
        story: The folded session.
        started_at: When it was; the note carries the date only.
    """
    lines: list[DraftLine] = []
    if story.request is not None:
        spoken = [u for u in story.utterances if u.id in story.request.utterance_ids]
        lines.append(
            DraftLine(
                Section.FOCUS,
                story.request.quote,
                spoken[0].speaker if spoken else Speaker.UNKNOWN,
                story.request.span,
                story.request.utterance_ids,
                next((u.doubt for u in spoken if u.doubt), None),
            )
        )
    said = [s for u in _client(story) for s in _sentences(u)]
    late = [s for s in said if s.span.start >= story.position * _CLOSING_SHARE]
    wanted = _content(story.request.quote if story.request else "")
    taken = {line.quote for line in lines}
    for section, chosen in (
        (Section.OUTCOME, list(_outcomes(late, wanted))),
        (Section.INSIGHTS, list(_insights(said))),
        (Section.COMMITMENTS, list(_promises(story, late))),
    ):
        # The latest outcomes and promises are the settled ones.
        fresh = [s for s in chosen if s.text not in taken]
        newest = fresh[-_MOST_PER_SECTION[section] :]
        taken |= {s.text for s in newest}
        lines += [_line(section, s) for s in newest]
    client = story.session.client if story.session else ""
    return ClientNote(started_at, client, minutes_worked(story), tuple(lines))


def _heard(story: Story) -> list[Utterance]:
    """Everybody's, in order of time; an echo is nobody's."""
    said = (u for u in story.utterances if u.doubt is not Doubt.ECHO)
    return sorted(said, key=lambda u: (u.span.start, u.id))


def _client(story: Story) -> Iterator[Utterance]:
    return (u for u in _heard(story) if u.speaker is Speaker.CLIENT)


def _sentences(utterance: Utterance) -> Iterator[_Sentence]:
    """Split at the recogniser's own full stops; each sentence keeps its sound."""
    words = utterance.words
    first = 0
    for i, word in enumerate(words):
        ends = word.text.endswith((".", "?", "!")) and word.text not in _TITLES
        if ends or i == len(words) - 1:
            piece = words[first : i + 1]
            text = " ".join(w.text for w in piece)
            span = Span(piece[0].span.start, piece[-1].span.end)
            yield _Sentence(text, _plain(text), span, (utterance,))
            first = i + 1


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower().replace("\u2019", "'")).strip()


def _content(text: str) -> frozenset[str]:
    """The longer words: enough to see that an answer names what was asked for."""
    return frozenset(re.findall(r"[a-z']{3,}", text.lower()))


def _insights(said: Sequence[_Sentence]) -> Iterator[_Sentence]:
    """Sentences that say something new was seen, and "it isn't …, it's …" turns."""
    taken = 0
    for i, sentence in enumerate(said):
        if i < taken:
            continue
        for reach in range(1, _TURN_REACH + 1):
            if i + reach < len(said) and _turns_round(said[i : i + reach + 1]):
                taken = i + reach + 1
                yield reduce(_Sentence.with_next, said[i:taken])
                break
        else:
            words = len(sentence.plain.split())
            if words >= _SHORTEST_INSIGHT and _INSIGHT.search(sentence.plain):
                yield sentence


def _turns_round(run: Sequence[_Sentence]) -> bool:
    """Denied first, affirmed last, of the same thing and in one breath."""
    denied, affirmed = _DENIED.match(run[0].plain), _AFFIRMED.match(run[-1].plain)
    return (
        denied is not None
        and affirmed is not None
        and denied[1] == affirmed[1]
        and all(b.span.start - a.span.end <= _BREATH_MS for a, b in pairwise(run))
    )


def _promises(story: Story, late: Sequence[_Sentence]) -> Iterator[_Sentence]:
    """What the client says they will do, with what the coach had asked before it."""
    since = story.position * _CLOSING_SHARE / 2  # one who only listened for so long
    coach = [
        turn
        for turn in _heard(story)
        if turn.speaker is Speaker.COACH and turn.span.start >= since
    ]
    settling = [
        (turn.span.start, asks_what_next(turn.text))
        for turn in coach
        if not only_acknowledges(turn.text)
    ]
    starts = [at for at, _ in settling]
    said: set[str] = set()  # who says it again says it no better
    for sentence in late:
        place = bisect_left(starts, sentence.span.start)
        asked = place > 0 and settling[place - 1][1]
        if not _long_enough(sentence) or sentence.bare in said:
            continue
        if is_promise(sentence.text, asked=asked):
            said.add(sentence.bare)
            yield sentence


def _outcomes(late: Sequence[_Sentence], wanted: frozenset[str]) -> Iterator[_Sentence]:
    """The client says what they now have, or names what they asked for.

    An answer to the request is quoted to the end of its utterance, since what follows
    says what it means, or to the first "but", which starts to take it back.
    """
    for i, sentence in enumerate(late):
        plain = sentence.plain
        if plain.endswith("?") or not _long_enough(sentence) or _WILL.search(plain):
            continue
        named = _NAMED.match(plain)
        if named is not None and named[2] in wanted:
            rest = takewhile(partial(_goes_on, sentence), late[i + 1 :])
            yield reduce(_Sentence.with_next, rest, sentence)
        elif _OUTCOME.search(plain):
            yield sentence


def _goes_on(answer: _Sentence, sentence: _Sentence) -> bool:
    same = sentence.utterances == answer.utterances
    return same and not sentence.plain.startswith("but ")


def _long_enough(sentence: _Sentence) -> bool:
    return len(sentence.plain.split()) >= _SHORTEST_WORDS


def _line(section: Section, sentence: _Sentence) -> DraftLine:
    utterances = sentence.utterances
    return DraftLine(
        section,
        sentence.text,
        utterances[0].speaker,
        sentence.span,
        tuple(u.id for u in utterances),
        next((u.doubt for u in utterances if u.doubt), None),
    )
