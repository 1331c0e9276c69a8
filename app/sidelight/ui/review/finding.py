"""Finding words in one session: typed once, shown on the timeline, gone through."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from sidelight.ui.review.utf16 import units
from sidelight.ui.theme.tokens import Role, Size, Space
from sidelight.ui.widgets.quiet_button import QuietButton, Sign
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

_FIELD: Final = 220
_COUNT: Final = 58
"""Widths of the field and of what it found, logical pixels at 100 %."""

_FIRST: Final = 100
"""Stretch of the field: what it cannot use is left at the end."""


class FindField(QWidget):
    """A field, how many there are, and the way from one to the next.

    Typing goes to the first; Enter goes on, with Shift back; Escape empties it.

    Signals:
        found: What holds the words (``tuple[Utterance, ...]``), in order of time.
        chosen: The one to look at (``Utterance``).

    Attributes:
        words: What is looked for, as ``levelled`` gives it.

    Args:
        theme: Fonts and colours.
        story: Where to look.
    """

    found = Signal(object)
    chosen = Signal(object)

    def __init__(self, theme: Theme, story: Story) -> None:
        super().__init__()
        self._story = story
        self._said: list[tuple[Utterance, str]] | None = None
        self._hits: tuple[Utterance, ...] = ()
        self._at: int | None = None
        self.words: tuple[str, ...] = ()
        self.field = _Field()
        self.field.setFont(theme.font(Role.BODY))
        self.field.setPlaceholderText(FIND)
        self.field.setAccessibleName(tr("Find in this session"))
        self.field.setToolTip(tr("Ctrl+F; Enter goes on, Shift+Enter back"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(theme.px(Size.LEAST))
        self.field.setMaximumWidth(theme.px(_FIELD))
        self.field.textChanged.connect(self._type)
        self.field.stepped.connect(self.step)
        self.told = Text(theme, Role.SMALL, soft=True)
        self.told.setWordWrap(False)
        self.told.setMinimumWidth(theme.px(_COUNT))
        self.told.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.before = QuietButton(theme, Sign.FOLD, tr("Previous place"), self)
        self.before.setToolTip(tr("Shift+Enter, Shift+F3"))
        self.after = QuietButton(theme, Sign.UNFOLD, tr("Next place"), self)
        self.after.setToolTip(tr("Enter, F3"))
        self.before.clicked.connect(lambda: self.step(forward=False))
        self.after.clicked.connect(lambda: self.step(forward=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(Space.XS))
        line.addWidget(self.field, _FIRST)
        line.addSpacing(theme.px(Space.XS))
        for part in (self.told, self.before, self.after):
            line.addWidget(part)
        line.addStretch(1)
        for button in (self.before, self.after):
            room = button.sizePolicy()
            room.setRetainSizeWhenHidden(True)
            button.setSizePolicy(room)
        self.show_story(story)

    def show_story(self, story: Story) -> None:
        """Look in this one from now on."""
        if story.utterances is not self._story.utterances:
            self._said = None
        self._story = story
        looked_at = None if self._at is None else self._hits[self._at].id
        self._look()
        ids = [hit.id for hit in self._hits]
        self._at = ids.index(looked_at) if looked_at in ids else None
        self._tell()

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

    @Slot()
    def _type(self) -> None:
        """Go to the first at once."""
        self._look()
        if self._hits:
            self.step(forward=True)

    def _look(self) -> None:
        self.words = tuple(dict.fromkeys(levelled(self.field.text()).split()))
        self._hits = tuple(find(self.words, self._levelled())) if self.words else ()
        self._at = None
        self._tell()
        self.found.emit(self._hits)

    def _levelled(self) -> list[tuple[Utterance, str]]:
        """Everything said, levelled; with the first letter that is typed, not before.

        Of three hours it takes a moment, and every decision tells the story anew.
        """
        if self._said is None:
            said = sorted(
                self._story.utterances,
                key=lambda one: (one.span.start, one.span.end, one.id),
            )
            self._said = [(one, levelled(one.text)) for one in said]
        return self._said

    def _tell(self) -> None:
        some = bool(self._hits)
        self.before.setVisible(some)
        self.after.setVisible(some)
        if not self.field.text().strip():
            self.told.setText("")
        elif not some:
            self.told.setText(_NOTHING)
        elif self._at is None:
            self.told.setText(tr_n("{n} place", "{n} places", len(self._hits)))
        else:
            self.told.setText(
                tr("{n} of {whole}", n=self._at + 1, whole=len(self._hits))
            )


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
        words: As ``levelled`` gives them, at least one, each once: a page of text that
            was pasted says the same words many times.
        said: Each with its levelled text.
    """
    return [one for one, text in said if all(word in text for word in words)]


def places(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where these stand in a text: first and behind the last, in UTF-16 units.

    Args:
        words: As ``levelled`` gives them.
        text: As it was said.
    """
    flat, origin = [], []
    for at, letter in enumerate(text):
        for one in levelled(letter):
            flat.append(one)
            origin.append(at)
    line = "".join(flat)
    found = []
    for word in words:
        begin = line.find(word)
        while begin >= 0:
            first, last = origin[begin], origin[begin + len(word) - 1] + 1
            found.append((units(text[:first]), units(text[:last])))
            begin = line.find(word, begin + len(word))
    return sorted(found)


def levelled(text: str) -> str:
    """Without case and accents, so that what is typed quickly is found."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
