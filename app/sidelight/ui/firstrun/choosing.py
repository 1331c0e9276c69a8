"""The steps in which something is chosen or only shown: language, model, place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidelight.session.firstrun.messages import (
    ChooseLanguage,
    FetchModel,
    ImportModel,
    StopBringing,
)
from sidelight.settings.first_run import Step
from sidelight.ui.dialogs.files import Choice, FileWish, ask_for
from sidelight.ui.firstrun.step import StepCard
from sidelight.ui.firstrun.wording import BACK_UP, SEVERAL, room
from sidelight.ui.home.wording import LANGUAGES, language_name
from sidelight.ui.modelwords import (
    FETCH,
    FITS,
    FOLDER,
    IMPORT,
    IMPORT_TOLD,
    LATER,
    NONE_FITS,
    STOP,
    STOP_TOLD,
    later_words,
    model_title,
    model_words,
    none_fits,
    suggested,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.mode_choice import ModeChoice
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import FirstRunSeen, ModelChoice
    from sidelight.ui.theme.theme import Theme


class LanguageStep(StepCard):
    """What is spoken in sessions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Step.LANGUAGE)
        self.language = Picker(theme, tr("Language of your sessions"))
        self._shown = False
        self.add_field(tr("Language of your sessions"), self.language, leads=True)

    @property
    def first(self) -> QWidget:
        """The choice."""
        return self.language

    def show_seen(self, seen: FirstRunSeen) -> None:
        """As it was chosen the last time; English to begin with."""
        if self._shown:
            return
        self._shown = True
        named = sorted((language_name(code), code) for code in LANGUAGES)
        chosen = seen.language if Step.LANGUAGE in seen.done else "en"
        self.language.offer([*named, (SEVERAL, None)], chosen)

    def go_on(self) -> None:
        """The models that know it are offered next."""
        chosen = self.language.chosen
        self.asked.emit(ChooseLanguage(chosen if isinstance(chosen, str) else None))
        super().go_on()


class ModelStep(StepCard):
    """Which speech model, with what is known of it on this computer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Step.MODEL)
        self._models: tuple[ModelChoice, ...] = ()
        self._touched = ""
        self._arriving = False
        self.choices: dict[str, ModeChoice] = {}
        self.none_fits = Text(theme, Role.BODY)
        self.none_fits.say("")
        self.body.addWidget(self.none_fits)
        self._list = QWidget()
        self._list.setAccessibleName(tr("Speech models"))
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(Space.XXS))
        self.body.addWidget(self._list)
        self.bring = Button(theme, IMPORT)
        self.bring.setAccessibleDescription(IMPORT_TOLD)
        self.bring.clicked.connect(self._choose_folder)
        self.stop = Button(theme, STOP)
        self.stop.setAccessibleDescription(STOP_TOLD)
        self.stop.clicked.connect(lambda: self.asked.emit(StopBringing()))
        beside = QHBoxLayout()
        beside.setContentsMargins(0, theme.px(Space.S), 0, 0)
        beside.setSpacing(theme.px(Space.S))
        beside.addWidget(self.bring)
        beside.addWidget(self.stop)
        beside.addStretch(1)
        self.body.addLayout(beside)
        self.stop.hide()

    @property
    def chosen(self) -> str:
        """The model's name, or ``LATER``."""
        return next((n for n, one in self.choices.items() if one.isChecked()), LATER)

    @property
    def main(self) -> str:
        """Fetching begins with it."""
        model = self._model(self.chosen)
        return tr("Next") if model is None or model.here or self._arriving else FETCH

    @property
    def first(self) -> QWidget | None:
        """What is chosen."""
        return self.choices.get(self.chosen)

    def show_seen(self, seen: FirstRunSeen) -> None:
        """Offer what there is; what a person chose stays chosen."""
        if seen.models == self._models and self.choices:
            return
        self._models = seen.models
        best = suggested(seen.models)
        chosen = self._touched or (best.name if best else LATER)
        focused = any(one.hasFocus() for one in self.choices.values())
        for old in self.choices.values():
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        slow = none_fits(seen.models)
        self.none_fits.say(NONE_FITS if slow else "")
        offered = [
            (one.name, model_title(one), model_words(one), FITS if one.live else "")
            for one in seen.models
        ]
        later = (LATER, LATER, later_words(seen.models), "")
        # What is suggested is in sight, however large the text is.
        offered.insert(0 if slow else len(offered), later)
        self.choices = {name: self._choice(*said) for name, *said in offered}
        mine = self.choices.get(chosen, self.choices[LATER])
        mine.setChecked(True)
        if focused:
            mine.setFocus()
        self.changed.emit()

    def show_arriving(self, *, arriving: bool) -> None:
        """Whether a model is on its way."""
        self._arriving = arriving
        self.stop.setVisible(arriving)
        self.bring.setEnabled(not arriving)
        self.changed.emit()

    def bring_from(self, folder: str) -> None:
        """Import this folder."""
        self.news.say("")
        if folder:
            self.asked.emit(ImportModel(folder))

    def go_on(self) -> None:
        """What is not here is fetched while the next steps are gone through."""
        model = self._model(self.chosen)
        if model is not None and not model.here and not self._arriving:
            self.asked.emit(FetchModel(model.name))
        super().go_on()

    def _choice(self, name: str, sentence: str, tag: str) -> ModeChoice:
        choice = ModeChoice(self.theme, name, sentence, tag)
        self._rows.addWidget(choice)
        choice.show()  # a layout would only do so in the next turn of the loop
        choice.clicked.connect(self._touch)
        choice.toggled.connect(self.changed)
        return choice

    def _touch(self) -> None:
        """A person chose, by arrow or pointer."""
        self._touched = self.chosen

    def _model(self, name: str) -> ModelChoice | None:
        return next((one for one in self._models if one.name == name), None)

    def _choose_folder(self) -> None:
        wish = FileWish(FOLDER, Choice.FOLDER)
        ask_for(self, wish, lambda found: self.bring_from(str(found[0])))


class PlaceStep(StepCard):
    """Where it is kept, and how much fits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Step.PLACE)
        self.room = Text(theme, Role.BODY)
        self.folder = Text(theme, Role.SMALL, soft=True)
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(Text(theme, Role.BODY, BACK_UP))
        self.body.addWidget(self.room)
        self.body.addWidget(self.folder)

    def show_seen(self, seen: FirstRunSeen) -> None:
        """The folder, and the room on its disk."""
        self.folder.setText(seen.place.folder)
        self.room.setText(room(seen.place))
