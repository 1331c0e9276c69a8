"""A story as a session that keeps no words may go on showing it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.domain.events import MomentAdded
from sidelight.domain.story import Found

if TYPE_CHECKING:
    from sidelight.domain.events import Decision, WithdrawalCause
    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story


def wordless(story: Story) -> Story:
    """The story without a word that was said: who, when and what kind stay.

    The same rule as ``domain.off_record.without_words``, for what is folded already.
    """
    request = story.request
    return replace(
        story,
        utterances=tuple(replace(said, words=(), text="") for said in story.utterances),
        moments=tuple(map(_wordless, story.moments)),
        hollow=tuple(map(_wordless, story.hollow)),
        withdrawn=_all_wordless(story.withdrawn),
        found=Found(
            tuple(map(_wordless, story.found.counting)),
            tuple(map(_wordless, story.found.hollow)),
            _all_wordless(story.found.withdrawn),
        ),
        decided=replace(story.decided, made=tuple(map(_quoteless, story.decided.made))),
        wrap_up=story.wrap_up.wordless(),
        request=None if request is None else replace(request, quote=""),
        clocks=replace(
            story.clocks, moments=tuple(map(_wordless, story.clocks.moments))
        ),
    )


def _all_wordless(
    withdrawn: tuple[tuple[Moment, WithdrawalCause], ...],
) -> tuple[tuple[Moment, WithdrawalCause], ...]:
    return tuple((_wordless(moment), why) for moment, why in withdrawn)


def _quoteless(decision: Decision) -> Decision:
    if isinstance(decision, MomentAdded):
        return replace(decision, moment=_wordless(decision.moment))
    return decision


def _wordless(moment: Moment) -> Moment:
    return replace(moment, quote="")
