"""The fields of the start card: what they offer, and what was chosen in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.partnering.language import is_understood
from sidelight.session.home.messages import (
    CardSeen,
    ModelLine,
    StartChoices,
)
from sidelight.settings.choices import LONGEST_MINUTES
from sidelight.ui.home.wording import MODES, NOT_ENGLISH, languages
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.mode_choice import ModeChoice
from sidelight.ui.widgets.name_field import NameField
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.ui.home.hearing import Hearing
    from sidelight.ui.theme.theme import Theme

LATER: Final = "\0later"
"""Stands for recording now; no model has such a name."""

_LENGTH: Final = 84


class StartForm(QFrame):
    """Everything that is chosen before a session, but for whom: that is ``who``.

    Signals:
        client_named: A first name was typed or chosen.
        mode_chosen: What is kept was chosen anew.
        changed: Something is another now.

    Args:
        theme: Fonts and colours.
        hearing: The part about microphones, which has a life of its own.

    Attributes:
        who: A card of its own: what to say to the client may stand between the two.
    """

    client_named = Signal(str)
    mode_chosen = Signal(object)
    changed = Signal()

    def __init__(self, theme: Theme, hearing: Hearing) -> None:
        super().__init__()
        self.setObjectName("card")
        self.who = QFrame()
        self.who.setObjectName("card")
        self._theme = theme
        self._models: tuple[ModelLine, ...] = ()
        self._filled = False
        self._hearing = hearing
        self.client = NameField(theme, tr("Client's first name"))
        self.client.editingFinished.connect(self._name)
        self.client.chosen.connect(self.client_named)
        self.minutes = QLineEdit()
        self.minutes.setFont(theme.font(Role.BODY))
        self.minutes.setAccessibleName(tr("Agreed length in minutes"))
        self.minutes.setFixedWidth(theme.px(_LENGTH))
        self.modes = {mode: ModeChoice(theme, *words) for mode, words in MODES.items()}
        for mode, choice in self.modes.items():
            choice.toggled.connect(lambda on, mode=mode: self._choose_mode(mode, on=on))
        self.model = Picker(theme, tr("Speech model"))
        self.model.currentIndexChanged.connect(self._offer_languages)
        self.language = Picker(theme, tr("Language"))
        for signal in (
            *(self.client.textEdited, self.minutes.textEdited, self.mode_chosen),
            *(self.model.currentIndexChanged, self.language.currentIndexChanged),
        ):
            signal.connect(self.changed)
        self._foreign = Text(theme, Role.SMALL, NOT_ENGLISH, soft=True)
        self._lay_out()
        self.changed.connect(self._say_what_is_understood)
        self._say_what_is_understood()

    @property
    def whose(self) -> tuple[QWidget, ...]:
        """What takes the keyboard in ``who``, in order."""
        return (self.client, self.minutes)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard below it, in order."""
        heard = self._hearing.stops
        return (*self.modes.values(), *heard, self.model, self.language)

    @property
    def mode(self) -> Mode:
        """What is kept, as it is chosen now."""
        for mode, choice in self.modes.items():
            if choice.isChecked():
                return mode
        return Mode.KEEP

    def begin(self, seen: CardSeen) -> None:
        """Fill in what was chosen last; the client is another every time.

        Who went back and comes again finds what was filled in: until a session began
        it is not lost.
        """
        choices = seen.choices
        model: object = LATER if choices.record_only else choices.model
        language: object = choices.language
        self.client.offer(seen.clients)
        if self._filled:
            model, language = self.model.chosen, self.language.chosen
        else:
            minutes = choices.minutes
            self.minutes.setText("" if minutes is None else str(minutes))
            self.modes[choices.mode].setChecked(True)
        self._filled = True
        self._models = seen.models
        best = [] if not seen.models else [(tr("Best for this computer"), None)]
        named = [(model.name, model.name) for model in seen.models]
        self.model.offer([*best, *named, (tr("None: words come later"), LATER)], model)
        self._offer_languages()
        self.language.offer(languages(self._model_chosen()), language)
        self.client.setFocus()

    def choices(self) -> StartChoices:
        """What was chosen.

        Raises:
            UserError: Something does not fit; the field in question has the keyboard.
        """
        minutes = self._minutes()
        later = self.model.chosen == LATER
        if later and self.mode is Mode.LIVE_ONLY:
            (self.model if self._models else self.modes[Mode.LIVE_ONLY]).setFocus()
            raise UserError(
                tr("Live only needs a speech model while you talk."),
                tr("Choose a model, or Keep: then words come later.")
                if self._models
                else tr("Choose Keep: then words come later."),
            )
        model, language = self.model.chosen, self.language.chosen
        return StartChoices(
            client=self.client.text().strip(),
            minutes=minutes,
            mode=self.mode,
            microphone=self._hearing.microphone_chosen,
            call=self._hearing.call_chosen,
            model=model if isinstance(model, str) and not later else None,
            language=language if isinstance(language, str) else None,
            record_only=later and self.mode is Mode.KEEP,
            room=self._hearing.room_chosen,
        )

    def _minutes(self) -> int | None:
        text = self.minutes.text().strip()
        if not text:
            return None
        minutes = int(text) if text.isascii() and text.isdigit() else 0
        if not 1 <= minutes <= LONGEST_MINUTES:
            self.minutes.setFocus()
            self.minutes.selectAll()
            raise UserError(
                tr("The agreed length is a number of minutes."),
                tr("Type one, such as 60, or leave it empty."),
            )
        return minutes

    def _name(self) -> None:
        self.client_named.emit(self.client.text().strip())

    def _choose_mode(self, mode: Mode, *, on: bool) -> None:
        if not on:
            return
        listens = mode is not Mode.NO_LISTENING
        self._hearing.set_listening(listens)
        self.model.setEnabled(listens)
        self._offer_languages()
        self.mode_chosen.emit(mode)

    def _offer_languages(self) -> None:
        heard = self.mode is not Mode.NO_LISTENING and self.model.chosen != LATER
        self.language.setEnabled(heard)
        self.language.offer(languages(self._model_chosen()), self.language.chosen)

    def _say_what_is_understood(self) -> None:
        chosen = self.language.chosen if self.language.isEnabled() else None
        understood = not isinstance(chosen, str) or is_understood(chosen)
        self._foreign.setVisible(not understood)

    def _model_chosen(self) -> ModelLine | None:
        found = [one for one in self._models if one.name == self.model.chosen]
        return found[0] if found else None

    def _lay_out(self) -> None:
        theme = self._theme
        who = _grid(theme, self.who)
        who.addWidget(label(theme, tr("Client's first name"), self.client), 0, 0)
        who.addWidget(self.client, 1, 0)
        who.addWidget(label(theme, tr("Agreed length"), self.minutes), 0, 1)
        who.addWidget(_with_unit(theme, self.minutes, tr("minutes")), 1, 1)
        grid = _grid(theme, self)
        gap = theme.px(Space.M)
        grid.addWidget(
            label(theme, tr("What is kept, as agreed with the client")), 0, 0, 1, 2
        )
        modes = QWidget()
        modes.setAccessibleName(tr("What is kept"))
        column = QVBoxLayout(modes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(Space.XXS))
        for choice in self.modes.values():
            column.addWidget(choice)
        grid.addWidget(modes, 1, 0, 1, 2)
        grid.setRowMinimumHeight(2, gap)
        grid.addWidget(self._hearing, 3, 0, 1, 2)
        grid.setRowMinimumHeight(4, gap)
        grid.addWidget(label(theme, tr("Speech model"), self.model), 5, 0)
        grid.addWidget(self.model, 6, 0)
        grid.addWidget(label(theme, tr("Language"), self.language), 5, 1)
        grid.addWidget(self.language, 6, 1)
        grid.addWidget(self._foreign, 7, 0, 1, 2)
        grid.setRowStretch(8, 1)


def _grid(theme: Theme, card: QFrame) -> QGridLayout:
    """Two columns of fields, their names above them."""
    grid = QGridLayout(card)
    side = theme.px(Space.L)
    grid.setContentsMargins(side, side, side, side)
    grid.setHorizontalSpacing(side)
    grid.setVerticalSpacing(theme.px(Space.XS))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _with_unit(theme: Theme, field: QLineEdit, unit: str) -> QWidget:
    both = QWidget()
    grid = QGridLayout(both)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(Space.S))
    grid.addWidget(field, 0, 0)
    grid.addWidget(Text(theme, Role.BODY, unit, soft=True), 0, 1)
    grid.setColumnStretch(1, 1)
    return both
