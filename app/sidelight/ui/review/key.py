"""What the marks of a timeline mean: a quiet line, on screen below it, in print above.

Only what there is in the session is explained, and not what the lanes' names say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics

from sidelight.domain.moments import PROCESS_KINDS, Form
from sidelight.ui.kindwords import form_words, kind_title
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.kind_mark import MARK, paint_mark
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPainter

    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.ui.theme.theme import Theme

ALSO: Final = tr("also noticed")
COUNTS_NOT: Final = tr("does not count")
BOTH: Final = tr("both at once")

_TICK: Final = (2.0, 6.0)
"""Width and height of what says that both spoke, at 100 %."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One mark, and what it means.

    Attributes:
        words: What it means.
        moment: An example of it; ``None``: the tick between the speakers.
        hollow: Whether it does not count.
    """

    words: str
    moment: Moment | None
    hollow: bool = False


def key_of(story: Story, *, both: bool) -> tuple[Sign, ...]:
    """Every mark of this session that needs words, each once.

    Args:
        story: The session.
        both: Whether both ever spoke at once.
    """
    return tuple(_signs(story, both=both))


def _signs(story: Story, *, both: bool) -> Iterator[Sign]:
    # What has no form is told by the name of its lane.
    formed = {one.form: one for one in story.moments}
    for form in Form:
        if form in formed:
            kind = kind_title(formed[form].kind)
            words = tr("{kind}, {form}", kind=kind, form=form_words(form))
            yield Sign(words, formed[form])
    withdrawn = [moment for moment, _ in story.withdrawn]
    for hollow in (*story.hollow, *withdrawn):
        yield Sign(COUNTS_NOT, hollow, hollow=True)
        break
    for moment in story.moments:
        if moment.kind not in PROCESS_KINDS:
            yield Sign(ALSO, moment)
            break
    if both:
        yield Sign(BOTH, None)


def paint_key(
    painter: QPainter, theme: Theme, signs: Sequence[Sign], box: QRectF
) -> None:
    """Draw as many as there is room for, from the left.

    Args:
        painter: Where to.
        theme: Fonts and colours.
        signs: Of ``key_of``.
        box: The line.
    """
    font = theme.font(Role.SMALL)
    metrics = QFontMetrics(font)
    side, gap = MARK * theme.scale, theme.px(Space.S)
    x, middle = box.left(), box.center().y()
    painter.setFont(font)
    for sign in signs:
        wide = metrics.horizontalAdvance(sign.words) + 1
        if x + side + gap + wide > box.right():
            return
        center = QPointF(x + side / 2, middle)
        if sign.moment is None:
            width, height = (length * theme.scale for length in _TICK)
            tick = QRectF(0, 0, width, height)
            tick.moveCenter(center)
            painter.fillRect(tick, QColor(theme.palette.ink))
        else:
            paint_mark(painter, theme, sign.moment, center, hollow=sign.hollow)
        painter.setPen(QColor(theme.palette.ink_soft))
        words = QRectF(x + side + gap, box.top(), wide, box.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, sign.words)
        x = words.right() + theme.px(Space.L)
