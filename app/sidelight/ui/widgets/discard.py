"""Takes a part of a window away so that no word of it stays until it is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable


def discard(parts: Iterable[QWidget]) -> None:
    """Hide these, empty them and have Qt delete them."""
    for part in parts:
        part.hide()
        for one in (part, *part.findChildren(QWidget)):
            if isinstance(one, QLabel | QLineEdit):
                one.clear()
            elif isinstance(one, QAbstractButton):
                one.setText("")
            one.setToolTip("")
            one.setAccessibleName("")
            one.setAccessibleDescription("")
        part.deleteLater()
