"""What is drafted for the reflection note, and what of it the coach accepted.

The same rule as for the client note: a quote waits until it is accepted, and what waits
does not leave. A moment that the coach confirmed, corrected or added in the review is
accepted by that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.notes import Choice, DraftLine, Section, Standing
from sidelight.domain.transcript import Speaker
from sidelight.domain.versions import half_overlaps
from sidelight.domain.wording import NOTHING
from sidelight.session.reflecting import three_moments, words_of
from sidelight.session.showing.places import Places
from sidelight.session.showing.words import saying, spelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.moments import Moment, MomentId
    from sidelight.domain.notes import ReflectionNote
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.domain.wording import Wording

_SECTIONS: Final = {
    Choice.KEEP: Section.KEEP,
    Choice.FORK: Section.FORK,
    Choice.PRACTISE: Section.PRACTISE,
}


@dataclass(frozen=True, slots=True)
class PrivateLine:
    """A drafted line of the reflection note.

    Attributes:
        line: The quote; ``""`` where it is about a stretch of time.
        observed: What happened there, or ``NOTHING``: then the moment says it.
        question: What is asked, or ``NOTHING``.
        moment: The moment it is about, or ``None``.
    """

    line: DraftLine
    observed: Wording = NOTHING
    question: Wording = NOTHING
    moment: Moment | None = None

    @property
    def moment_id(self) -> MomentId | None:
        """Of the moment it is about."""
        return None if self.moment is None else self.moment.id


def private_lines(story: Story) -> tuple[PrivateLine, ...]:
    """All of them, accepted or not, in the order of their sections, then of time.

    Args:
        story: The folded session, looked back on (``session.looking_back``).
    """
    drafted = [*_first(story), *_noticed(story), *_words(story)]
    return tuple(_standing(story, one) for one in drafted)


def only_accepted(note: ReflectionNote, story: Story) -> ReflectionNote:
    """The note without what nobody accepted; it says how much that is.

    Args:
        note: As drafted.
        story: What it was drafted from.
    """
    lines = private_lines(story)
    ok = [one for one in lines if one.line.may_leave]
    spans = {(one.line.section, one.line.span) for one in ok}
    moments = {one.moment_id for one in ok if one.moment} | story.confirmed
    words = {one.line.quote.lower() for one in ok if one.line.section is Section.WORDS}

    def kept(found: tuple[Moment, ...]) -> tuple[Moment, ...]:
        return tuple(moment for moment in found if moment.id in moments)

    talk = note.dialogue
    if talk is not None:
        forks = tuple(replace(one, quote="") for one in talk.forks)
        door = talk.doorway and replace(talk.doorway, quote="")
        asked = tuple(replace(one, quote="") for one in talk.questions)
        begun = tuple(replace(one, quote="") for one in talk.interruptions)
        talk = replace(
            talk, forks=forks, doorway=door, questions=asked, interruptions=begun
        )
    return replace(
        note,
        # Of the three their own words were accepted, not what was answered to them.
        three=tuple(
            replace(one, answer="")
            for one in note.three
            if (_SECTIONS[one.choice], one.span) in spans
        ),
        kinds=tuple(
            replace(
                one,
                moments=kept(one.moments),
                forms=tuple(m.form for m in kept(one.moments) if m.form),
            )
            for one in note.kinds
        ),
        forks=kept(note.forks),
        others=kept(note.others),
        own_words=tuple(word for word in note.own_words if word in words),
        check=kept(note.check),
        dialogue=talk,
        unchecked=len(lines) - len(ok),
    )


def _first(story: Story) -> Iterator[PrivateLine]:
    places = Places(story)
    for chosen in three_moments(story):
        said = places.utterances(chosen.span)
        line = DraftLine(
            _SECTIONS[chosen.choice],
            chosen.quote,
            said[0].speaker if said else Speaker.UNKNOWN,
            chosen.span,
            tuple(u.id for u in said),
            next((u.doubt for u in said if u.doubt), None),
        )
        yield PrivateLine(line, chosen.observation, chosen.question, chosen.moment)


def _noticed(story: Story) -> Iterator[PrivateLine]:
    """Every other moment with words, the process kinds first."""
    shown = {chosen.moment.id for chosen in three_moments(story) if chosen.moment}
    rest = [one for one in story.moments if one.id not in shown and one.quote]
    rest.sort(key=lambda m: (m.kind not in PROCESS_KINDS, m.span.start, m.id))
    doubts = {u.id: u.doubt for u in story.utterances if u.doubt is not None}
    speakers = {u.id: u.speaker for u in story.utterances}
    for moment in rest:
        ids = moment.utterance_ids
        line = DraftLine(
            Section.NOTICED,
            moment.quote,
            speakers.get(ids[-1], Speaker.UNKNOWN) if ids else Speaker.UNKNOWN,
            moment.span,
            ids,
            next((doubts[one] for one in ids if one in doubts), None),
        )
        yield PrivateLine(line, moment=moment)


def _words(story: Story) -> Iterator[PrivateLine]:
    theirs = Places(story).by(Speaker.CLIENT)
    for word in words_of(story):
        said = saying(word, theirs)
        first, quote = said[0], spelt(word, said)
        line = DraftLine(Section.WORDS, quote, first.speaker, first.span, (first.id,))
        yield PrivateLine(line)


def _standing(story: Story, one: PrivateLine) -> PrivateLine:
    accepted = one.moment_id in story.confirmed or any(
        done.section is one.line.section
        and done.quote == one.line.quote
        and _same(done.span, one.line.span)
        for done in story.wrap_up.accepted
    )
    if not accepted:
        return one
    line = replace(one.line, standing=Standing.ACCEPTED, heard=True)
    return replace(one, line=line)


def _same(here: Span, there: Span) -> bool:
    return here == there or half_overlaps(here, there)
