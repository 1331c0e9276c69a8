"""Draws the moments of a timeline: as few pictures as can be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF

from sidelight.ui.widgets.kind_mark import MARK, mark_pixmap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QPainter, QPixmap

    from sidelight.domain.moments import Form, Moment
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Millis
    from sidelight.ui.review.lanes import Lanes
    from sidelight.ui.review.viewport import Viewport
    from sidelight.ui.theme.theme import Theme

_SAME: Final = 1.5
"""Pixels within which marks of one kind and form cannot be told apart."""


@dataclass(frozen=True, slots=True)
class _Alike:
    """Moments that are drawn alike: an example, and where they are, in order."""

    moment: Moment
    hollow: bool
    y: float
    at: tuple[Millis, ...]


class MarkPainter:
    """The marks of one story.

    Args:
        theme: Colours and scale.
        story: What happened.
        lanes: Where it is drawn.
    """

    def __init__(self, theme: Theme, story: Story, lanes: Lanes) -> None:
        self._theme = theme
        withdrawn = [moment for moment, _cause in story.withdrawn]
        self._alike = (
            *_alike([*withdrawn, *story.hollow], lanes, hollow=True),
            *_alike(story.moments, lanes, hollow=False),
        )
        self._pictures: dict[tuple[int, float], QPixmap] = {}

    def paint(self, painter: QPainter, viewport: Viewport, ratio: float) -> None:
        """Draw those in view; the painter's origin is the plot's.

        Args:
            painter: On the timeline.
            viewport: Which stretch.
            ratio: Device pixels per logical pixel of the pictures.
        """
        reach = self._theme.px(MARK)
        start, scale = viewport.start, viewport.scale
        for number, alike in enumerate(self._alike):
            picture = self._picture(number, ratio)
            half = picture.width() / ratio / 2
            top, before = alike.y - half, -2.0 * reach
            for at in alike.at:
                x = (at - start) / scale
                # The same mark on the same pixels is seen once.
                if -reach <= x <= viewport.width + reach and x - before >= _SAME:
                    before = x
                    painter.drawPixmap(QPointF(x - half, top), picture)

    def _picture(self, number: int, ratio: float) -> QPixmap:
        key = (number, ratio)
        if key not in self._pictures:
            alike = self._alike[number]
            self._pictures[key] = mark_pixmap(
                self._theme, alike.moment, ratio, hollow=alike.hollow
            )
        return self._pictures[key]


def mark_center(moment: Moment, viewport: Viewport, lanes: Lanes) -> QPointF | None:
    """Where a moment's mark is; ``None``: its lane is folded away."""
    lane = lanes.of_kind(moment.kind)
    return None if lane is None else QPointF(viewport.x(moment.at), lane.middle)


def _alike(
    moments: Iterable[Moment], lanes: Lanes, *, hollow: bool
) -> Iterator[_Alike]:
    groups: dict[tuple[str, Form | None], list[Moment]] = {}
    for moment in moments:
        groups.setdefault((moment.kind, moment.form), []).append(moment)
    for (kind, _), those in groups.items():
        lane = lanes.of_kind(kind)
        if lane is not None:
            at = tuple(sorted(one.at for one in those))
            yield _Alike(those[0], hollow, lane.middle, at)
