"""Takes a part of a window away so that no word of it stays until it is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable


@runtime_checkable
class Forgets(Protocol):
    """A part that holds words otherwise than as its text."""

    def forget(self) -> None:
        """Hold them no more; it is not shown again."""
        ...


def discard(parts: Iterable[QWidget]) -> None:
    """Hide these, empty them and have Qt delete them."""
    for part in parts:
        part.hide()
        for one in (part, *part.findChildren(QWidget)):
            if isinstance(one, QLabel | QLineEdit):
                one.clear()
            elif isinstance(one, QAbstractButton):
                one.setText("")
            if isinstance(one, Forgets):
                one.forget()
            one.setToolTip("")
            one.setAccessibleName("")
            one.setAccessibleDescription("")
        part.deleteLater()
