"""The client note, edited in place: what the client may be given, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sidelight.domain.notes import Section
from sidelight.session.wrap_acts import (
    FinishWrapUp,
    ShapeNote,
    WithdrawLine,
    WriteLine,
)
from sidelight.session.wrapping_up import settled_note
from sidelight.settings.note_templates import STANDARD, NoteTemplate, NoteTemplates
from sidelight.ui.review.notes.lines import Drafted, unmarked
from sidelight.ui.review.notes.note_page import NotePage
from sidelight.ui.review.notes.part import PartView
from sidelight.ui.review.notes.shaping import Shaping
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.notes import ClientNote, NotePart
    from sidelight.domain.story import Story
    from sidelight.session.wrap_acts import Act
    from sidelight.ui.theme.theme import Theme

TITLE: Final = "Client note"
HELP: Final = "Only what you accept or write goes into the note. Saved as you go."
DONE: Final = "Done"
IS_DONE: Final = "Done. You can still change it."
_TEMPLATE: Final = "Template"
_OTHER: Final = "as in this note"


class ClientNotePage(NotePage):
    """What the client may be given, part by part.

    Args:
        theme: Fonts and colours.
        folder: Where the coach's templates lie; ``None``: nowhere.
    """

    def __init__(self, theme: Theme, folder: Path | None) -> None:
        super().__init__(theme, TITLE)
        self._folder = folder
        self._templates = NoteTemplates.recall(folder) if folder else NoteTemplates()
        self._story: Story | None = None
        self._stored: tuple[NotePart, ...] = ()
        self.shaping: Shaping | None = None
        self._fixed = 0

    def build(self, story: Story) -> None:
        """Everything but the parts, which are the story's."""
        del story
        theme = self.theme
        self.template = Picker(theme, _TEMPLATE)
        self.template.activated.connect(self._choose)
        self.change = Button(theme, "Change parts")
        self.change.setCheckable(True)
        self.change.toggled.connect(lambda on: self._show_shaping(shown=on))
        self.news = Text(theme, Role.SMALL)
        self.done = Button(theme, DONE, main=True)
        self.done.clicked.connect(self._finish)
        self._state = Text(theme, Role.SMALL, soft=True)
        self.add(Text(theme, Role.SMALL, HELP, soft=True))
        self.add(self._row(self.template, self.change))
        self.add(self.news)
        self.news.say("")
        self._fixed = len(self.blocks)
        self.add(self._row(self._state, self.done))

    def show_now(self, story: Story) -> None:
        """Lay it out; what is being typed stays."""
        self._story = story
        self._stored = story.wrap_up.parts
        if story.session is None:
            self._lay_out(())
            return
        note = settled_note(story, story.session.started_at)
        parts = note.parts if self._stored else self._begun(note)
        if parts != tuple(view.part for view in self.parts):
            self._lay_out(parts)
        for view in self.parts:
            self._show_part(view, note, story)
        self._state.setText(IS_DONE if story.wrap_up.finished else "")
        self._offer(parts)

    def show_fault(self, message: str, remedy: str) -> None:
        """Something was not stored; what is shown is what is."""
        if not self.blocks:
            return
        self.news.say(f"{message} {remedy}".strip())
        for view in self.parts:
            view.give_up()

    def save(self) -> None:
        """Have stored what was typed into lines that are there already."""
        for view in self.parts:
            view.save()

    def _begun(self, note: ClientNote) -> tuple[NotePart, ...]:
        """The template's parts, and whatever else holds a line already."""
        first = self._templates.first.parts
        sections = {part.section for part in first}
        more = (
            part
            for part in note.parts
            if part.section not in sections
            and (
                note.accepted(part.section)
                or any(one.in_part(part) for one in note.own)
            )
        )
        return (*first, *more)

    def _show_part(self, view: PartView, note: ClientNote, story: Story) -> None:
        done, part = story.wrap_up, view.part
        accepted = {
            one.span: one.line for one in done.accepted if one.section is part.section
        }
        drafted = tuple(
            Drafted(unmarked(line))
            for line in note.lines
            if line.section is part.section
        )
        written = tuple(
            one
            for one in done.written
            if one.section is part.section
            and (part.section is not Section.OWN or one.heading == part.title)
        )
        view.show_lines(drafted, written, accepted)

    def _lay_out(self, parts: tuple[NotePart, ...]) -> None:
        self.remove(self.parts)
        self.parts = [PartView(self.theme, part) for part in parts]
        for place, view in enumerate(self.parts):
            view.acted.connect(self._act)
            view.play.connect(self.play)
            view.opened.connect(self.opened)
            self.add(view, self._fixed + place)

    def _act(self, act: Act) -> None:
        """With the first line the parts are stored that it stands among."""
        parts = tuple(view.part for view in self.parts)
        if not self._stored and parts != STANDARD.parts:
            self._stored = parts
            self.acted.emit(ShapeNote(parts))
        self.news.say("")
        self.acted.emit(act)

    def _finish(self) -> None:
        for view in self.parts:
            view.add_typed()
        self.save()
        self._act(FinishWrapUp())

    # -- templates ---------------------------------------------------------------------

    def _offer(self, parts: tuple[NotePart, ...]) -> None:
        names = [one.name for one in self._templates.all]
        chosen = next(
            (one.name for one in self._templates.all if one.parts == parts), _OTHER
        )
        shown = [*names, _OTHER] if chosen == _OTHER else names
        self.template.offer([(name, name) for name in shown], chosen)

    def _choose(self) -> None:
        name = self.template.chosen
        for template in self._templates.all:
            if template.name == name:
                self.change.setChecked(False)
                self._remember(self._templates.choosing(template.name))
                self._shape(template.parts)

    def _shape(self, parts: tuple[NotePart, ...]) -> None:
        self._stored = parts
        self.acted.emit(ShapeNote(parts))

    def _move(self, before: str, after: str) -> None:
        """Lines of an added part go where its heading goes."""
        written = self._story.wrap_up.written if self._story else ()
        for line in written:
            if line.section is Section.OWN and line.heading == before:
                self.acted.emit(WriteLine(line.text, Section.OWN, after))
                self.acted.emit(WithdrawLine(line.line))

    def _keep(self, name: str) -> None:
        if self.shaping is not None:
            template = NoteTemplate(name, self.shaping.parts)
            self._remember(self._templates.keeping(template))
            self._shape(template.parts)
            self._offer(template.parts)

    def _remember(self, templates: NoteTemplates) -> None:
        self._templates = templates
        if self._folder is not None:
            templates.remember(self._folder)

    def _show_shaping(self, *, shown: bool) -> None:
        if self.shaping is not None:
            self.remove([self.shaping])
            self.shaping = None
            self._fixed -= 1
        if shown:
            parts = tuple(view.part for view in self.parts)
            self.shaping = Shaping(self.theme, parts)
            self.shaping.shaped.connect(self._shape)
            self.shaping.renamed.connect(self._move)
            self.shaping.kept.connect(self._keep)
            self.add(self.shaping, self._fixed)
            self._fixed += 1

    def _row(self, first: QWidget, second: QWidget) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.theme.px(Space.S))
        layout.addWidget(first, 1)
        layout.addWidget(second)
        return row
