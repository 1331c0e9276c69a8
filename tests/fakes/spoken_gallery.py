"""Shows every picture of the gallery in a language, and says what is wrong.

``SIDELIGHT_LANGUAGE=qps python -m tests.fakes.spoken_gallery`` writes a line for each
text that is not of the pseudo language (it went past ``tr``), for each that has no room
(it is wider than where it is drawn), and for each widget of ours that is in no picture.
What the gallery itself invents is left alone. In a real language it tells only what has
no room; ``--text-scale 2`` looks at 200 %.
"""

import argparse
import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QLocale, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from sidelight.settings.keys import _SPOKEN
from sidelight.ui import gallery
from sidelight.ui.application import WindowOptions, make_application
from sidelight.ui.home.wording import LANGUAGES, language_name
from sidelight.ui.pseudo import PSEUDO
from sidelight.ui.theme.theme import ThemeName
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.words import language

UI = Path(gallery.__file__).parent
WORD = re.compile(r"[A-Za-z]{2,}")
BELOW = re.compile(r"The Word file has")
"""Sentences of layers below (``exporting``): English so far."""

SAME_EVERYWHERE = {
    *("Sidelight", "sidelight", "models", "fetch", "import", "FOLDER", "vault"),
    *(
        "recovery",
        "key",
        "min",
        "MB",
        "OFF",
        "Ctrl",
        "Shift",
        "Enter",
        "Esc",
        "PDF",
        "JSON",
    ),
    *_SPOKEN.values(),
    *(QLocale("en").dayName(day) for day in range(1, 8)),
    *(QLocale("en").monthName(month) for month in range(1, 13)),
    *(language_name(code) for code in LANGUAGES),  # Qt knows them
}


def invented() -> set[str]:
    """Every word that the gallery and its specimens make up."""
    words = set(WORD.findall(" ".join(SAME_EVERYWHERE)))
    for path in (*UI.glob("specimen*.py"), *UI.glob("gallery*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words |= set(WORD.findall(node.value))
    return words


BREAK = "\u200b"
"""Where a long word may be broken."""

CUT = re.compile(r"[^\u00a0]…[”“]?$")
"""There was no room. What is said with an ellipsis has a space before it that does not
break: ``tests/contract/test_german.py``."""


class Watch:
    """Looks over the shoulder of everything that is drawn."""

    def __init__(self) -> None:
        self._invented = invented()
        self.piece = ""
        self.looking = True
        self.shown: set[type[QWidget]] = set()
        self.found: dict[str, None] = {}

    def text(self, text: str, where: str) -> None:
        """Is it of the pseudo language, and whole?"""
        whole = text.replace(BREAK, "")
        ours = set(WORD.findall(whole)) - self._invented
        if language() != PSEUDO:
            if ours and CUT.search(text):
                self.found[f"{self.piece}: cut: {where}: {text!r}"] = None
            return
        if ours and not BELOW.match(whole):
            self.found[f"{self.piece}: past tr: {where}: {text!r}"] = None
        if text.startswith("[") and text.endswith("…"):
            self.found[f"{self.piece}: cut: {where}: {text!r}"] = None

    def room(self, text: str, wanted: float, given: float) -> None:
        """Is there room for it?"""
        if wanted > given + 1.5:
            self.found[
                f"{self.piece}: no room: {text!r}: {wanted:.0f} in {given:.0f}"
            ] = None

    def widget(self, widget: QWidget) -> None:
        """Everything that this and what is in it say."""
        for one in (widget, *widget.findChildren(QWidget)):
            if one is not widget and not one.isVisibleTo(widget):
                continue
            self.shown.add(type(one))
            kind = type(one).__name__
            for text in _said(one):
                self.text(text, kind)
            if isinstance(one, QLabel) and type(one).paintEvent is QLabel.paintEvent:
                if not one.wordWrap() and one.text():
                    self.room(one.text(), one.sizeHint().width(), one.width())
            elif isinstance(one, QAbstractButton) and one.text():
                self.room(one.text(), one.minimumSizeHint().width(), one.width())


def _said(widget: QWidget) -> Iterator[str]:
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for row in range(model.rowCount()):
            said = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            yield str(said or "")


def ours() -> Iterator[type[QWidget]]:
    """Every widget that the program defines."""
    for module in pkgutil.walk_packages([str(UI)], "sidelight.ui."):
        if not module.ispkg and ".platform." not in module.name:
            importlib.import_module(module.name)
    kinds: list[type[QWidget]] = [QWidget]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("sidelight.ui."):
            yield kind


def watch(eyes: Watch) -> None:
    """Have it look on."""
    draw, render = QPainter.drawText, QWidget.render

    def drawn(painter: QPainter, *what: object) -> object:
        text = next((one for one in what if isinstance(one, str)), "")
        if eyes.looking:
            eyes.text(text, "drawn")
        box, flags = what[0], what[1] if len(what) > 1 else 0
        wrapped = Qt.TextFlag.TextWordWrap
        if isinstance(box, QRect | QRectF) and not isinstance(flags, str):
            given = flags.value if isinstance(flags, Enum) else flags
            wraps = isinstance(given, int) and bool(given & wrapped.value)
            if not wraps and box.width() > 0:
                wide = painter.fontMetrics().horizontalAdvance(text)
                eyes.room(text, wide, box.width())
        return draw(painter, *what)  # type: ignore[call-overload]

    def rendered(widget: QWidget, *how: object, **more: object) -> object:
        eyes.widget(widget)
        return render(widget, *how, **more)  # type: ignore[call-overload]

    paint = Picker.paintEvent

    def painted(picker: Picker, event: QPaintEvent) -> None:
        eyes.looking = False  # it may be cut: its list and its tool tip have it all
        eyes.text(picker.currentText(), "picker")
        paint(picker, event)
        eyes.looking = True

    Picker.paintEvent = painted  # type: ignore[method-assign, assignment]
    QPainter.drawText = drawn  # type: ignore[method-assign, assignment]
    QWidget.render = rendered  # type: ignore[method-assign, assignment]


def main() -> int:
    """Show everything once."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--text-scale", type=float, default=1.0)
    scale = parser.parse_args().text_scale
    options = WindowOptions(headless=True, theme=ThemeName.LIGHT, text_scale=scale)
    _, theme = make_application(options)
    eyes = Watch()
    watch(eyes)
    for piece in gallery.GALLERY:
        eyes.piece = piece.name
        piece.picture(theme)
    shown = {base for kind in eyes.shown for base in kind.__mro__}
    for kind in ours():
        if kind not in shown:
            eyes.found[f"in no picture: {kind.__module__}.{kind.__name__}"] = None
    sys.stdout.writelines(f"{line}\n" for line in eyes.found)
    return 1 if eyes.found else 0


if __name__ == "__main__":
    sys.exit(main())
