"""The client note, edited in place: what the client may be given, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sidelight.domain.notes import Section, Standing
from sidelight.session.wrap_acts import (
    FinishWrapUp,
    ShapeNote,
    WithdrawLine,
    WriteLine,
)
from sidelight.session.wrapping_up import settled_note
from sidelight.settings.note_templates import STANDARD, NoteTemplate, NoteTemplates
from sidelight.ui.review.beside import CLIENT_NOTE
from sidelight.ui.review.notes.lines import Drafted, unmarked
from sidelight.ui.review.notes.note_page import NotePage
from sidelight.ui.review.notes.part import PartView
from sidelight.ui.review.notes.shaping import Shaping
from sidelight.ui.review.notes.wording import (
    AS_IN_THIS,
    DONE,
    DONE_AND_EXPORT,
    STANDARD_NAME,
    TEMPLATE,
    accept_all,
    part_title,
    state,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.notes import ClientNote, NotePart
    from sidelight.domain.story import Story
    from sidelight.session.wrap_acts import Act
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme

_OTHER: Final = ""
"""No template's name."""


class ClientNotePage(NotePage):
    """What the client may be given, part by part.

    Signals:
        export_asked: The note is finished, and to leave.

    Args:
        theme: Fonts and colours.
        playback: What is heard.
        folder: Where the coach's templates lie; ``None``: nowhere.
    """

    export_asked = Signal()

    def __init__(self, theme: Theme, playback: Playback, folder: Path | None) -> None:
        super().__init__(theme, playback, CLIENT_NOTE)
        self._folder = folder
        self._templates = NoteTemplates.recall(folder) if folder else NoteTemplates()
        self._story: Story | None = None
        self._stored: tuple[NotePart, ...] = ()
        self.shaping: Shaping | None = None
        self.template = Picker(theme, TEMPLATE)
        self.template.activated.connect(self._choose)
        self.change = Button(theme, tr("Change parts"))
        self.change.setCheckable(True)
        self.change.toggled.connect(lambda on: self._show_shaping(shown=on))
        self.done = Button(theme, DONE)
        self.done.clicked.connect(self._finish)
        self.leave = Button(theme, DONE_AND_EXPORT, main=True)
        self.leave.clicked.connect(self._finish)
        self.leave.clicked.connect(self.export_asked)
        self._state = Text(theme, Role.SMALL, soft=True)
        self.add(self.news)
        self.news.say("")
        self.accept_all = Button(theme, accept_all(2))
        self.accept_all.clicked.connect(self._accept_all)
        self.add(self._state)
        self.add(self._row(self.accept_all, self.done, self.leave))
        self.add(self._row(self.template, self.change))

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
        waiting = sum(one.standing is Standing.UNCHECKED for one in note.lines)
        self._state.setText(state(story, waiting))
        self._offer(parts)

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
            Drafted(unmarked(line), own_words=True)
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
        self.parts = [
            PartView(self.theme, self.playback, part, part_title(part))
            for part in parts
        ]
        for place, view in enumerate(self.parts):
            view.acted.connect(self._act)
            view.opened.connect(self.opened)
            view.counted.connect(self._count)
            self.add(view, 1 + place)

    def _act(self, act: Act) -> None:
        """With the first line the parts are stored that it stands among."""
        parts = tuple(view.part for view in self.parts)
        if not self._stored and parts != STANDARD.parts:
            self._stored = parts
            self.acted.emit(ShapeNote(parts))
        self.news.say("")
        self.acted.emit(act)

    def _count(self) -> None:
        """Below all lines: who got there has passed every one of them."""
        lines = sum(view.open_lines for view in self.parts)
        self.accept_all.setText(accept_all(lines))
        self.accept_all.setVisible(lines > 1)
        self.accept_all.updateGeometry()

    def _accept_all(self) -> None:
        for view in self.parts:
            view.accept_open()

    def _finish(self) -> None:
        for view in self.parts:
            view.add_typed()
        self.save()
        self._act(FinishWrapUp())

    # -- templates ---------------------------------------------------------------------

    def _offer(self, parts: tuple[NotePart, ...]) -> None:
        every = self._templates.all
        chosen = next((one.name for one in every if one.parts == parts), _OTHER)
        named = [(STANDARD_NAME, STANDARD.name)]
        named += [(one.name, one.name) for one in self._templates.own]
        if chosen == _OTHER:
            named.append((AS_IN_THIS, _OTHER))
        shown = [(tr("Template: {name}", name=name), value) for name, value in named]
        self.template.offer(shown, chosen)

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
        if shown:
            parts = tuple(view.part for view in self.parts)
            self.shaping = Shaping(self.theme, parts)
            self.shaping.shaped.connect(self._shape)
            self.shaping.renamed.connect(self._move)
            self.shaping.kept.connect(self._keep)
            self.add(self.shaping)
            self.ensureWidgetVisible(self.shaping)

    def _row(self, *parts: QWidget) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.theme.px(Space.S))
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        return row
