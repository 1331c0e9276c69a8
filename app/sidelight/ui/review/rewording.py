"""The coach says what was said in the review, one key each.

| key | does |
| --- | --- |
| E, in the transcript Enter and F2 | the words are edited where they stand |
| Ctrl+Enter, while they are | the passage is split at the cursor |
| J | it goes on with the next passage of the same person |
| S | the other one spoke |
| O | what was heard is told below what was changed, and no more |

The same stands in the transcript's context menu. As with moments, nothing is changed
here: it is asked for by signal, and shown when it is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from sidelight.domain.transcript import Speaker
from sidelight.session.word_acts import (
    ChangeSpeaker,
    EditWords,
    MergePassages,
    SplitPassage,
)
from sidelight.ui.review.words_editor import KEYS
from sidelight.ui.theme.tokens import Role
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from sidelight.domain.transcript import Utterance
    from sidelight.ui.itemmodels.transcript import TranscriptModel
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.review.transcript_list import TranscriptList
    from sidelight.ui.theme.theme import Theme

HELP: Final = tr(
    "E  edit the words   ·   Ctrl+Enter  split there   ·   J  join with what follows"
    "   ·   S  the other one spoke   ·   O  what was heard"
)
NOTHING: Final = tr("Select some words in the transcript first.")
_ENTERED: Final = tuple(
    map(QKeySequence, (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter))
)
_OTHER: Final = {
    Speaker.COACH: Speaker.CLIENT,
    Speaker.CLIENT: Speaker.COACH,
    Speaker.UNKNOWN: Speaker.COACH,
}


class WordsMenu(QMenu):
    """What can be done to a passage, with its keys.

    Attributes:
        edit: Opens the editor.
        join: With the next one.
        speakers: Whoever did not speak, as far as is known.
        heard: Tells what was heard, or no more.

    Args:
        theme: Fonts.
        said: The passage.
        parent: Of the same window.
    """

    def __init__(
        self, theme: Theme, said: Utterance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFont(theme.font(Role.BODY))
        self.edit = self._offer(tr("Edit or split the words"), "E")
        self.join = self._offer(tr("Join with what follows"), "J")
        self.addSeparator()
        names = {
            Speaker.COACH: tr("You said this"),
            Speaker.CLIENT: tr("Your client said this"),
            Speaker.UNKNOWN: tr("It is not certain who said this"),
        }
        self.speakers = {
            one: self._offer(words, "S" if one is _OTHER[said.speaker] else "")
            for one, words in names.items()
            if one is not said.speaker
        }
        self.addSeparator()
        self.heard = self._offer(tr("What was heard"), "O")
        self.heard.setCheckable(True)

    def _offer(self, words: str, key: str) -> QAction:
        return self.addAction(f"{words}\t{key}" if key else words)


class Rewording(QObject):
    """Keys and menu of the transcript.

    Signals:
        acted: What the coach decides (``WordAct``), to be stored.
        told: What there is to say (``str``).
        opening: The editor opens now: the transcript is to be seen.

    Args:
        theme: Fonts.
        view: The transcript.
        rows: Its rows.
        selection: What the keys are about.
    """

    acted = Signal(object)
    told = Signal(str)
    opening = Signal()

    def __init__(
        self,
        theme: Theme,
        view: TranscriptList,
        rows: TranscriptModel,
        selection: Selection,
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._view, self._rows, self._selection = view, rows, selection
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        self._listen(_ENTERED, self.edit, view)

    def listen_in(self, *views: QWidget) -> None:
        """Let the keys work where one of these has the focus."""
        for key, does in (
            ("E", self.edit),
            ("J", self._join),
            ("S", self._give),
            ("O", self._tell_heard),
        ):
            self._listen((QKeySequence(key),), does, *views)

    def menu(self) -> WordsMenu | None:
        """Of the selected passage; ``None``: there is none."""
        said = self._said()
        if said is None:
            return None
        menu = WordsMenu(self._theme, said, self._view)
        menu.edit.triggered.connect(self.edit)
        menu.join.triggered.connect(self._join)
        for speaker, action in menu.speakers.items():
            act = ChangeSpeaker(said.id, speaker)
            action.triggered.connect(lambda _=False, act=act: self.acted.emit(act))
        menu.heard.setChecked(self._view.tells_heard)
        menu.heard.triggered.connect(self._tell_heard)
        return menu

    @Slot()
    def edit(self) -> None:
        """Open the selected words to be edited."""
        said = self._said()
        number = None if said is None else self._rows.row_of(said.id)
        if said is None or number is None:
            return
        passage = said.id
        self.opening.emit()
        editor = self._view.edit_words(number)
        editor.kept.connect(lambda text: self.acted.emit(EditWords(passage, text)))
        editor.split.connect(lambda n: self.acted.emit(SplitPassage(passage, n)))
        self.told.emit(KEYS)
        editor.left.connect(lambda: self.told.emit(""))

    def _listen(
        self, keys: tuple[QKeySequence, ...], does: Callable[[], None], *views: QWidget
    ) -> None:
        action = QAction(self)
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(does)
        for view in views:
            view.addAction(action)

    @Slot()
    def _join(self) -> None:
        said = self._said()
        if said is not None:
            self.acted.emit(MergePassages(said.id))

    @Slot()
    def _give(self) -> None:
        said = self._said()
        if said is not None:
            self.acted.emit(ChangeSpeaker(said.id, _OTHER[said.speaker]))

    @Slot()
    def _tell_heard(self) -> None:
        self._view.tell_heard(shown=not self._view.tells_heard)

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._view.viewport().mapToGlobal(at))

    def _said(self) -> Utterance | None:
        """The selected passage; where there is none, it says so."""
        chosen = self._selection.utterance
        number = None if chosen is None else self._rows.row_of(chosen)
        if number is None:
            self.told.emit(NOTHING)
            return None
        return self._rows.row(number).utterance
