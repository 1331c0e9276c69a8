"""The window process without a session: home, and the review of what was."""

from __future__ import annotations

import gc
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from sidelight.domain.events import OfWrapUp
from sidelight.session.clients.messages import ClientDeleted, SessionDeleted
from sidelight.session.export_messages import ExportNews
from sidelight.session.firstrun.messages import Told
from sidelight.session.home.messages import (
    DevicesFound,
    Refused,
    SessionOpened,
    WrapUpSession,
    WrapUpStored,
)
from sidelight.session.playback.messages import PlaybackNews
from sidelight.session.settings.messages import SettingsNews
from sidelight.ui.answering import FirstAnswer
from sidelight.ui.application import (
    WindowOptions,
    made_in_one_piece,
    make_application,
)
from sidelight.ui.collecting import collect_here
from sidelight.ui.home.bridge import HomeBridge, HomeLink
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.platform.fitting import stand_over
from sidelight.ui.platform.interrupts import Interrupts
from sidelight.ui.turns import in_turns

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import UtteranceId
    from sidelight.session.home.messages import News
    from sidelight.session.wrap_acts import Act
    from sidelight.ui.dialogs.export.window import ExportWindow
    from sidelight.ui.review.opening import StandingReview
    from sidelight.ui.settings.window import SettingsWindow
    from sidelight.ui.theme.theme import Theme
    from sidelight.ui.wrapup.window import WrapUpWindow


_AHEAD_MS: Final = 1_000
"""So long after home's first news everybody has seen it, and nobody waits."""

_GONE_MS: Final = 500
"""So long after a review was left nobody waits, and its words need not be kept."""

_OF_A_REVIEW: Final = (
    "sidelight.partnering.kinds",
    "sidelight.session.deciding",
    "sidelight.session.drafting",
    "sidelight.session.looking_back",
    "sidelight.session.reflecting",
    "sidelight.session.wrapping_up",
    "sidelight.session.messages",
    "sidelight.ui.review.asking",
    "sidelight.ui.review.transcript_list",
    "sidelight.ui.review.timed",
    "sidelight.ui.review.opening",
    "sidelight.session.showing.whole",
    "sidelight.ui.review.showing.page",
)
"""What it is made of, cut so that none takes 30 ms; together they take 130."""


def run_home(link: HomeLink, options: WindowOptions) -> int:
    """Show home until it is closed, a session begins, or the launcher is gone.

    Args:
        link: To the launcher; closed by the caller afterwards.
        options: How to behave.

    Returns:
        0, the exit code.

    Raises:
        UserError: No display.

    Thread: the process's main thread.
    """
    application, theme = make_application(options)
    with made_in_one_piece(application):
        home = HomeApp(link, theme, options.choices)
    interrupts = Interrupts(home.leave)
    home.loaded.connect(gc.freeze)  # to look through all of it takes 30 ms each time
    try:
        home.start()
        application.exec()
    finally:
        interrupts.close()
        home.stop()
    return 0


class HomeApp(QObject):
    """The launcher's news on one side, windows on the other.

    Signals:
        loaded: What a review is made of is there, and a review need not wait for it.

    Args:
        link: To the launcher.
        theme: Fonts and colours.
        choices: Folder of what the coach chose; ``None``: nowhere.
    """

    loaded = Signal()

    def __init__(
        self, link: HomeLink, theme: Theme, choices: Path | None = None
    ) -> None:
        super().__init__()
        self._choices = choices
        self._theme = theme
        self._bridge = HomeBridge(link, self)
        self.window = HomeWindow(theme)
        self.review: StandingReview | None = None
        self.wrap_up: WrapUpWindow | None = None
        self.export: ExportWindow | None = None
        self._story: Story | None = None
        self.settings: SettingsWindow | None = None
        self._bridge.told.connect(self._pass_on)
        self._bridge.told.connect(self._take)
        self._bridge.told.connect(self._hear)
        self._bridge.lost.connect(self.leave)
        self._ahead = QTimer(self, interval=_AHEAD_MS, singleShot=True)
        self._ahead.timeout.connect(self._load_ahead)
        self._gone = QTimer(self, interval=_GONE_MS, singleShot=True)
        self._gone.timeout.connect(collect_here().collect_all)
        once = Qt.ConnectionType.SingleShotConnection
        self._bridge.told.connect(self._await_rest, once)
        FirstAnswer(self._bridge.told, self)
        self.window.asked.connect(self._bridge.ask)
        self.window.opened.connect(self._open_review)
        self.window.settings_asked.connect(self.open_settings)
        self.window.begun.connect(self.leave)
        self.window.closed.connect(self.leave)

    def start(self) -> None:
        """Show the window and ask how things stand."""
        self.window.show()
        self._bridge.start()
        self.window.begin()

    def stop(self) -> None:
        """End the reader, close every window."""
        if self.wrap_up is not None:
            self.wrap_up.save()
        self._bridge.stop()
        self._ahead.stop()
        self._gone.stop()
        self.window.closed.disconnect(self.leave)
        others = (self.settings, self.export, self.wrap_up, self.review)
        for window in (*others, self.window):
            if window is not None:
                window.close()
                window.deleteLater()

    @Slot()
    def open_settings(self) -> None:
        """Show the settings, or bring them to the front."""
        if self.settings is None:
            # Home itself does not wait for them.
            from sidelight.ui.settings.window import SettingsWindow  # noqa: PLC0415

            self.settings = SettingsWindow(self._theme)
            self.settings.asked.connect(self._bridge.ask)
            self.settings.set_up_asked.connect(self.window.set_up_again)
            if self.window.devices is not None:
                self.settings.show_devices(self.window.devices)
            # Later it is where the coach left it.
            stand_over(self.settings, self.window)
        self.settings.begin()
        self.settings.show()
        self.settings.raise_()
        self.settings.activateWindow()

    @Slot(object)
    def _pass_on(self, news: News | Told | SettingsNews) -> None:
        """To home's window, and to the settings what is for them."""
        if not isinstance(news, SettingsNews):
            self.window.take(news)
        if self.settings is None:
            return
        if isinstance(news, SettingsNews | Told):
            self.settings.take(news)
        elif isinstance(news, DevicesFound):
            self.settings.show_devices(news)

    @Slot()
    def leave(self) -> None:
        """End the application's loop."""
        QApplication.exit(0)

    @Slot(object, object)
    def _open_review(self, story: Story, at: Millis | None = None) -> None:
        self._leave_review()
        # Home itself does not wait for what a review is made of.
        from sidelight.ui.review.opening import StandingReview  # noqa: PLC0415

        self._story = story
        review = StandingReview(self._theme, story, self._choices, laid_out=False)
        self.review = review
        self.review.wrap_up_asked.connect(self._open_wrap_up)
        self.review.export_asked.connect(self._open_export)
        self.review.acted.connect(self._act)
        self.review.sound_asked.connect(self._bridge.ask)
        said = None if at is None else _said_at(story, at)
        in_turns(review, review.lay_out, partial(self._show_review, review, said))

    def _show_review(self, review: StandingReview, said: UtteranceId | None) -> None:
        if review is not self.review:
            return  # left before it was seen
        review.show()
        review.activateWindow()
        if said is not None:
            review.selection.choose_utterance(said)

    @Slot()
    def _await_rest(self) -> None:
        self._ahead.start()

    @Slot()
    def _load_ahead(self) -> None:
        parts = (partial(import_module, one) for one in _OF_A_REVIEW)
        in_turns(self, *parts, self.loaded.emit)

    def _leave_review(self) -> None:
        self._leave_wrap_up()
        self._leave_export()
        review, self.review, self._story = self.review, None, None
        if review is not None:
            review.close()
            review.deleteLater()
            self._gone.start()

    @Slot()
    def _open_wrap_up(self) -> None:
        if self.wrap_up is not None or self._story is None:
            return
        from sidelight.ui.wrapup.window import WrapUpWindow  # noqa: PLC0415 (as above)

        self.wrap_up = WrapUpWindow(self._theme, self._story)
        self.wrap_up.acted.connect(self._act)
        self.wrap_up.left.connect(self._leave_wrap_up)
        self.wrap_up.show()

    @Slot()
    def _leave_wrap_up(self) -> None:
        window, self.wrap_up = self.wrap_up, None
        if window is not None:
            window.close()
            window.deleteLater()

    @Slot()
    def _open_export(self) -> None:
        if self.export is not None:
            self.export.activateWindow()
            return
        if self._story is None:
            return
        from sidelight.ui.dialogs.export.window import (  # noqa: PLC0415 (as above)
            ExportWindow,
        )

        self.export = ExportWindow(self._theme, self._story)
        self.export.asked.connect(self._bridge.ask)
        self.export.left.connect(self._leave_export)
        self.export.show()

    @Slot()
    def _leave_export(self) -> None:
        window, self.export = self.export, None
        if window is not None:
            window.close()
            window.deleteLater()

    @Slot(object)
    def _act(self, act: Act) -> None:
        if self._story is not None and self._story.session is not None:
            self._bridge.ask(WrapUpSession(self._story.session.id, act))

    @Slot(object)
    def _hear(self, news: News) -> None:
        """What is heard in the review; it was opened before this is told."""
        if self.review is None:
            return
        if isinstance(news, ClientDeleted | SessionDeleted):
            self._leave_review()  # nothing that was destroyed stays on screen
            return
        if isinstance(news, SessionOpened):
            self.review.playback.offer(available=news.has_sound)
        elif isinstance(news, PlaybackNews):
            self.review.playback.take(news)

    @Slot(object)
    def _take(self, news: News) -> None:
        """What was done in a wrap-up is stored, or was refused."""
        if isinstance(news, Refused) and self.wrap_up is not None:
            self.wrap_up.show_fault(news.message, news.remedy)
        elif isinstance(news, Refused) and self.review is not None:
            self.review.show_fault(news.message, news.remedy)
        if isinstance(news, ExportNews) and self.export is not None:
            self.export.take(news)
        story = self._story
        if not isinstance(news, WrapUpStored) or story is None or self.review is None:
            return
        if story.session is None or story.session.id != news.session:
            return
        before, story = story, story.after(news.stored)
        if isinstance(news.stored.event, OfWrapUp):
            self.review.show_wrap_up(story)
        else:
            if story.utterances != before.utterances:
                # Who spoke when may be another now, and what only that shows.
                from sidelight.session.looking_back import (  # noqa: PLC0415 - slow
                    look_back,
                )

                story = look_back(story)
            self.review.tell_anew(story)
        self._story = story
        if self.wrap_up is not None:
            self.wrap_up.show_story(story)
        if self.export is not None:
            self.export.show_story(story)


def _said_at(story: Story, at: Millis) -> UtteranceId | None:
    """What is said there: the one that began last and is not over, else the next."""
    begun = [one for one in story.utterances if one.span.start <= at < one.span.end]
    later = [one for one in story.utterances if one.span.start >= at]
    if begun:
        return max(begun, key=lambda one: one.span.start).id
    return min(later, key=lambda one: one.span.start).id if later else None
