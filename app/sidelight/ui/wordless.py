"""A story as a session that keeps no words may go on showing it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.domain.story import Found

if TYPE_CHECKING:
    from sidelight.domain.events import WithdrawalCause
    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance


def wordless(story: Story) -> Story:
    """The story without a word that was said: who, when and what kind stay.

    The same rule as ``domain.off_record.without_words``, for what is folded already.
    """
    request = story.request
    return replace(
        story,
        utterances=tuple(map(_unworded, story.utterances)),
        heard=tuple(map(_unworded, story.heard)),
        passages=tuple(
            replace(one, utterance=_unworded(one.utterance), heard=(), as_heard="")
            for one in story.passages
        ),
        moments=tuple(map(_wordless, story.moments)),
        hollow=tuple(map(_wordless, story.hollow)),
        withdrawn=_all_wordless(story.withdrawn),
        found=_found_wordless(story.found),
        noticed=_found_wordless(story.noticed),
        asked=tuple(replace(one, quote="") for one in story.asked),
        decided=story.decided.wordless(),
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


def _found_wordless(found: Found) -> Found:
    return Found(
        tuple(map(_wordless, found.counting)),
        tuple(map(_wordless, found.hollow)),
        _all_wordless(found.withdrawn),
    )


def _unworded(said: Utterance) -> Utterance:
    return replace(said, words=(), text="")


def _wordless(moment: Moment) -> Moment:
    return replace(moment, quote="")
