"""A review over a story that is not followed: it owns the models that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.review.window import ReviewWindow

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.story import Story
    from sidelight.ui.theme.theme import Theme


class StandingReview(ReviewWindow):
    """Not shown yet.

    Args:
        theme: Fonts and colours.
        story: A session that has ended.
        templates: Folder of the coach's note templates; ``None``: only the standard.
        laid_out: See ``ReviewWindow``.
    """

    def __init__(
        self,
        theme: Theme,
        story: Story,
        templates: Path | None = None,
        *,
        laid_out: bool = True,
    ) -> None:
        self._transcript, self._moments = TranscriptModel(), MomentsModel()
        self._fill(story)
        models = self._transcript, self._moments
        super().__init__(theme, story, *models, templates, laid_out=laid_out)
        self._transcript.setParent(self)
        self._moments.setParent(self)

    def tell_anew(self, story: Story) -> None:
        """Something was decided about it since."""
        self._fill(story)
        self.show_story(story)

    def _fill(self, story: Story) -> None:
        self._transcript.show(story.utterances, story.moments)
        self._moments.show(
            story.moments, story.withdrawn, story.hollow, story.confirmed
        )
