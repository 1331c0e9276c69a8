"""Finding words in one session: typed once, shown on the timeline, gone through."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance
    from sidelight.ui.theme.theme import Theme

FIND = tr("Find")
_NOTHING = tr("nothing")

_FIELD: Final = 170
_COUNT: Final = 58
"""Widths of the field and of what it found, logical pixels at 100 %."""


class FindField(QWidget):
    """A field, how many there are, and the way from one to the next.

    Enter goes on, with Shift back; Escape empties it.

    Signals:
        found: What holds the words (``tuple[Utterance, ...]``), in order of time.
        chosen: The one to look at (``Utterance``).

    Args:
        theme: Fonts and colours.
        story: Where to look.
    """

    found = Signal(object)
    chosen = Signal(object)

    def __init__(self, theme: Theme, story: Story) -> None:
        super().__init__()
        self._hits: tuple[Utterance, ...] = ()
        self._at: int | None = None
        self.field = _Field()
        self.field.setFont(theme.font(Role.BODY))
        self.field.setPlaceholderText(FIND)
        self.field.setAccessibleName(tr("Find in this session"))
        self.field.setToolTip(tr("Ctrl+F; Enter goes on, Shift+Enter back"))
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(theme.px(_FIELD))
        self.field.textChanged.connect(self._look)
        self.field.stepped.connect(self.step)
        self.told = Text(theme, Role.SMALL, soft=True)
        self.told.setWordWrap(False)
        self.told.setMinimumWidth(theme.px(_COUNT))
        self.before = Button(theme, "<")
        self.before.setAccessibleName(tr("Previous place"))
        self.after = Button(theme, ">")
        self.after.setAccessibleName(tr("Next place"))
        self.before.clicked.connect(lambda: self.step(forward=False))
        self.after.clicked.connect(lambda: self.step(forward=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(Space.S))
        for part in (self.field, self.told, self.before, self.after):
            line.addWidget(part)
        self.show_story(story)

    def show_story(self, story: Story) -> None:
        """Look in this one from now on."""
        said = sorted(story.utterances, key=lambda one: (one.span, one.id))
        self._said = [(one, levelled(one.text)) for one in said]
        self._look()

    @Slot(bool)
    def step(self, forward: bool) -> None:  # noqa: FBT001 - a slot
        """Go to the next or the previous one, and round at the end."""
        if not self._hits:
            return
        if self._at is None:
            self._at = 0 if forward else len(self._hits) - 1
        else:
            self._at = (self._at + (1 if forward else -1)) % len(self._hits)
        self._tell()
        self.chosen.emit(self._hits[self._at])

    def begin(self) -> None:
        """Take the keyboard."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _look(self) -> None:
        words = levelled(self.field.text()).split()
        self._hits = tuple(find(words, self._said)) if words else ()
        self._at = None
        self._tell()
        self.found.emit(self._hits)

    def _tell(self) -> None:
        some = bool(self._hits)
        self.before.setVisible(some)
        self.after.setVisible(some)
        if not self.field.text().strip():
            self.told.say("")
        elif not some:
            self.told.say(_NOTHING)
        elif self._at is None:
            self.told.say(tr_n("{n} place", "{n} places", len(self._hits)))
        else:
            self.told.say(tr("{n} of {whole}", n=self._at + 1, whole=len(self._hits)))


class _Field(QLineEdit):
    """Enter and Shift+Enter step, Escape empties."""

    stepped = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.stepped.emit(not shifted)
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case _:
                super().keyPressEvent(event)


def find(
    words: Sequence[str], said: Sequence[tuple[Utterance, str]]
) -> list[Utterance]:
    """The utterances that hold every one of these.

    Args:
        words: As ``levelled`` gives them, at least one.
        said: Each with its levelled text.
    """
    return [one for one, text in said if all(word in text for word in words)]


def levelled(text: str) -> str:
    """Without case and accents, so that what is typed quickly is found."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
