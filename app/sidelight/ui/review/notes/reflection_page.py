"""The reflection note, edited in place: the coach's own words, then what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.notes import NotePart, Section
from sidelight.session.private_lines import private_lines
from sidelight.session.wrap_acts import WriteNote
from sidelight.ui.review.notes.lines import Drafted, unmarked
from sidelight.ui.review.notes.note_page import NotePage
from sidelight.ui.review.notes.part import PartView
from sidelight.ui.theme.tokens import Role
from sidelight.ui.widgets.text import Text
from sidelight.ui.wrapup.note import PrivateNote

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.session.private_lines import PrivateLine
    from sidelight.ui.theme.theme import Theme

TITLE: Final = "Reflection"
HELP: Final = "For you alone. What you have not accepted is not exported either."
PARTS: Final = (
    NotePart(Section.KEEP, "One to keep"),
    NotePart(Section.FORK, "One fork"),
    NotePart(Section.PRACTISE, "One to practise"),
    NotePart(Section.WORDS, "Words your client came back to"),
    NotePart(Section.NOTICED, "Also noticed"),
)


class ReflectionPage(NotePage):
    """The coach's own note, and quotations that may stand with it.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, TITLE)

    def build(self, story: Story) -> None:
        """The coach's own note, then the parts."""
        theme = self.theme
        self.note = PrivateNote(theme, story.wrap_up.note)
        self.note.written.connect(lambda text: self.acted.emit(WriteNote(text)))
        self.news = Text(theme, Role.SMALL)
        self.add(self.note)
        self.add(self.news)
        self.news.say("")
        self.add(Text(theme, Role.SMALL, HELP, soft=True))
        self.parts = [PartView(theme, part) for part in PARTS]
        for view in self.parts:
            view.acted.connect(self.acted)
            view.play.connect(self.play)
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
        if not self.blocks:
            return
        self.news.say(f"{message} {remedy}".strip())
        self.note.try_again()
        for view in self.parts:
            view.give_up()

    def save(self) -> None:
        """Have stored what was typed last."""
        if self.blocks:
            self.note.save()


def _drafted(one: PrivateLine, story: Story) -> Drafted:
    settled = one.moment is not None and one.moment in story.confirmed
    return Drafted(unmarked(one.line), one.told, settled)
