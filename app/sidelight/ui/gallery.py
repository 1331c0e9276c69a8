"""Every widget in every state, as pictures: for looking at, and for golden images.

``python -m sidelight.ui.gallery --out DIR`` saves them in light, dark, high contrast
and at 200 % text, in the language of ``SIDELIGHT_LANGUAGE``. A new widget, or a new
state, is a line in ``GALLERY``.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from sidelight.domain.cues import Occasion
from sidelight.domain.events import LineWritten, NoteWritten
from sidelight.domain.moments import (
    DIRECTION,
    ON_TRACK,
    PROCESS_KINDS,
    SUPPORT,
    Form,
    Moment,
    MomentId,
)
from sidelight.domain.notes import Section
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import UtteranceId
from sidelight.export.package import What
from sidelight.session.export_messages import PreviewMade
from sidelight.session.exporting import preview
from sidelight.session.firstrun.messages import TrialBegan
from sidelight.session.home.messages import CardSeen, WordsFound
from sidelight.session.looking_back import look_back
from sidelight.settings.sidebar import OPACITIES, SidebarChoice
from sidelight.ui import specimen_first_run, specimen_home, specimen_settings
from sidelight.ui.application import WindowOptions, make_application
from sidelight.ui.dialogs.export.window import ExportWindow
from sidelight.ui.home.window import HEIGHT as HOME_HEIGHT
from sidelight.ui.home.window import WIDTH as HOME_WIDTH
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.kindwords import QUESTIONS, form_words, kind_title
from sidelight.ui.pictures import save_picture
from sidelight.ui.review.arrangement import TRANSCRIPT
from sidelight.ui.review.beside import CLIENT_NOTE, MOMENTS, REFLECTION
from sidelight.ui.review.kind_menu import KindMenu
from sidelight.ui.review.opening import StandingReview
from sidelight.ui.review.rewording import WordsMenu
from sidelight.ui.review.selection import Selection
from sidelight.ui.review.timeline import TimelineView
from sidelight.ui.review.window import HEIGHT, WIDTH, ReviewWindow
from sidelight.ui.settings.window import SettingsWindow
from sidelight.ui.sidebar.drawer import Drawer
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.window_menu import WindowAct
from sidelight.ui.sidebar.wording import (
    AGAIN,
    ASKED_AT_START,
    CUE_WORDS,
    DASH,
    JUST_BEGUN,
    JUST_NOW,
    NOT_YET,
    PARTNERED,
    PAUSED_NOTE,
    Dot,
    Headline,
    HealthLine,
    KindLine,
    Note,
    SidebarTexts,
    off_note,
)
from sidelight.ui.specimen import REQUEST, interrupted_events, specimen_events
from sidelight.ui.specimen_asked import asked_events
from sidelight.ui.specimen_notes import noted_story
from sidelight.ui.specimen_reworded import reworded_events
from sidelight.ui.specimen_room import buttons_picture, room_picture
from sidelight.ui.theme.stylesheet import stylesheet
from sidelight.ui.theme.theme import Theme, ThemeName
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.kind_mark import paint_mark
from sidelight.ui.wordless import wordless
from sidelight.ui.words import tr
from sidelight.ui.wrapup.window import WrapUpWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QPaintEvent

    from sidelight.domain.events import StoredEvent

_LONG: Final = (
    "a way of telling the board about the move that does not make my own team feel I "
    "have gone over their heads again"
)
_TROUBLE: Final = (
    "The microphone “Yeti Stereo Microphone Analog Stereo” is gone; the recording "
    "goes on by itself when it is back."
)


SMALL: Final = (1366, 728)
"""Width and height, logical pixels at any text size."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A widget in one state.

    Attributes:
        name: Of the picture, without suffix.
        picture: Draws it.
    """

    name: str
    picture: Callable[[Theme], QImage]


# -- sidebar -----------------------------------------------------------------------


_OPEN: Final = (NOT_YET, DASH)


def _texts(
    since: str,
    how: str,
    states: tuple[str, str, str],
    clock: str,
    health: HealthLine,
    *,
    request: str = REQUEST,
    note: Note | None = None,
    cue: str = "",
) -> SidebarTexts:
    kinds = tuple(
        KindLine(kind, QUESTIONS[kind], state, "" if state in _OPEN else "m")
        for kind, state in zip(PROCESS_KINDS, states, strict=True)
    )
    begun = since == JUST_BEGUN
    moment = "" if begun else "m"
    return SidebarTexts(
        Headline("" if begun else PARTNERED, since, how, moment),
        kinds,
        clock,
        health,
        request,
        note,
        cue=cue,
    )


def _ago(n: int) -> str:
    return tr("{n} min ago", n=n)


def _of(n: int, planned: int) -> str:
    return tr("{n} of {planned} min", n=n, planned=planned)


def _at_six(
    dot: Dot, words: str, note: Note | None = None, foot: str = ""
) -> SidebarTexts:
    """Always the same minute, in different health."""
    line = HealthLine(dot, words, words or tr("listening"), foot)
    return _texts(_ago(6), _NEXT, _LATE, _of(24, 60), line, note=note)


def _resting(texts: SidebarTexts) -> SidebarTexts:
    return replace(texts, headline=texts.headline.at_rest, paused=True)


def _again(texts: SidebarTexts) -> SidebarTexts:
    return replace(texts, health=replace(texts.health, spoken=AGAIN))


_NEXT: Final = QUESTIONS[DIRECTION]
_WELL: Final = HealthLine(Dot.FULL, "", tr("listening"))
_EARLY: Final = (JUST_NOW, NOT_YET, NOT_YET)
_LATE: Final = (ASKED_AT_START, _ago(6), NOT_YET)
_NONE: Final = (DASH, DASH, DASH)

SIDEBARS: Final[dict[str, SidebarTexts]] = {
    "begun": _texts(
        JUST_BEGUN,
        "",
        _NONE,
        tr("just begun, {planned} min", planned=60),
        _WELL,
        request="",
    ),
    "reset": _texts(JUST_NOW, QUESTIONS[SUPPORT], _EARLY, _of(3, 60), _WELL),
    "running": _texts(_ago(6), _NEXT, _LATE, _of(24, 60), _WELL),
    "coarse": _texts(
        _ago(25),
        QUESTIONS[ON_TRACK],
        (ASKED_AT_START, _ago(45), _ago(25)),
        _of(63, 60),
        HealthLine(Dot.HALF, tr("catching up"), tr("catching up")),
        request=_LONG,
    ),
    "wordless": _texts(
        _ago(10),
        _NEXT,
        (_ago(15), _ago(10), NOT_YET),
        tr("{n} min", n=31),
        HealthLine(
            Dot.RING, tr("recording only"), tr("recording goes on without words")
        ),
    ),
    "silent": _texts(
        _ago(2),
        _NEXT,
        (_ago(4), _ago(2), NOT_YET),
        _of(9, 45),
        HealthLine(Dot.STRUCK, tr("no sound"), tr("no sound is coming in")),
    ),
    "paused": _resting(_at_six(Dot.HOLLOW, tr("paused"), PAUSED_NOTE)),
    "off-record": _again(_at_six(Dot.FULL, "", off_note(120_000))),
    "trouble": _at_six(Dot.STRUCK, tr("no sound"), Note(_TROUBLE, "Plug it in again.")),
    "warned": _at_six(Dot.DIAMOND, "", Note("The disk has room for 40 minutes.")),
    "good-news": _at_six(Dot.FULL, "", Note("The microphone is back.", passing=True)),
    "later": _at_six(Dot.CORE, tr("words later"), foot=tr("recording, words later")),
    "reconnecting": _at_six(Dot.DASHED, tr("reconnecting")),
    "cue": _texts(
        _ago(10),
        _NEXT,
        (ASKED_AT_START, _ago(10), NOT_YET),
        _of(30, 60),
        _WELL,
        cue=CUE_WORDS[Occasion.HALF_TIME, ON_TRACK],
    ),
    "told": _at_six(Dot.FULL, ""),
}

TOLD: Final = {"told": tr("Bookmark set")}
"""What is confirmed in that state, on top of it."""


def _sidebar(name: str, *, folded: bool) -> Piece:
    def picture(theme: Theme) -> QImage:
        window = SidebarWindow(theme, folded=folded)
        window.show_texts(SIDEBARS[name])
        if name in TOLD:
            window.tell(TOLD[name])
        image = window.picture()
        window.deleteLater()
        return image

    form = "strip" if folded else "sidebar"
    return Piece(f"{form}-{name}", picture)


def _room(name: str) -> Piece:
    told = TOLD.get(name, "")
    return Piece(f"room-{name}", partial(room_picture, SIDEBARS[name], told=told))


def _dot_only(theme: Theme) -> QImage:
    window = SidebarWindow(theme)
    window.show_texts(SIDEBARS["paused"])
    window.hide_all(hiding=True)
    image = window.picture()
    window.deleteLater()
    return image


def _menu(theme: Theme) -> QImage:
    window = SidebarWindow(theme)
    window.menu.name_for(running=True, paused=True, hiding=False)
    window.menu.ensurePolished()
    window.menu.resize(window.menu.sizeHint())
    image = _grab(window.menu, 2.0)
    window.deleteLater()
    return image


def _with_sidebar(
    change: Callable[[SidebarWindow], None], state: str = "running"
) -> Callable[[Theme], QImage]:
    """The sidebar after something that its coach did to the window."""

    def picture(theme: Theme) -> QImage:
        window = SidebarWindow(theme)
        window.show_texts(SIDEBARS[state])
        window.show()
        change(window)
        image = window.picture()
        window.close()
        window.deleteLater()
        return image

    return picture


def _narrow(window: SidebarWindow) -> None:
    window.set_width(window.standing.widths.least)


def _narrow_strip(window: SidebarWindow) -> None:
    _narrow(window)
    window.fold(folded=True)


def _wide(window: SidebarWindow) -> None:
    window.set_width(window.standing.widths.most)


def _see_through(window: SidebarWindow) -> None:
    window.choose(SidebarChoice(opacity=OPACITIES[-1]))


def _clicks_through(window: SidebarWindow) -> None:
    window.act(WindowAct.PASS)


def _held(window: SidebarWindow) -> None:
    window.act(WindowAct.HOLD)


def _held_strip(window: SidebarWindow) -> None:
    _narrow_strip(window)
    _held(window)


def _window_menu(theme: Theme) -> QImage:
    window = SidebarWindow(theme)
    window.window_menu.show_choice(window.choice, passing=False)
    window.window_menu.ensurePolished()
    window.window_menu.resize(window.window_menu.sizeHint())
    image = _grab(window.window_menu, 2.0)
    window.deleteLater()
    return image


# -- marks -------------------------------------------------------------------------


class MarkChart(QWidget):
    """Every mark with its name: each kind and form, counting and not."""

    _ROWS: Final = (
        ("support", None),
        *(("direction", form) for form in Form),
        ("on_track", None),
        ("reflection", None),
    )

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = theme.px(28)
        self.setFixedSize(theme.px(320), self._row * len(self._ROWS) + theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two columns of marks, then the name."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), QColor(self._theme.palette.surface))
            painter.setFont(self._theme.font(Role.SMALL))
            for number, (kind, form) in enumerate(self._ROWS):
                middle = self._theme.px(Space.S) + self._row * (number + 0.5)
                moment = _moment(kind, form)
                left = QPointF(self._theme.px(24), middle)
                right = QPointF(self._theme.px(56), middle)
                paint_mark(painter, self._theme, moment, left)
                paint_mark(painter, self._theme, moment, right, hollow=True)
                painter.setPen(QColor(self._theme.palette.ink))
                name = kind_title(kind) + (f" · {form_words(form)}" if form else "")
                painter.drawText(
                    QPointF(self._theme.px(84), middle + self._theme.px(5)), name
                )


def _moment(kind: str, form: Form | None) -> Moment:
    span = Span(Millis(0), Millis(1000))
    return Moment(MomentId(1, 1), kind, form, 1, span, 1, (), "", 1.0, "", "gallery")


def _marks(theme: Theme) -> QImage:
    return _grab(MarkChart(theme), 2.0)


# -- review ------------------------------------------------------------------------


def review_of(theme: Theme, events: Iterable[StoredEvent]) -> ReviewWindow:
    """The review of these stored events."""
    story = tell(events)
    transcript, moments = TranscriptModel(), MomentsModel()
    transcript.show(story.utterances, story.moments)
    moments.show(story.moments, story.withdrawn, story.hollow, story.confirmed)
    window = ReviewWindow(theme, story, transcript, moments)
    transcript.setParent(window)
    moments.setParent(window)
    window.playback.offer(available=True)
    return window


def _review(theme: Theme) -> QImage:
    return _show(review_of(theme, specimen_events()))


def _review_small(theme: Theme) -> QImage:
    """What a screen of 1366 by 768 leaves to it, with words that were looked for."""
    window = review_of(theme, specimen_events())
    window.resize(*SMALL)
    _lay_out(window)
    window.pages.open_page(TRANSCRIPT if window.arrangement.apart else MOMENTS)
    window.timed.finder.field.setText("committee")
    return _show(window)


def _review_moments(theme: Theme) -> QImage:
    window = review_of(theme, specimen_events())
    window.pages.open_page(MOMENTS)
    return _show(window)


def _review_note(theme: Theme, page: str) -> QImage:
    """A line accepted, own ones, one just being put into own words; other parts."""
    window = StandingReview(theme, noted_story())
    window.playback.offer(available=True)
    _lay_out(window)
    window.pages.open_page(page)
    note = window.pages.client_note
    if note is not None:
        note.change.setChecked(True)
        next(row for part in note.parts[1:] for row in part.rows).begin()
    return _show(window)


def _review_asking(theme: Theme) -> QImage:
    """With a key that nobody heard words for, and what became of each cue."""
    window = StandingReview(theme, tell(asked_events()))
    window.asking.cues.setChecked(True)
    return _show(window)


def _review_interrupted(theme: Theme) -> QImage:
    """With everything that can be missing."""
    window = review_of(theme, interrupted_events())
    _lay_out(window)
    window.selection.choose_utterance(UtteranceId(1, 15))
    return _show(window)


def _review_settling(theme: Theme) -> QImage:
    """A mark that waits to be settled, with the keys shown."""
    window = review_of(theme, interrupted_events())
    window.corrections.keys.click()
    _lay_out(window)
    window.selection.choose_moment(window.corrections.waiting[0].id)
    return _show(window)


def _review_editing(theme: Theme) -> QImage:
    """Words that the coach changed, with what was heard, and some being edited."""
    window = review_of(theme, reworded_events())
    window.rewording.told.emit("")
    window.transcript.tell_heard(shown=True)
    _lay_out(window)
    window.transcript.lay_out_now()
    window.selection.choose_utterance(UtteranceId(1, 5))
    window.transcript.setFocus()
    window.rewording.edit()
    return _show(window)


def _words_menu(theme: Theme) -> QImage:
    """What can be done to a passage."""
    said = tell(specimen_events()).utterances[0]
    return _grab(_sized(WordsMenu(theme, said)), 2.0)


def _sized(menu: QMenu) -> QMenu:
    menu.resize(menu.sizeHint())
    return menu


_PLAIN: Final = Qt.KeyboardModifier.NoModifier


def _kind_menu(theme: Theme) -> QImage:
    """What correcting and adding offer."""
    menu = KindMenu(theme)
    menu.place(QRect(40, 560, 570, 70), QRect(0, 0, 1366, 768))
    down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, _PLAIN)
    for _ in range(3):
        menu.keyPressEvent(down)
    return _grab(menu, 2.0)


def _review_live_only(theme: Theme) -> QImage:
    """After a session that keeps no words."""
    story = wordless(tell(interrupted_events()))
    moments = MomentsModel()
    moments.show(story.moments, story.withdrawn)
    return _show(ReviewWindow(theme, story, TranscriptModel(), moments))


def _timeline(theme: Theme) -> QImage:
    return _timeline_of(theme, specimen_events())


def _timeline_low(theme: Theme) -> QImage:
    """In a low window: what keeps time, and who spoke."""
    return _timeline_of(theme, specimen_events(), low=True)


def _timeline_interrupted(theme: Theme) -> QImage:
    return _timeline_of(theme, interrupted_events())


def _timeline_of(
    theme: Theme, events: Iterable[StoredEvent], *, low: bool = False
) -> QImage:
    """The timeline alone, narrow: what a golden image can afford."""
    story = tell(events)
    selection = Selection(TranscriptModel(), MomentsModel())
    view = TimelineView(theme, story, selection)
    view.setFixedWidth(theme.px(760))
    if low:
        view.setFixedHeight(view.minimumHeight())
    _lay_out(view)
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.palette.surface))
    # Without its own ground: on screen it stands on a card.
    view.render(image, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    view.deleteLater()
    return image


def _review_selected(theme: Theme) -> QImage:
    window = review_of(theme, specimen_events())
    window.resize(WIDTH, HEIGHT)
    _lay_out(window)
    window.selection.choose_moment(MomentId(1, 5))
    for _ in range(8):
        window.timeline.zoom(1.25)
    return _show(window)


def _review_words(theme: Theme) -> QImage:
    """Zoomed in to single words."""
    window = review_of(theme, specimen_events())
    _lay_out(window)
    window.selection.choose_moment(MomentId(1, 10))
    window.timeline.zoom(1000)
    return _show(window)


def _review_empty(theme: Theme) -> QImage:
    return _show(ReviewWindow(theme, Story(), TranscriptModel(), MomentsModel()))


def _wrap_up(theme: Theme) -> QImage:
    return _wrap_up_of(theme, look_back(tell(specimen_events())))


def _wrap_up_live_only(theme: Theme) -> QImage:
    """After a session that keeps no words: what is the coach's own stays."""
    return _wrap_up_of(theme, wordless(look_back(tell(specimen_events()))))


def _wrap_up_of(theme: Theme, story: Story) -> QImage:
    line = LineWritten(story.position, 1, Section.COMMITMENTS, "Ask Tom for the keys")
    note = NoteWritten(story.position, "Quick with the either/or. Stay with the clock.")
    own = story.wrap_up.after(line).after(note)
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    window = WrapUpWindow(theme, replace(story, wrap_up=own))
    window.setStyleSheet(stylesheet(theme))  # as for home
    for tick in list(window.commitments.ticks.values())[:1]:
        tick.setChecked(True)
    _lay_out(window)
    image = window.picture()
    window.hide()
    window.deleteLater()
    QLocale.setDefault(before)
    return image


def _export(theme: Theme, what: What = What.CLIENT_NOTE) -> QImage:
    """What will leave, before it does."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    story = tell(specimen_events())
    window = ExportWindow(theme, story)
    window.setStyleSheet(stylesheet(theme))
    window.form.what.setCurrentIndex(window.form.what.findData(what))
    _lay_out(window)
    wish = window.wish
    if wish is not None:
        window.take(
            PreviewMade(wish, preview(story, replace(wish, accept_drafts=True)))
        )
    image = window.picture()
    window.hide()
    window.deleteLater()
    QLocale.setDefault(before)
    return image


def _drawer(theme: Theme) -> QImage:
    """The panel with the transcript below it, on the ground of a screen."""
    story = tell(specimen_events())
    sidebar, rows = SidebarWindow(theme), TranscriptModel()
    sidebar.show_texts(SIDEBARS["running"])
    drawer = Drawer(theme, rows, sidebar)
    rows.setParent(drawer)
    rows.show(story.utterances[:9], story.moments)
    sidebar.join(Qt.Edge.BottomEdge)
    panel, page = sidebar.picture(), _grab(drawer, 2.0)
    overlap = 2  # one hairline for both
    image = QImage(
        panel.width(),
        panel.height() - overlap + page.height(),
        QImage.Format.Format_RGB32,
    )
    image.fill(QColor(theme.palette.canvas))
    for picture in (panel, page):
        picture.setDevicePixelRatio(1)
    with QPainter(image) as painter:
        painter.drawImage(0, 0, panel)
        painter.drawImage(0, panel.height() - overlap, page)
    image.setDevicePixelRatio(2)
    sidebar.deleteLater()
    return image


def _lay_out(window: QWidget) -> None:
    """Give every part its place without a screen."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()


def _show(window: ReviewWindow) -> QImage:
    _lay_out(window)
    image = window.picture()
    window.hide()
    window.deleteLater()
    return image


def _grab(widget: QWidget, ratio: float) -> QImage:
    image = QImage(QSize(widget.size() * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    widget.render(image, QPoint())
    widget.deleteLater()
    return image


# -- home --------------------------------------------------------------------------


def _home(name: str) -> Piece:
    def picture(theme: Theme) -> QImage:
        # Days are written as the desktop writes them; a picture has none.
        before = QLocale()
        QLocale.setDefault(QLocale("en_GB"))
        window = HomeWindow(theme)
        window.resize(theme.px(HOME_WIDTH), theme.px(HOME_HEIGHT))
        # The application's is of another look while pictures are compared.
        window.setStyleSheet(stylesheet(theme))
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        if name.startswith("card"):
            window.take(specimen_home.HOMES["sessions"][0])
        if name.startswith("clients"):
            window.home.clients.click()
        for news in specimen_home.HOMES[name]:
            if isinstance(news, WordsFound):
                window.home.library.field.setText(news.words)
            window.take(news)
            if isinstance(news, CardSeen) and news.choices.client:
                window.card.form.client.setText(news.choices.client)
                window.card.form.client.editingFinished.emit()
        if name == "demo":
            window.home.library.watch.click()
            window.take(TrialBegan(demo=True))
            window.take(specimen_first_run.ASKED)
            window.demo.card.settle()
        if name == "bring-in":
            window.home.files_chosen.emit(specimen_home.FILES)
        if name == "clients-deleting":
            window.picture()  # where it is, is known only now
            window.clients.farewell.asking.into_sight()
        image = window.picture()
        window.hide()
        window.deleteLater()
        QLocale.setDefault(before)
        return image

    return Piece(f"home-{name}", picture)


def _first_run(name: str) -> Piece:
    def picture(theme: Theme) -> QImage:
        before = QLocale()
        QLocale.setDefault(QLocale("en_GB"))
        window = HomeWindow(theme)
        window.resize(theme.px(HOME_WIDTH), theme.px(HOME_HEIGHT))
        window.setStyleSheet(stylesheet(theme))
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        window.take(specimen_home.NEW)
        for number, news in enumerate(specimen_first_run.FIRST_RUNS[name]):
            if number == len(specimen_first_run.HEARING) and (
                name in specimen_first_run.LISTENS
            ):
                window.first_run.main.click()
            window.take(news)
        window.first_run.hearing.settle()
        image = window.picture()
        window.hide()
        window.deleteLater()
        QLocale.setDefault(before)
        return image

    return Piece(f"first-run-{name}", picture)


def _settings(name: str) -> Piece:
    def picture(theme: Theme) -> QImage:
        before = QLocale()
        QLocale.setDefault(QLocale("en_GB"))
        window = SettingsWindow(theme)
        window.setStyleSheet(stylesheet(theme))
        _lay_out(window)
        window.show_devices(specimen_home.DEVICES)
        section, typed, told = specimen_settings.SETTINGS[name]
        if section is not None:
            window.turn_to(section)
        window.search.setText(typed)
        for news in told:
            window.take(news)
        if name == "restoring":
            window.backup.read_from(specimen_settings.FILE)
        image = window.picture()
        window.hide()
        window.deleteLater()
        QLocale.setDefault(before)
        return image

    return Piece(f"settings-{name}", picture)


GALLERY: Final = (
    *(_settings(name) for name in specimen_settings.SETTINGS),
    *(_first_run(name) for name in specimen_first_run.FIRST_RUNS),
    *(_home(name) for name in specimen_home.HOMES),
    *(_sidebar(name, folded=False) for name in SIDEBARS),
    *(_sidebar(name, folded=True) for name in SIDEBARS),
    *(_room(name) for name in SIDEBARS),
    Piece("room-full", partial(room_picture, SIDEBARS["running"], full=True)),
    Piece("room-dark", partial(room_picture, SIDEBARS["running"], dark=True)),
    Piece("room-dark-trouble", partial(room_picture, SIDEBARS["trouble"], dark=True)),
    Piece("buttons", buttons_picture),
    Piece("buttons-refused", partial(buttons_picture, refused=True)),
    Piece("dot-only", _dot_only),
    Piece("menu", _menu),
    Piece("window-menu", _window_menu),
    Piece("sidebar-narrow", _with_sidebar(_narrow, "coarse")),
    Piece("strip-narrow", _with_sidebar(_narrow_strip)),
    Piece("sidebar-wide", _with_sidebar(_wide, "wordless")),
    Piece("sidebar-see-through", _with_sidebar(_see_through)),
    Piece("sidebar-clicks-through", _with_sidebar(_clicks_through)),
    Piece("sidebar-held", _with_sidebar(_held)),
    Piece("strip-held", _with_sidebar(_held_strip)),
    Piece("marks", _marks),
    Piece("timeline", _timeline),
    Piece("timeline-low", _timeline_low),
    Piece("timeline-interrupted", _timeline_interrupted),
    Piece("review-interrupted", _review_interrupted),
    Piece("review-settling", _review_settling),
    Piece("kind-menu", _kind_menu),
    Piece("review-editing", _review_editing),
    Piece("words-menu", _words_menu),
    Piece("review-live-only", _review_live_only),
    Piece("review-asking", _review_asking),
    Piece("review", _review),
    Piece("review-small", _review_small),
    Piece("review-moments", _review_moments),
    Piece("review-client-note", partial(_review_note, page=CLIENT_NOTE)),
    Piece("review-reflection", partial(_review_note, page=REFLECTION)),
    Piece("review-selected", _review_selected),
    Piece("review-words", _review_words),
    Piece("review-empty", _review_empty),
    Piece("wrap-up", _wrap_up),
    Piece("wrap-up-live-only", _wrap_up_live_only),
    Piece("drawer", _drawer),
    Piece("export", _export),
    Piece("export-transcript", partial(_export, what=What.TRANSCRIPT)),
)

LOOKS: Final = (
    (ThemeName.LIGHT, 1.0),
    (ThemeName.DARK, 1.0),
    (ThemeName.HIGH_CONTRAST, 1.0),
    (ThemeName.LIGHT, 2.0),
)


def main() -> int:
    """Save every picture."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="", help="a part of the wanted names")
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    for name, scale in LOOKS:
        options = WindowOptions(headless=True, theme=name, text_scale=scale)
        _, theme = make_application(options)
        for piece in GALLERY:
            if arguments.only not in piece.name:
                continue
            path = out / f"{piece.name}.{name.value}-{round(scale * 100)}.png"
            save_picture(piece.picture(theme), path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
