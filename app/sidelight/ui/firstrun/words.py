"""The last step: three ways of partnering in the coach's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit, QWidget

from sidelight.session.firstrun.messages import KeepPhrases, OwnPhrase
from sidelight.settings.first_run import Step
from sidelight.ui.firstrun.step import StepCard
from sidelight.ui.firstrun.wording import EXAMPLES, KEEP, NO_RECORD
from sidelight.ui.kindwords import kind_title
from sidelight.ui.theme.tokens import Role
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import FirstRunSeen
    from sidelight.ui.theme.theme import Theme

LONGEST: Final = 300
"""Characters of a phrase, as for ``sidelight phrasebook add``."""

_DONE: Final = tr("Done")
_KEEPING: Final = tr("They are being written into your phrasebook.")


class WordsStep(StepCard):
    """Each field is a phrase for the phrasebook; empty ones are left out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Step.WORDS)
        self._new = self._keeping = False
        self.fields: dict[str, QLineEdit] = {}
        for kind, example in EXAMPLES.items():
            name, words = kind_title(kind), tr("For example: {words}", words=example)
            field = QLineEdit()
            field.setFont(theme.font(Role.BODY))
            field.setMaxLength(LONGEST)
            field.setAccessibleName(name)
            field.setAccessibleDescription(words)
            field.setPlaceholderText(words)
            field.textChanged.connect(self.changed)
            self.add_field(name, field, leads=not self.fields)
            self.fields[kind] = field

    @property
    def phrases(self) -> tuple[OwnPhrase, ...]:
        """What was typed."""
        typed = ((kind, " ".join(f.text().split())) for kind, f in self.fields.items())
        return tuple(OwnPhrase(kind, words) for kind, words in typed if words)

    @property
    def main(self) -> str:
        """What is typed is kept; otherwise there is nothing left to do."""
        if self._keeping:
            return ""
        return KEEP if self.phrases else _DONE

    @property
    def first(self) -> QWidget | None:
        """The first field, if something can be kept."""
        return None if self._new else next(iter(self.fields.values()))

    def show_seen(self, seen: FirstRunSeen) -> None:
        """Without a record there is nowhere to keep them."""
        self._know(new=seen.new)

    def show_record(self) -> None:
        """It has just been made."""
        self._know(new=False)

    def enter(self) -> None:
        """Say so where nothing can be kept."""
        self.news.say(NO_RECORD if self._new else "")

    def go_on(self) -> None:
        """Keep what was typed, then it is done."""
        if not self.phrases:
            super().go_on()
        elif not self._keeping:
            self._wait(keeping=True)
            self.news.say(_KEEPING)
            self.asked.emit(KeepPhrases(self.phrases))

    def show_kept(self) -> None:
        """They are in the phrasebook."""
        self._wait(keeping=False)
        for field in self.fields.values():
            field.clear()
        self.finished.emit()

    def show_fault(self, text: str) -> None:
        """They were not kept; they stand as they were."""
        self._wait(keeping=False)
        super().show_fault(text)
        self.turned.emit()

    def _know(self, *, new: bool) -> None:
        self._new = new
        for field in self.fields.values():
            field.setEnabled(not new)

    def _wait(self, *, keeping: bool) -> None:
        self._keeping = keeping
        for field in self.fields.values():
            field.setEnabled(not keeping and not self._new)
        self.changed.emit()
