"""A review over a story that is not followed: it owns the models that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.review.window import ReviewWindow

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.ui.theme.theme import Theme


def review_of(theme: Theme, story: Story) -> ReviewWindow:
    """The window, not shown yet.

    Args:
        theme: Fonts and colours.
        story: A session that has ended.
    """
    transcript, moments = TranscriptModel(), MomentsModel()
    transcript.show(story.utterances, story.moments)
    moments.show(story.moments, story.withdrawn)
    window = ReviewWindow(theme, story, transcript, moments)
    transcript.setParent(window)
    moments.setParent(window)
    return window
