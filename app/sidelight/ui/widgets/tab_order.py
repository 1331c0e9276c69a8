"""The tab key goes as one reads, also where parts were made long after their window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def chain(before: QWidget, part: QWidget) -> None:
    """Let everything in this part that takes the keyboard follow, in order of layout.

    Args:
        before: What comes before it, in the same window.
        part: Laid out by layouts.
    """
    for stop in _stops(part):
        QWidget.setTabOrder(before, stop)
        before = stop


def _stops(part: QWidget | QLayout) -> Iterator[QWidget]:
    if isinstance(part, QLayout):
        items = (part.itemAt(number) for number in range(part.count()))
        inner = [item.widget() or item.layout() for item in items if item is not None]
    else:
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield part
        if isinstance(part, QSplitter):
            inner = [part.widget(number) for number in range(part.count())]
        elif isinstance(part, QScrollArea):
            inner = [part.widget()]
        else:
            inner = [part.layout()]
    for one in inner:
        if one is not None:
            yield from _stops(one)
