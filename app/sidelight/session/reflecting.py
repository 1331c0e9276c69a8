"""Drafts the coach's reflection note: three moments first, then everything else.

Observations, each with its evidence and an open question; never a score, never a
verdict. What counts as a fork and why a stretch is shown is in ``COACHING`` terms: the
client gets a say in how the conversation runs, or somebody decided for them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sidelight.domain.cues import reasons
from sidelight.domain.moments import (
    DIRECTION,
    ON_TRACK,
    PROCESS_KINDS,
    SUPPORT,
    TOOK_BACK,
    Form,
)
from sidelight.domain.notes import (
    Choice,
    ChosenMoment,
    CueSummary,
    KindSummary,
    ReflectionNote,
)
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import LIVE_TRANSCRIPT, Doubt, Speaker
from sidelight.domain.wording import worded
from sidelight.partnering.dialogue.measuring import measure
from sidelight.partnering.language import is_understood
from sidelight.session.drafting import minutes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance, UtteranceId
    from sidelight.domain.wording import Wording

_TOOK_CHOICE: Final = "took_choice"
_SHORT_STRETCH_MS: Final = 120_000
"""A stretch without partnering shorter than this is nothing to look at."""

SHORTEST_MS: Final = 300_000
"""Of a shorter session nothing is worth three moments."""

_MINUTE_MS: Final = 60_000
_TURN_MS: Final = 1_000
_WAITED_MS: Final = 30_000
"""A pause so close before a question about how to go on was waited for, not missed."""

_WORD: Final = re.compile(r"\b[^\W\d_]{4,}\b(?!['\u2019])")
"""A whole one: half of "couldn't" is nobody's."""

_OWN_WORD_TIMES: Final = 3
_OWN_WORDS: Final = 6
# A word list reads best as text.
_COMMON: Final = frozenset(
    """
    about actually again also always another anything around back because been
    before being came come could didn does doesn doing done down each even ever
    every everything feel from gets give goes going gone good have having here
    himself into isn itself just keep kind know last like little long made make
    maybe mean more most much must need never next nothing only other over part
    really right said same says should some somebody something still such sure take
    talk tell than that them then there these they thing things think this those
    though thought three time told took truth turn until upon very want wanted wasn
    week well went were what when where which while will with without words would
    yeah year years your
    """.split()  # noqa: SIM905
)
_ASK_TO_KEEP: Final = {
    SUPPORT: worded("What told you to ask that just then?"),
    DIRECTION: worded("What made it easy to leave the choice there?"),
    ON_TRACK: worded("What did the answer change in what came next?"),
}


def draft_reflection(story: Story, started_at: datetime) -> ReflectionNote:
    """The reflection note of this session.

    Args:
        story: The folded session.
        started_at: When it was; the note carries the date only.
    """
    spoken, process = _spoken(story), _process(story)
    longest = _longest_stretch(process, story)
    doubted = {u.id for u in spoken if u.doubt is not None}
    return ReflectionNote(
        started_at=started_at,
        client=story.session.client if story.session else "",
        minutes=minutes(story.position),
        three=tuple(_three(process, story, spoken, longest)),
        kinds=tuple(_summaries(process)),
        longest=longest,
        forks=tuple(_forks(story)),
        others=tuple(_others(story)),
        own_words=_own_words(spoken),
        check=tuple(m for m in process if doubted.intersection(m.utterance_ids)),
        dialogue=measure(story),
        cues=_cues(story),
        own=story.wrap_up.note,
    )


def three_moments(story: Story) -> tuple[ChosenMoment, ...]:
    """What to look at first; fewer where there is less to see, none unheard."""
    process = _process(story)
    longest = _longest_stretch(process, story)
    return tuple(_three(process, story, _spoken(story), longest))


def longest_stretch(story: Story) -> Span | None:
    """The longest active time without partnering, where it is worth looking at."""
    return _longest_stretch(_process(story), story)


def words_of(story: Story) -> tuple[str, ...]:
    """Words the client came back to, in their order of first use."""
    return _own_words(_spoken(story))


def _spoken(story: Story) -> list[Utterance]:
    # An echo is nobody's turn: its words are the client's, and stand there already.
    said = (u for u in story.utterances if u.doubt is not Doubt.ECHO)
    return sorted(said, key=lambda u: (u.span.start, u.id))


def _process(story: Story) -> list[Moment]:
    found = (m for m in story.moments if m.kind in PROCESS_KINDS)
    return sorted(found, key=lambda m: (m.span.end, m.id))


def _cues(story: Story) -> CueSummary | None:
    if not (story.cues or story.held):
        return None
    held = reasons(one.because for one in story.held)
    return CueSummary(len(story.cues), tuple(held))


def _three(
    process: Sequence[Moment],
    story: Story,
    spoken: Sequence[Utterance],
    longest: Span | None,
) -> Iterator[ChosenMoment]:
    """One to keep, one fork, one stretch; each only where there is evidence."""
    if not spoken or story.position < SHORTEST_MS:
        return
    speakers = {said.id: said.speaker for said in story.utterances}
    live = _as_heard(story)

    def whose(moment: Moment) -> Speaker:
        ids = moment.utterance_ids
        return speakers.get(ids[0], Speaker.UNKNOWN) if ids else Speaker.UNKNOWN

    keep = max(
        (m for m in process if m.form is not Form.NARROW),
        key=lambda m: (_answer(m, spoken).length, -m.span.end),
        default=None,
    )
    if keep is not None:
        answer = _first_answer(keep, spoken)
        yield ChosenMoment(
            Choice.KEEP,
            keep.span,
            keep.quote,
            whose(keep),
            worded("You handed this over."),
            _ASK_TO_KEEP[keep.kind],
            keep,
            answer.text if answer else "",
            as_heard=bool(live.intersection(keep.utterance_ids)),
        )
    fork = next(iter(_forks_by_weight(story)), None)
    if fork is not None:
        yield ChosenMoment(
            Choice.FORK,
            fork.span,
            fork.quote,
            whose(fork),
            *_about(fork),
            fork,
            as_heard=bool(live.intersection(fork.utterance_ids)),
        )
    # In a language that nobody understood, nothing is known to have been left out.
    if longest is not None and is_understood(story.language):
        doorway = _doorway(longest, spoken, asked=longest.end < story.position)
        quote = doorway.text if doorway and doorway.doubt is None else ""
        went_by = longest.length // _MINUTE_MS  # as the timeline says it
        yield ChosenMoment(
            Choice.PRACTISE,
            doorway.span if doorway else longest,
            quote,
            doorway.speaker if doorway else Speaker.UNKNOWN,
            worded(
                "{n} minutes without a question about how to go on. The longest pause "
                "in them came after these words.",
                n=went_by,
            )
            if quote
            else worded(
                "{n} minutes without a question about how to go on.", n=went_by
            ),
            worded("What was happening there? What did you choose to leave alone?"),
            as_heard=bool(doorway and doorway.id in live),
        )


def _about(fork: Moment) -> tuple[Wording, Wording]:
    """Observation and question of a fork."""
    if fork.kind == TOOK_BACK:
        return (
            worded("You asked where to go, and the same turn answered it."),
            worded("What might have come if the question had stayed open?"),
        )
    if fork.kind == _TOOK_CHOICE:
        return (
            worded("The client named two ways, and you chose."),
            worded("What else was possible?"),
        )
    return (
        worded("Two ways were offered."),
        worded("What else might the client have chosen?"),
    )


def _forks(story: Story) -> Iterator[Moment]:
    kinds = (TOOK_BACK, _TOOK_CHOICE)
    found = [m for m in story.moments if m.kind in kinds or m.form is Form.NARROW]
    return iter(sorted(found, key=lambda m: (m.span.start, m.id)))


def _forks_by_weight(story: Story) -> list[Moment]:
    order = {TOOK_BACK: 0, _TOOK_CHOICE: 1}
    return sorted(_forks(story), key=lambda m: (order.get(m.kind, 2), m.span.start))


def _others(story: Story) -> list[Moment]:
    forks = set(_forks(story))
    rest = [m for m in story.moments if m.kind not in PROCESS_KINDS and m not in forks]
    return sorted(rest, key=lambda m: (m.span.start, m.id))


def _summaries(process: Sequence[Moment]) -> Iterator[KindSummary]:
    for kind in PROCESS_KINDS:
        mine = tuple(m for m in process if m.kind == kind)
        yield KindSummary(kind, mine, tuple(m.form for m in mine if m.form))


def _answer(moment: Moment, spoken: Sequence[Utterance]) -> Span:
    """The client's speech between this hand-over and the coach's next real turn."""
    start = end = moment.span.end
    for utterance in spoken:
        if utterance.span.start < moment.span.end:
            continue
        if utterance.speaker is Speaker.COACH and _is_turn(utterance):
            break
        if utterance.speaker is not Speaker.COACH:
            end = max(end, utterance.span.end)
    return Span(start, end)


def _first_answer(moment: Moment, spoken: Sequence[Utterance]) -> Utterance | None:
    """The client's next words, where they are certain and known to be theirs."""
    room = _answer(moment, spoken)
    for said in spoken:
        inside = room.start <= said.span.start < room.end
        if inside and said.speaker is Speaker.CLIENT and said.text:
            return said if said.doubt is None else None
    return None


def _as_heard(story: Story) -> set[UtteranceId]:
    """Utterances whose words nobody has gone over since they were heard live."""
    if story.transcript != LIVE_TRANSCRIPT:
        return set()
    heard = {said.id: said.text for said in story.heard}
    return {one.id for one in story.utterances if heard.get(one.id) == one.text}


def _is_turn(utterance: Utterance) -> bool:
    """More than a backchannel ("mm", "right"); without words its length tells."""
    if not utterance.words:
        return utterance.span.length >= _TURN_MS
    return len(utterance.words) > 1


def _longest_stretch(process: Sequence[Moment], story: Story) -> Span | None:
    """The longest active time between two hand-overs, start and end included."""
    edges = [Millis(0), *(m.span.end for m in process), story.position]
    stretches = [Span(a, max(a, b)) for a, b in pairwise(edges)]
    longest = max(stretches, key=story.clocks.active)
    return longest if story.clocks.active(longest) >= _SHORT_STRETCH_MS else None


def _doorway(
    stretch: Span, spoken: Sequence[Utterance], *, asked: bool
) -> Utterance | None:
    """The client's utterance before the longest pause inside the stretch.

    Args:
        stretch: Between two hand-overs, or to the end of the session.
        spoken: In order of time.
        asked: Whether a hand-over ends it.
    """
    until = stretch.end - _WAITED_MS if asked else stretch.end
    inside = [u for u in spoken if stretch.overlaps(u.span)]
    pauses = [
        (after.span.start - before.span.end, before)
        for before, after in pairwise(inside)
        if before.speaker is not Speaker.COACH and after.span.start < until
    ]
    return max(pauses, key=lambda p: p[0])[1] if pauses else None


def _own_words(spoken: Sequence[Utterance]) -> tuple[str, ...]:
    """Words the client came back to; their language, worth using."""
    words = [
        word
        for u in spoken
        if u.speaker is Speaker.CLIENT and u.doubt is None
        for word in _WORD.findall(u.text.lower())
        if word not in _COMMON
    ]
    counts = Counter(words)
    often = [w for w in dict.fromkeys(words) if counts[w] >= _OWN_WORD_TIMES]
    most = sorted(often, key=lambda w: -counts[w])[:_OWN_WORDS]
    return tuple(w for w in often if w in most)
