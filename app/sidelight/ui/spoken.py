"""What a widget paints, for screen readers, which see widgets only.

A widget that paints several things is a ``Speaking``: it tells how many there are, and
of each a name, more about it and its place. Qt asks ``accessible`` for everything that
something wants to read, and gets such a widget as a list with an item for each. An item
keeps no words: it asks when it is asked, so nothing that was erased can be read out.

Source: Qt documentation, "Accessibility for QWidget Applications".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QColor,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing that a widget paints.

    Attributes:
        name: What it is.
        description: More about it.
        place: Where in the widget; empty where it is out of view.
        selected: Whether it is selected.
    """

    name: str
    description: str = ""
    place: QRect = field(default_factory=QRect)
    selected: bool = False


class Speaking(Protocol):
    """A widget that paints several things."""

    def spoken(self) -> Sequence[Spoken]:
        """Everything that it paints, in reading order."""


def speak_what_is_painted() -> None:
    """Make Qt ask ``accessible``; once for a process, and again does no harm."""
    QAccessible.installFactory(accessible)


def accessible(key: str, thing: QObject | None) -> QAccessibleInterface | None:
    """The interface of a widget that paints several things; ``None``: Qt has its own.

    Args:
        key: The class's name.
        thing: What is to be read.
    """
    del key
    # As isinstance(thing, Speaking), which takes 0.1 ms: Qt asks for every widget.
    if isinstance(thing, QWidget) and hasattr(thing, "spoken"):
        return _List(thing)
    return None


def tell_selection(widget: QWidget) -> None:
    """Say that something else in this widget is selected now."""
    if QAccessible.isActive():
        event = QAccessibleEvent(widget, QAccessible.Event.SelectionWithin)
        QAccessible.updateAccessibility(event)


class _List(QAccessibleWidget):
    """A painting widget as a list."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.List)
        self._widget = widget
        self._items: list[_Item] = []
        self._ids: list[int] = []
        # Qt keeps what was once registered until it is told to let go.
        widget.destroyed.connect(partial(_let_go, self._ids))

    def all(self) -> Sequence[Spoken]:
        """What it paints now."""
        return cast("Speaking", self._widget).spoken()

    def on_screen(self, box: QRect) -> QRect:
        """A place in the widget as a place on the screen."""
        if box.isEmpty():
            return box
        return QRect(self._widget.mapToGlobal(box.topLeft()), box.size())

    def childCount(self) -> int:
        """How many things there are."""
        return len(self.all())

    def child(self, index: int) -> QAccessibleInterface:
        """The thing with this number."""
        if not 0 <= index < self.childCount():
            return cast("QAccessibleInterface", None)
        while len(self._items) <= index:
            item = _Item(self, len(self._items))
            self._ids.append(QAccessible.registerAccessibleInterface(item))
            self._items.append(item)
        return self._items[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The thing at this point of the screen."""
        here = self._widget.mapFromGlobal(QPoint(x, y))
        places = [one.place for one in self.all()]
        found = (n for n, place in enumerate(places) if place.contains(here))
        return self.child(next(found, -1))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The number of a thing; -1: it is none of these."""
        return next((n for n, one in enumerate(self._items) if one == child), -1)


def _let_go(ids: list[int]) -> None:
    for one in ids:
        QAccessible.deleteAccessibleInterface(one)
    ids.clear()


class _Item(QAccessibleInterface):
    """The thing with this number in a list."""

    def __init__(self, owner: _List, number: int) -> None:
        super().__init__()
        self._owner = owner
        self._number = number

    def _now(self) -> Spoken | None:
        if not self._owner.isValid():
            return None
        things = self._owner.all()
        return things[self._number] if self._number < len(things) else None

    def isValid(self) -> bool:
        """Whether it is still there."""
        return self._now() is not None

    def object(self) -> QObject:
        """No object of Qt's: it is painted."""
        return cast("QObject", None)

    def window(self) -> QWindow:
        """The list's."""
        return self._owner.window()

    def parent(self) -> QAccessibleInterface:
        """The list."""
        return self._owner

    def child(self, index: int) -> QAccessibleInterface:
        """None."""
        del index
        return cast("QAccessibleInterface", None)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """None."""
        del x, y
        return cast("QAccessibleInterface", None)

    def childCount(self) -> int:
        """None."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """None."""
        del child
        return -1

    def text(self, t: QAccessible.Text) -> str:
        """Its name, or more about it."""
        now = self._now()
        if now is None:
            return ""
        kinds = QAccessible.Text
        return {kinds.Name: now.name, kinds.Description: now.description}.get(t, "")

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Nothing: it is read only."""

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        """Where it is on the screen."""
        now = self._now()
        return QRect() if now is None else self._owner.on_screen(now.place)

    def state(self) -> QAccessible.State:
        """Whether it is selected, or out of view."""
        now, state = self._now(), QAccessible.State()
        state.invalid = now is None
        if now is not None:
            state.selectable = True
            state.selected = now.selected
            state.offscreen = now.place.isEmpty()
        return state

    def foregroundColor(self) -> QColor:
        """Nothing that the name does not say."""
        return QColor()

    def backgroundColor(self) -> QColor:
        """Nothing that the name does not say."""
        return QColor()
