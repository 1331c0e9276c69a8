"""Speech models: which are here, which can be fetched, how far one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from sidelight.session.firstrun.messages import (
    BringingFailed,
    FetchModel,
    FirstRunSeen,
    ImportModel,
    LookAtFirstRun,
    ModelArrives,
    StopBringing,
)
from sidelight.ui.dialogs.files import Choice, FileWish, ask_for
from sidelight.ui.modelwords import (
    FETCH,
    FITS,
    FOLDER,
    IMPORT,
    IMPORT_TOLD,
    STOP,
    STOP_TOLD,
    WHAT_IT_IS,
    arriving,
    model_title,
    model_words,
)
from sidelight.ui.settings.panel import Panel
from sidelight.ui.settings.wording import AT_HOME
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import ModelChoice, Told
    from sidelight.session.settings.messages import SettingsNews, SettingsSeen
    from sidelight.ui.theme.theme import Theme


class ModelsPanel(Panel):
    """The first run's desk fetches and measures; this is another view of it.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._asked = False
        self.fetch: dict[str, Button] = {}
        self.write(tr("On this computer, and on offer"), Role.STRONG, soft=False)
        self.write(WHAT_IT_IS)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(Space.M))
        self._grid.setVerticalSpacing(theme.px(Space.S))
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._list)
        self.bring = Button(theme, IMPORT)
        self.bring.setAccessibleDescription(IMPORT_TOLD)
        self.bring.clicked.connect(self._choose_folder)
        self.stop = Button(theme, STOP)
        self.stop.setAccessibleDescription(STOP_TOLD)
        self.stop.clicked.connect(lambda: self.asked.emit(StopBringing()))
        self.line(self.bring, self.stop)
        self.body.addWidget(self.news)
        self._arrive("")

    def show_seen(self, seen: SettingsSeen) -> None:
        """At home the list is asked for, once."""
        at_home = seen.record is not None
        self.bring.setVisible(at_home)
        if not at_home:
            self.news.say(AT_HOME)
        elif not self._asked:
            self._asked = True
            self.asked.emit(LookAtFirstRun())

    def take(self, news: SettingsNews | Told) -> None:
        """What there is, or how far it is."""
        if isinstance(news, FirstRunSeen):
            self._arrive("")
            self._show(news.models)
        elif isinstance(news, ModelArrives):
            self._arrive(arriving(news))
        elif isinstance(news, BringingFailed):
            self._arrive("")
            self.show_fault(news.message, news.remedy)

    def bring_from(self, folder: str) -> None:
        """Import this folder."""
        if folder:
            self.asked.emit(ImportModel(folder))

    def _show(self, models: tuple[ModelChoice, ...]) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.fetch.clear()
        for row, model in enumerate(models):
            self._add(row, model)

    def _add(self, row: int, model: ModelChoice) -> None:
        theme, middle = self.theme, Qt.AlignmentFlag.AlignVCenter
        words = QWidget()
        inside = QGridLayout(words)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setVerticalSpacing(theme.px(Space.XXS))
        title = model_title(model)
        if model.live:
            title = f"{title}{SEPARATOR}{FITS}"
        inside.addWidget(Text(theme, Role.STRONG, title), 0, 0)
        inside.addWidget(Text(theme, Role.SMALL, model_words(model), soft=True), 1, 0)
        self._grid.addWidget(words, row, 0)
        words.show()  # a layout would only do so in the next turn of the loop
        if model.here:
            return
        fetch = Button(theme, FETCH)
        fetch.setAccessibleName(f"{FETCH}: {model.name}")
        fetch.clicked.connect(lambda: self._fetch(model.name))
        self.fetch[model.name] = fetch
        self._grid.addWidget(fetch, row, 1, middle)
        fetch.show()

    def _fetch(self, name: str) -> None:
        self.asked.emit(FetchModel(name))

    def _arrive(self, text: str) -> None:
        self.news.say(text)
        self.stop.setVisible(bool(text))
        for button in (*self.fetch.values(), self.bring):
            button.setEnabled(not text)

    def _choose_folder(self) -> None:
        wish = FileWish(FOLDER, Choice.FOLDER)
        ask_for(self, wish, lambda found: self.bring_from(str(found[0])))
