"""The sidebar's window: a panel, a strip, or only the dot; never focused or moving.

All boxes are measured when the window is made, from the theme and the longest words
that can come up. Showing new texts touches no layout.

What the coach can do has one key each (``intents``) and stands in a small menu: right
click, the Menu key, or the sign with three dots. Where it stands and how large it is
belongs to the coach alone: ``standing``, ``grip`` and ``by_keys``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHoverEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QRegion,
)
from PySide6.QtWidgets import QWidget

from sidelight.settings.keys import SETTINGS_KEY
from sidelight.settings.sidebar import OPACITIES, SidebarChoice
from sidelight.ui.platform.overlay import make_overlay
from sidelight.ui.platform.surroundings import Surroundings
from sidelight.ui.sidebar import by_keys, passing
from sidelight.ui.sidebar.by_keys import KeyGrip
from sidelight.ui.sidebar.coach_menu import CoachMenu
from sidelight.ui.sidebar.dot_only import DotOnly
from sidelight.ui.sidebar.grip import MouseGrip
from sidelight.ui.sidebar.ground import Edge, paint_ground
from sidelight.ui.sidebar.intents import (
    BINDINGS,
    END_AGAIN,
    END_AGAIN_MS,
    Binding,
    Intent,
    intent_of,
    key_of,
    keys_told,
    request_for,
)
from sidelight.ui.sidebar.panel import Panel
from sidelight.ui.sidebar.passing import Passing
from sidelight.ui.sidebar.standing import Standing
from sidelight.ui.sidebar.strip import Strip
from sidelight.ui.sidebar.unshared import Unshared
from sidelight.ui.sidebar.window_menu import HOLD_KEY, SETTINGS, WindowAct, WindowMenu
from sidelight.ui.sidebar.wording import Note, SidebarTexts, Way, is_new_state
from sidelight.ui.theme.tokens import Space
from sidelight.ui.widgets.quiet_button import QuietButton, Sign
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QAction,
        QCloseEvent,
        QEnterEvent,
        QMouseEvent,
        QMoveEvent,
        QPaintEvent,
        QShowEvent,
    )

    from sidelight.ui.theme.theme import Theme

TOLD_MS: Final = 4_000
"""How long a confirmation stands."""

FRESH_MS: Final = 8_000
"""How long good news stands, and trouble in the strip."""

SNAPSHOT_RATIO: Final = 2.0
"""Device pixels per logical pixel in saved pictures."""


class SidebarWindow(QWidget):
    """The overlay beside the camera.

    Signals:
        closed: The coach closed it.
        asked: The coach wants this of the engine (``Request``).
        transcript_asked: The coach wants the transcript opened, or closed.
        settings_asked: The coach wants the settings.
        chosen: The coach left it another way (``SidebarChoice``).
        reminded: What a key needs before it is done, also for other views.
        moved: It stands elsewhere: ``corner`` is another.

    Args:
        theme: Fonts, colours, spacing.
        folded: Begin as a strip, whatever was chosen.
        bindings: The key of each intent.
        choice: How the coach left it.
        around: Screens and system; ``None``: those that are there.
    """

    closed = Signal()
    asked = Signal(object)
    transcript_asked = Signal()
    settings_asked = Signal()
    chosen = Signal(object)
    reminded = Signal(str)
    moved = Signal()
    _joined: Qt.Edge | None = None

    def __init__(
        self,
        theme: Theme,
        *,
        folded: bool = False,
        bindings: tuple[Binding, ...] = BINDINGS,
        choice: SidebarChoice | None = None,
        around: Surroundings | None = None,
    ) -> None:
        super().__init__()
        around = around or Surroundings.here(self)
        make_overlay(self, see_through=around.abilities.see_through)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.choice = choice or SidebarChoice()
        self._unshared = Unshared(self, around.shield)
        self.setWindowTitle("Sidelight")
        self.setAccessibleName(tr("Sidelight: how long since you last partnered"))
        self._tell_keys(bindings)
        self._theme = theme
        self._bindings = bindings
        self._texts: SidebarTexts | None = None
        self._told = ""
        self._note: Note | None = None
        self._told_for = QTimer(self, interval=TOLD_MS, singleShot=True)
        self._told_for.timeout.connect(self._stop_telling)
        self._end_again = QTimer(self, interval=END_AGAIN_MS, singleShot=True)
        self._fresh_for = QTimer(self, interval=FRESH_MS, singleShot=True)
        self._fresh_for.timeout.connect(self._compose)
        self.corner = self.pos()
        self.panel = Panel(theme, 0, self)
        self.strip = Strip(theme, 0, self)
        self.dot = DotOnly(theme, self)
        least = max(self.panel.least_width, self.strip.least_width)
        self.standing = Standing(self, around, theme, least)
        can_place = around.abilities.place
        self._grip = MouseGrip(self, self.standing, can_place=can_place)
        self.key_grip = KeyGrip(self, self.standing, can_place=can_place)
        self.passing = Passing(theme, self)
        self.passing.changed.connect(self._pass)
        for link in (self.panel.way, self.strip.way):
            link.clicked.connect(self._go_this_way)
        self.menu = CoachMenu(theme, bindings, self.do, self)
        hide = next((one.key for one in bindings if one.intent is Intent.HIDE), "")
        self.window_menu = WindowMenu(theme, around, hide, self)
        self.window_menu.triggered.connect(self._choose_from_menu)
        self.window_menu.aboutToShow.connect(self._name_window_menu)
        self.menu.offer(self.window_menu.menuAction())
        self.menu.offer_line(SETTINGS).triggered.connect(self.settings_asked)
        self.menu.aboutToHide.connect(self.update)
        self._dots = QuietButton(theme, Sign.MENU, tr("What you can do"), self)
        self._dots.clicked.connect(self._open_menu)
        self._fold = QuietButton(theme, Sign.FOLD, tr("Fold to one line"), self)
        self._unfold = QuietButton(theme, Sign.UNFOLD, tr("Show all"), self)
        self._close = QuietButton(theme, Sign.CLOSE, tr("Close the sidebar"), self)
        self._fold.clicked.connect(lambda: self.fold(folded=True))
        self._unfold.clicked.connect(lambda: self.fold(folded=False))
        self._close.clicked.connect(self.close)
        self.folded = folded or self.choice.folded
        self.hiding = False
        self.set_width(self.standing.widths.of(self.choice.breadth))

    def show_texts(self, texts: SidebarTexts) -> None:
        """Cross-fade to what has changed. Thread: the window's."""
        if texts == self._texts:
            return  # four times a second there is news, a few times a minute new words
        self._texts = texts
        if texts.note != self._note:
            self._note = texts.note
            self._fresh_for.start()
            if is_new_state(texts.note):
                self._told = ""
        self._compose()

    def tell(self, text: str) -> None:
        """Confirm something for a moment, in at most four words."""
        self._told = text
        self._told_for.start()
        self._compose()

    def rebind(self, bindings: tuple[Binding, ...]) -> None:
        """From now on these keys do these things."""
        self._bindings = bindings
        self.menu.rebind(bindings)
        self._tell_keys(bindings)

    def do(self, intent: Intent) -> None:
        """Do what the coach wants, or ask the engine for it."""
        if intent is Intent.HIDE:
            self.hide_all(hiding=not self.hiding)
            return
        if self._texts is None or not self._texts.running:
            return
        if intent is Intent.TRANSCRIPT:
            self.transcript_asked.emit()
            return
        if intent is Intent.END and not self._end_again.isActive():
            self._end_again.start()
            self.tell(END_AGAIN)
            self.reminded.emit(END_AGAIN)
            return
        self.asked.emit(request_for(intent, paused=self._texts.paused))

    def show_fault(self, message: str, remedy: str) -> None:
        """Keep a fault for whoever asks: a tool tip on the health line, no pop-up."""
        self.panel.show_fault(f"{message} {remedy}")

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.panel.settle()
        self.strip.settle()
        self.dot.settle()

    def act(self, act: WindowAct) -> None:
        """Do to the window what the coach wants."""
        match act:
            case WindowAct.HOLD:
                self.key_grip.begin()
            case WindowAct.CAMERA:
                self.standing.go_to_camera()
                self.standing.keep()
            case WindowAct.PASS:
                self.hide_all(hiding=False)
                self.passing.let_through(through=not self.passing.on)
            case WindowAct.UNSHARE:
                self._unshared.ask(unshared=not self.choice.unshared)

    def choose(self, choice: SidebarChoice) -> None:
        """The coach left it this way."""
        if choice != self.choice:
            self.choice = choice
            self.chosen.emit(choice)
        self.update()

    def adopt(self, choice: SidebarChoice) -> None:
        """Somebody set it elsewhere to be so: take that on at once."""
        if choice.breadth != self.choice.breadth:
            self.set_width(self.standing.widths.of(choice.breadth))
        self.choose(replace(choice, unshared=self.choice.unshared))
        if choice.folded != self.folded:
            self.fold(folded=choice.folded)
        if choice.unshared != self.choice.unshared:
            self.act(WindowAct.UNSHARE)

    def fold(self, *, folded: bool) -> None:
        """Become a strip, or the panel again; the top edge stays where it is."""
        self.folded = folded
        self._take_shape()
        self.standing.settle()
        self.choose(replace(self.choice, folded=folded))

    def hide_all(self, *, hiding: bool) -> None:
        """Show nothing but the dot, or everything again. Never out of sight.

        Clicks reach the dot: hiding is a way out of click-through.
        """
        self.hiding = hiding
        if hiding:
            self.key_grip.let_go(keep=True)
            self.passing.let_through(through=False)
        self._take_shape()
        self.standing.settle()

    def set_width(self, width: int) -> None:
        """Set everything for another width, in logical pixels."""
        self.panel.set_width(width)
        self.strip.set_width(width)
        self._take_shape()

    @property
    def heights(self) -> tuple[int, int]:
        """Of the strip and of the panel at this width, in logical pixels."""
        return self.strip.height(), self.panel.sizeHint().height()

    def show_held(self) -> None:
        """The keyboard has taken hold of it, or let it go."""
        if not self.key_grip.holding:
            self.setAccessibleDescription(keys_told(self._bindings))
        self._compose()
        self.update()

    def join(self, edge: Qt.Edge | None) -> None:
        """Something goes on at this side of it, or at none."""
        self._joined = edge
        self.update()

    def place(self) -> None:
        """Stand where the coach left it, at first beside the camera."""
        self.standing.stand()

    def _take_shape(self) -> None:
        page: QWidget = self.strip if self.folded else self.panel
        if self.hiding:
            page = self.dot
        for each in (self.panel, self.strip, self.dot):
            each.setVisible(each is page)
        self.setFixedSize(page.sizeHint().expandedTo(page.minimumSize()))
        if self.hiding and self.square:
            self.setMask(QRegion(self.rect(), QRegion.RegionType.Ellipse))
        else:
            self.clearMask()
        self.move(self.corner)
        page.setGeometry(self.rect())
        self._place_signs()
        self._show_signs(shown=self.underMouse())

    def picture(self) -> QImage:
        """The sidebar as it looks at rest, on its own rounded ground."""
        self.settle()
        self._show_signs(shown=False)
        image = QImage(self.size() * SNAPSHOT_RATIO, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(SNAPSHOT_RATIO)
        image.fill(Qt.GlobalColor.transparent)
        self.render(image, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        return image

    def _compose(self) -> None:
        """What is told stands before what is so; good news goes by."""
        texts = self._texts
        if texts is None:
            return
        fresh = self._fresh_for.isActive()
        note = texts.note
        if note is not None and note.passing and not fresh:
            note = None
        if self._told:
            note = Note(self._told, way=None if note is None else note.way)
            fresh = True
        brief = note
        if self.key_grip.holding:
            note, brief, fresh = by_keys.NOTE, by_keys.BRIEF, True
        elif self.passing.resting:
            note, brief, fresh = passing.NOTE, passing.BRIEF, True
        self.panel.show_texts(texts, note)
        self.strip.show_texts(texts, brief, fresh=fresh)
        self.dot.show_health(texts.health, note)

    def _tell_keys(self, bindings: tuple[Binding, ...]) -> None:
        self.setAccessibleDescription(keys_told(bindings))
        self.setToolTip(keys_told(bindings))

    def _stop_telling(self) -> None:
        self._told = ""
        self._compose()

    def _go_this_way(self) -> None:
        note = self._note
        match note.way if note is not None else None:
            case Way.RESUME:
                self.do(Intent.PAUSE)
            case Way.UNDO:
                self.do(Intent.UNDO)
            case None:
                pass

    def _pass(self) -> None:
        """Clicks go through, or reach it again, or are about to."""
        self._show_signs(shown=False)
        self._compose()
        self.update()

    def _choose_from_menu(self, action: QAction) -> None:
        chosen = action.data()
        if isinstance(chosen, WindowAct):
            self.act(chosen)
        elif isinstance(chosen, int):
            self.choose(replace(self.choice, opacity=chosen))

    @property
    def square(self) -> bool:
        """Whether its corners are not round: nothing shines through it."""
        return not self.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    @property
    def opacity(self) -> int:
        """Of the ground now, in percent: all of it while the coach is at it."""
        chosen = self.choice.opacity
        attended = self.underMouse() and not self.passing.on
        attended = attended or self.menu.isVisible() or self.key_grip.holding
        if attended or self.square or chosen not in self.window_menu.opacities:
            return OPACITIES[0]
        return chosen

    def name_menu(self, menu: CoachMenu) -> None:
        """Name what can be done for what it would do now."""
        texts = self._texts
        menu.name_for(
            running=texts is not None and texts.running,
            paused=texts is not None and texts.paused,
            hiding=self.hiding,
        )

    def _name_window_menu(self) -> None:
        self.window_menu.show_choice(self.choice, passing=self.passing.on)

    def _open_menu(self, at: QPoint | None = None) -> None:
        if not self.menu.isVisible() and not self.key_grip.holding:
            self.name_menu(self.menu)
            self.menu.popup(at or self.mapToGlobal(self._dots.geometry().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for each intent; the Menu key shows them."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Menu or (shift and event.key() == Qt.Key.Key_F10):
            self._open_menu()
            return
        if event.text().upper() == HOLD_KEY and not event.isAutoRepeat():
            self.act(WindowAct.HOLD)
            return
        if key_of(event) == QKeySequence(SETTINGS_KEY):
            self.settings_asked.emit()
            return
        intent = intent_of(event, self._bindings)
        if intent is None:
            super().keyPressEvent(event)
        else:
            self.do(intent)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the coach can do."""
        mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self._open_menu(event.globalPos() if mouse else None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded ground; its edge says what is special."""
        del event
        edge = Edge.QUIET
        if self.key_grip.holding:
            edge = Edge.HELD
        elif self.passing.on:
            edge = Edge.PASSING
        with QPainter(self) as painter:
            paint_ground(
                painter,
                self._theme,
                self.rect(),
                edge,
                opacity=self.opacity,
                square=self.square,
                radius=self.width() / 2 if self.hiding else None,
                joined=self._joined,
            )

    def event(self, event: QEvent) -> bool:
        """What comes before the words get it: the pointer's place, and held keys.

        Tab is a key like any other while the keyboard moves the window.
        """
        if isinstance(event, QHoverEvent):
            self._grip.show_cursor(event.position().toPoint())
        if (
            event.type() is QEvent.Type.KeyPress
            and self.key_grip.holding
            and isinstance(event, QKeyEvent)
        ):
            self.key_grip.press(event)
            return True
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer comes: the signs appear."""
        super().enterEvent(event)
        self._show_signs(shown=True)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer goes: the signs go."""
        super().leaveEvent(event)
        self.passing.just_over = False
        self._show_signs(shown=False)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the window anywhere; at an edge, of its size."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip.press(event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._grip.drag(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._grip.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.hiding:
            self.hide_all(hiding=False)
        else:
            self.fold(folded=not self.folded)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Know where it stands.

        On X11 a window manager that has just framed the window may tell Qt that it
        stands at the frame's origin (seen with openbox): that is not where it stands,
        and what is resized would be moved there.
        """
        super().moveEvent(event)
        if not (event.spontaneous() and event.pos() == QPoint()):
            self.corner = event.pos()
            self.moved.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """What the system forgets when the window is shown anew."""
        super().showEvent(event)
        self.passing.apply()
        self._unshared.renew()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so; what to do about it is the application's business."""
        super().closeEvent(event)
        self.key_grip.let_go(keep=True)
        self.passing.let_through(through=False)
        for timer in (self._told_for, self._fresh_for, self._end_again):
            timer.stop()
        self.closed.emit()

    def _place_signs(self) -> None:
        inset = self._theme.px(Space.S)
        x = self.width() - inset - self._close.width()
        y = inset
        if self.folded:
            y = (self.height() - self._close.height()) // 2
        fold = self._unfold if self.folded else self._fold
        for button in (self._close, fold, self._dots):
            button.move(x, y)
            x -= button.width()
        self.passing.sign.move(self._close.pos())
        self.passing.sign.raise_()

    def _show_signs(self, *, shown: bool) -> None:
        passing = self.passing.on or self.passing.just_over
        shown = shown and not self.hiding and not passing
        self._close.setVisible(shown)
        self._dots.setVisible(shown)
        self._fold.setVisible(shown and not self.folded)
        self._unfold.setVisible(shown and self.folded)
