"""What every step has: a heading, a sentence, its own part, and how it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sidelight.ui.firstrun.wording import SENTENCES, TITLES
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.session.firstrun.messages import FirstRunSeen
    from sidelight.settings.first_run import Step
    from sidelight.ui.theme.theme import Theme

NEXT = tr("Next")


class StepCard(QFrame):
    """One step. It asks and tells by signal; the page around it moves on.

    Attributes:
        step: Which one.
        body: Where its own part goes.

    Signals:
        asked: Something of the launcher.
        finished: It was gone through.
        changed: What the main button says, or whether it can be pressed.
        turned: It shows something else now: the keyboard begins anew.

    Args:
        theme: Fonts and colours.
        step: Which one.
    """

    asked = Signal(object)
    finished = Signal()
    changed = Signal()
    turned = Signal()

    def __init__(self, theme: Theme, step: Step) -> None:
        super().__init__()
        self.setObjectName("card")
        self.theme = theme
        self.step = step
        side = Space.XL  # a frame's: what grows with the text is needed by the text
        layout = QVBoxLayout(self)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(Space.XS))
        self.title = Text(theme, Role.TITLE, TITLES[step])
        layout.addWidget(self.title)
        layout.addWidget(Text(theme, Role.BODY, SENTENCES[step], soft=True))
        layout.addSpacing(theme.px(Space.M))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(Space.XS))
        layout.addLayout(self.body)
        self.news = Text(theme, Role.BODY)
        self.news.say("")
        layout.addWidget(self.news)

    def add_field(self, heading: str, field: QWidget, *, leads: bool = False) -> Text:
        """Put it into the body, its heading nearer to it than to what is above.

        Args:
            heading: What it is.
            field: What is filled in.
            leads: Nothing else of the body is above it.
        """
        words = label(self.theme, heading, field)
        far = 0 if leads else self.theme.px(Space.M)
        words.setContentsMargins(0, far, 0, self.theme.px(Space.XXS))
        self.body.addWidget(words)
        self.body.addWidget(field)
        return words

    @property
    def main(self) -> str:
        """What the main button says; ``""``: there is nothing to press now."""
        return NEXT

    @property
    def skip(self) -> str:
        """What the way past it says; ``""``: the main button already is that way."""
        return ""

    @property
    def first(self) -> QWidget | None:
        """Where the keyboard begins; ``None``: at the main button."""
        return None

    def show_seen(self, seen: FirstRunSeen) -> None:
        """How things stand."""
        del seen

    def enter(self) -> None:
        """It is shown from now on."""
        self.news.say("")

    def leave(self) -> None:
        """Another is shown from now on."""

    def go_on(self) -> None:
        """The main button was pressed."""
        self.finished.emit()

    def show_fault(self, text: str) -> None:
        """What did not work, and the way on."""
        self.news.say(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from a field, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.main:
            self.go_on()
        else:
            super().keyPressEvent(event)
