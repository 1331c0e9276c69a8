"""Every kind that words can show, one key each: for correcting and for adding."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from sidelight.domain.moments import DIRECTION, Form
from sidelight.partnering.kinds import KINDS
from sidelight.ui.kindwords import form_words, kind_title
from sidelight.ui.theme.tokens import Role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sidelight.ui.theme.theme import Theme

CHOICES: Final = tuple(
    (kind.id, form)
    for kind in KINDS
    if not kind.needs_sound
    for form in (Form if kind.id == DIRECTION else (None,))
)
"""Kind and form, in the order of the menu."""

KEYS: Final = "123456789" + ascii_lowercase


class KindMenu(QMenu):
    """Opened beside what it is about; arrows, Enter and Escape work as in any menu.

    Signals:
        chosen: Kind id, and the form (``Form``) or ``None``.

    Args:
        theme: Fonts.
        parent: Of the same window.
    """

    chosen = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.font(Role.BODY))
        for key, (kind, form) in zip(KEYS, CHOICES, strict=False):
            action = self.addAction(f"&{key}   {choice_words(kind, form)}")
            action.triggered.connect(
                lambda _=False, kind=kind, form=form: self.chosen.emit(kind, form)
            )


def choice_words(kind: str, form: Form | None) -> str:
    """A kind, and its form where it has one, in plain words."""
    title = kind_title(kind)
    return title if form is None else f"{title} · {form_words(form)}"
