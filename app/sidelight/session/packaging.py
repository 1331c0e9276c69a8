"""Makes an export package from a session: range cut, notes drafted, names replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sidelight.domain.doubtful import quotable, quotable_dialogue
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker
from sidelight.domain.worked import minutes_worked
from sidelight.export.package import Package
from sidelight.export.redaction import Instead, Names, Redaction
from sidelight.partnering.kinds import KINDS
from sidelight.session.looking_back import look_back
from sidelight.session.private_lines import only_accepted
from sidelight.session.reflecting import draft_reflection
from sidelight.session.wrapping_up import settled_note

if TYPE_CHECKING:
    from datetime import datetime

    from sidelight.domain.notes import ReflectionNote
    from sidelight.domain.story import Story


@dataclass(frozen=True, slots=True)
class PackageChoices:
    """What the coach chose for an export.

    Attributes:
        names: How the client appears.
        span: Only what overlaps this stretch, or everything.
        accept_drafts: The demo alone accepts its own drafted lines.
        consent: What the record has of the client's consent, for people; or ``""``.
        others: What stands instead of other people's names.
    """

    names: Names = Names.FIRST
    span: Span | None = None
    accept_drafts: bool = False
    consent: str = ""
    others: tuple[Instead, ...] = ()


def package(story: Story, choices: PackageChoices) -> Package:
    """The package that every exporter renders.

    Raises:
        UserError: The session never began, so there is nothing to export.
    """
    session = story.session
    if session is None:
        message = "This session has no beginning, so there is nothing to export."
        raise UserError(message, "Choose another session (sidelight sessions list).")
    whole = look_back(story)
    cut = whole if choices.span is None else _cut(whole, choices.span)
    # A part of a session is told as of the whole one.
    minutes = minutes_worked(whole)
    note = replace(settled_note(cut, session.started_at), minutes=minutes)
    if choices.accept_drafts:
        note = note.accept_all_for_demo()
    told = quotable(cut)
    redaction = Redaction(session.client, choices.names, choices.others)
    reflection = redaction.reflection(_reflection(told, session.started_at, choices))
    return Package(
        redaction.story(told),
        redaction.client_note(note),
        replace(reflection, minutes=minutes),
        {kind.id: kind.title for kind in KINDS},
        {
            Speaker.COACH.value: "Coach",
            Speaker.CLIENT.value: redaction.client,
            Speaker.UNKNOWN.value: "Speaker",
        },
        choices.span,
        redaction.text(choices.consent),
        frozenset(cut.reworded),
    )


def _reflection(
    story: Story, started_at: datetime, choices: PackageChoices
) -> ReflectionNote:
    note = draft_reflection(story, started_at)
    if not choices.accept_drafts:
        note = only_accepted(note, story)
    if note.dialogue is None:
        return note
    return replace(note, dialogue=quotable_dialogue(note.dialogue, story))


def _cut(story: Story, span: Span) -> Story:
    """Only what overlaps the span; times stay those of the whole session."""
    request = story.request
    return replace(
        story,
        position=Millis(min(story.position, span.end)),
        utterances=tuple(u for u in story.utterances if span.overlaps(u.span)),
        passages=tuple(p for p in story.passages if span.overlaps(p.utterance.span)),
        moments=tuple(m for m in story.moments if span.overlaps(m.span)),
        hollow=tuple(m for m in story.hollow if span.overlaps(m.span)),
        withdrawn=tuple(w for w in story.withdrawn if span.overlaps(w[0].span)),
        request=request if request and span.overlaps(request.span) else None,
        marks=tuple(m for m in story.marks if span.contains(m.at)),
        gaps=tuple(g for g in story.gaps if span.overlaps(g.span)),
        wrap_up=story.wrap_up.within(span),
    )
