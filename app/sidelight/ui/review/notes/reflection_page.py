"""The reflection note, edited in place: the coach's own words, then what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.notes import NotePart, Section
from sidelight.session.private_lines import private_lines
from sidelight.session.wrap_acts import WriteNote
from sidelight.ui.kindwords import kind_title, reason, sentence
from sidelight.ui.review.beside import REFLECTION
from sidelight.ui.review.notes.lines import Drafted, unmarked
from sidelight.ui.review.notes.note_page import NotePage
from sidelight.ui.review.notes.part import PartView
from sidelight.ui.review.notes.wording import FOR_YOU, part_title
from sidelight.ui.theme.tokens import Role
from sidelight.ui.widgets.text import Reading
from sidelight.ui.words import tr, tr_worded
from sidelight.ui.wrapup.note import PrivateNote

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.session.private_lines import PrivateLine
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme

PARTS: Final = (
    Section.KEEP,
    Section.FORK,
    Section.PRACTISE,
    Section.WORDS,
    Section.NOTICED,
)


class ReflectionPage(NotePage):
    """The coach's own note, and quotations that may stand with it.

    Args:
        theme: Fonts and colours.
        playback: What is heard.
    """

    def __init__(self, theme: Theme, playback: Playback) -> None:
        super().__init__(theme, playback, REFLECTION)
        self.note = PrivateNote(theme, "")
        self.note.written.connect(lambda text: self.acted.emit(WriteNote(text)))
        self.add(self.note)
        self.add(self.news)
        self.news.say("")
        self.add(Reading(theme, Role.SMALL, FOR_YOU, soft=True))
        for section in PARTS:
            part = NotePart(section, section.value)
            view = PartView(theme, playback, part, part_title(part))
            self.parts.append(view)
            view.acted.connect(self.acted)
            view.opened.connect(self.opened)
            self.add(view)

    def show_now(self, story: Story) -> None:
        """Lay it out; what is being typed stays."""
        self.note.show_stored(story.wrap_up.note)
        lines = private_lines(story)
        for view in self.parts:
            mine = [one for one in lines if one.line.section is view.part.section]
            accepted = {
                one.span: one.line
                for one in story.wrap_up.accepted
                if one.section is view.part.section
            }
            view.show_lines(tuple(_drafted(one, story) for one in mine), (), accepted)
            view.setVisible(bool(mine))

    def show_fault(self, message: str, remedy: str) -> None:
        """Something was not stored; what is shown is what is."""
        super().show_fault(message, remedy)
        self.note.try_again()

    def save(self) -> None:
        """Have stored what was typed last."""
        self.note.save()


def _drafted(one: PrivateLine, story: Story) -> Drafted:
    settled = one.moment_id in story.confirmed
    at = None if one.moment is None else one.moment.at
    return Drafted(unmarked(one.line), _told(one), settled, moment_at=at)


def _told(one: PrivateLine) -> str:
    """What is observed and asked there."""
    if one.observed:
        return f"{tr_worded(one.observed)} {tr_worded(one.question)}"
    if one.moment is not None:
        title = sentence(kind_title(one.moment.kind)).rstrip(".")
        return tr("{kind}: {reason}", kind=title, reason=reason(one.moment))
    return ""
