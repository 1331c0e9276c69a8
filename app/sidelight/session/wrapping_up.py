"""The wrap-up of a session: what is drafted, what is missing, and what the coach does.

Nothing is accepted but by the coach, line by line: an act names a drafted line by its
sound, and what is stored is the quote of the record, not of whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, assert_never

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    LineAccepted,
    LineWithdrawn,
    LineWritten,
    NoteShaped,
    NoteWritten,
    WrapUpFinished,
)
from sidelight.domain.moments import PROCESS_KINDS, Origin
from sidelight.domain.notes import (
    STANDARD_PARTS,
    DraftLine,
    NotePart,
    OwnLine,
    Section,
    Standing,
)
from sidelight.domain.story import tell
from sidelight.domain.versions import half_overlaps
from sidelight.session.deciding import (
    DecidedFiles,
    Decider,
    OpenTeaching,
    nobody_teaches,
)
from sidelight.session.decision_acts import DecisionAct
from sidelight.session.drafting import draft_client_note
from sidelight.session.looking_back import look_back
from sidelight.session.private_lines import private_lines
from sidelight.session.wrap_acts import (
    LONGEST_LINE,
    LONGEST_NOTE,
    AcceptLine,
    FinishWrapUp,
    RewriteLine,
    SettleMoment,
    ShapeNote,
    WithdrawLine,
    WriteLine,
    WriteNote,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sidelight.domain.events import OfWrapUp, StoredEvent
    from sidelight.domain.moments import Moment
    from sidelight.domain.notes import ClientNote
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.session.wrap_acts import Act


_TITLES = {part.section: part.title for part in STANDARD_PARTS}


class WrapUpFiles(DecidedFiles, Protocol):
    """What of a session's store is wrapped up with: ``record.events.SessionStore``."""

    def put_down(self, event: OfWrapUp) -> StoredEvent:
        """Store what the coach wrote or accepted."""
        ...


@dataclass(frozen=True, slots=True)
class Missing:
    """What the wrap-up of a session has still to offer.

    Attributes:
        lines: Drafted commitments that nobody has looked at.
        note: There is no private note.
    """

    lines: int
    note: bool


def settled_note(story: Story, started_at: datetime) -> ClientNote:
    """The client note: what is drafted, unchecked, and what the coach let go out.

    Args:
        story: The session.
        started_at: When it was; the note carries the date only.
    """
    note = draft_client_note(story, started_at)
    done = story.wrap_up
    drafted = (line for line in note.lines if not _is_settled(story, line))
    accepted = (one for one in done.accepted if not one.section.private)
    lines = [*drafted, *map(_accepted, accepted)]
    order = {section: place for place, section in enumerate(Section)}
    lines.sort(key=lambda line: (order[line.section], line.span.start))
    own = tuple(OwnLine(x.section, x.text, x.heading, x.span) for x in done.written)
    told = replace(note, lines=tuple(lines), own=own)
    return replace(told, parts=_parts(told, done.parts or STANDARD_PARTS))


def _parts(note: ClientNote, parts: tuple[NotePart, ...]) -> tuple[NotePart, ...]:
    """These, and at the end whatever else holds a line that may leave."""
    there = {part.section for part in parts}
    more = [
        part
        for part in STANDARD_PARTS
        if part.section not in there and note.accepted(part.section)
    ]
    written = (
        NotePart(one.section, one.heading or _TITLES.get(one.section, ""))
        for one in note.own
        if not any(one.in_part(part) for part in (*parts, *more))
    )
    return (*parts, *more, *dict.fromkeys(written))


def drafted_commitments(story: Story) -> tuple[DraftLine, ...]:
    """What the client seems to have promised, and the coach has not accepted."""
    if story.session is None:
        return ()
    return tuple(
        line
        for line in settled_note(story, story.session.started_at).lines
        if line.section is Section.COMMITMENTS and line.standing is Standing.UNCHECKED
    )


def drafted_lines(story: Story, section: Section) -> tuple[DraftLine, ...]:
    """What stands drafted in this section of either note, accepted or not."""
    if story.session is None:
        return ()
    if section.private:
        lines = tuple(one.line for one in private_lines(look_back(story)))
    else:
        lines = settled_note(story, story.session.started_at).lines
    return tuple(line for line in lines if line.section is section)


def numbered_drafts(story: Story) -> dict[int, DraftLine]:
    """The same, by numbers from 1 that accepting one of them does not change."""
    if story.session is None:
        return {}
    drafted = draft_client_note(story, story.session.started_at).lines
    lines = [line for line in drafted if line.section is Section.COMMITMENTS]
    return {
        number: line
        for number, line in enumerate(lines, start=1)
        if not _is_settled(story, line)
    }


def missing(story: Story) -> Missing | None:
    """What is missing; ``None``: nothing, the coach is done or it goes on."""
    if story.wrap_up.finished or not story.ended:
        return None
    return Missing(len(drafted_commitments(story)), not story.wrap_up.note)


def commitments(story: Story) -> tuple[str, ...]:
    """What the client may be reminded of: accepted quotes, then lines written."""
    done = story.wrap_up
    return (
        *(x.quote for x in done.accepted if x.section is Section.COMMITMENTS),
        *(x.text for x in done.written if x.section is Section.COMMITMENTS),
    )


def unsettled(story: Story) -> tuple[Moment, ...]:
    """Moments of which only the key is known: nobody heard words, none was decided.

    In order of time. Where words are gone on purpose there were some.
    """
    found = (
        moment
        for moment in story.moments
        if moment.origin is Origin.COACH
        and moment.kind in PROCESS_KINDS
        and not moment.utterance_ids
        and not moment.quote
        and moment.id not in story.confirmed
    )
    return tuple(sorted(found, key=lambda moment: moment.span))


class WrappingUp:
    """Stores what the coach does. Thread: the one that writes the record.

    Args:
        files: Of a session that has ended.
        teaching: Opens what makes lessons of decisions, once one is made.
    """

    def __init__(
        self, files: WrapUpFiles, teaching: OpenTeaching = nobody_teaches
    ) -> None:
        self._files = files
        self._teaching = teaching

    def do(self, act: Act) -> StoredEvent:
        """Do it; when this returns it outlives a power cut.

        Raises:
            UserError: It does not fit the session as it is, or the record cannot be
                written; nothing was stored.
        """
        if isinstance(act, DecisionAct):
            decider = self._decider()
            _refuse_before_the_end(decider.story)
            return decider.do(act)
        story = tell(self._files.events())
        _refuse_before_the_end(story)
        match act:
            case SettleMoment():
                return self._settle(story, act)
            case WriteNote(text=text):
                _refuse_longer(text, LONGEST_NOTE)
                event: OfWrapUp = NoteWritten(story.position, text.strip())
            case ShapeNote(parts=parts):
                _refuse_parts(parts)
                event = NoteShaped(story.position, parts)
            case AcceptLine() | WriteLine() | RewriteLine() | WithdrawLine():
                event = self._line(story, act)
            case FinishWrapUp():
                event = WrapUpFinished(story.position)
            case _:
                assert_never(act)
        return self._files.put_down(event)

    def _line(
        self, story: Story, act: AcceptLine | WriteLine | RewriteLine | WithdrawLine
    ) -> OfWrapUp:
        match act:
            case AcceptLine():
                return self._acceptance(story, act)
            case WriteLine():
                return self._writing(story, act)
            case RewriteLine(line=number):
                return replace(_written(story, number), text=_one_line(act.text))
            case WithdrawLine(line=number):
                if number not in story.wrap_up.lines:
                    raise UserError(
                        f"There is no line {number}.",
                        "See them: sidelight sessions commitments SESSION",
                    )
                return LineWithdrawn(story.position, number)

    def _writing(self, story: Story, act: WriteLine) -> LineWritten:
        text, heading = _one_line(act.text), _heading(act)
        written = LineWritten(
            story.position, self._number(), act.section, text, heading
        )
        if act.instead is None:
            return written
        quote = _drafted(story, act.section, act.instead)
        return replace(written, span=quote.span, utterance_ids=quote.utterance_ids)

    def _acceptance(self, story: Story, act: AcceptLine) -> LineAccepted:
        line = _drafted(story, act.section, act.span)
        if line.doubt is not None and not act.heard:
            raise UserError(
                "The words of this line are doubtful, so it cannot be quoted yet.",
                "Listen to it, or write it in your own words.",
            )
        return LineAccepted(
            story.position,
            self._number(),
            line.section,
            line.quote,
            line.speaker,
            line.span,
            line.utterance_ids,
        )

    def _number(self) -> int:
        lines = (LineAccepted, LineWritten, LineWithdrawn)
        given = (
            one.event.line
            for one in self._files.every_version()
            if isinstance(one.event, lines)
        )
        return max(given, default=0) + 1

    def _settle(self, story: Story, act: SettleMoment) -> StoredEvent:
        decider = self._decider()
        if act.kind is None:
            return decider.remove(act.moment)
        is_it = any(m.id == act.moment and m.kind == act.kind for m in story.moments)
        if is_it:
            return decider.confirm(act.moment)
        return decider.correct(act.moment, act.kind)

    def _decider(self) -> Decider:
        return Decider(self._files, self._teaching())


def _is_settled(story: Story, line: DraftLine) -> bool:
    """Whether it was accepted or rewritten, or the same as another version heard it."""
    done = story.wrap_up
    settled: list[LineAccepted | LineWritten] = [*done.accepted, *done.written]
    return any(
        one.section is line.section
        and one.span is not None
        and half_overlaps(line.span, one.span)
        for one in settled
    )


def _drafted(story: Story, section: Section, span: Span) -> DraftLine:
    for line in drafted_lines(story, section):
        if line.span == span and line.standing is Standing.UNCHECKED:
            return line
    raise UserError(
        "There is no such drafted line, or it is settled already.",
        "See them: sidelight sessions commitments SESSION",
    )


def _accepted(line: LineAccepted) -> DraftLine:
    return DraftLine(
        line.section,
        line.quote,
        line.speaker,
        line.span,
        line.utterance_ids,
        standing=Standing.ACCEPTED,
    )


def _refuse_before_the_end(story: Story) -> None:
    if not story.ended:
        raise UserError("This session has not ended yet.", "Wrap it up afterwards.")


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    _refuse_longer(line, LONGEST_LINE)
    if not line:
        raise UserError("The line is empty.", "Write it, or leave it out.")
    return line


def _heading(act: WriteLine) -> str:
    """Of a part that the coach added; the others have theirs."""
    if act.section.private:
        raise UserError("This part is not written line by line.", "Use your own note.")
    return _one_line(act.heading) if act.section is Section.OWN else ""


def _written(story: Story, number: int) -> LineWritten:
    """The line with this number as one in the coach's words."""
    done = story.wrap_up
    for line in done.written:
        if line.line == number:
            return line
    for quote in done.accepted:
        if quote.line == number and not quote.section.private:
            ids = quote.utterance_ids
            return LineWritten(
                story.position, number, quote.section, "", "", quote.span, ids
            )
    raise UserError(f"You have written no line {number}.", "Write it as a new one.")


def _refuse_parts(parts: tuple[NotePart, ...]) -> None:
    """A note of no parts, or of two that nobody could tell apart, is none."""
    titles = [part.title.strip() for part in parts]
    drafted = [part.section for part in parts if part.section is not Section.OWN]
    if not titles or not all(titles) or any(one.private for one in drafted):
        raise UserError("A part of the note has no heading.", "Give it one.")
    if len(set(titles)) < len(titles) or len(set(drafted)) < len(drafted):
        raise UserError("Two parts of the note are the same.", "Rename one of them.")
    for title in titles:
        _refuse_longer(title, LONGEST_LINE)


def _refuse_longer(text: str, most: int) -> None:
    if len(text) > most:
        raise UserError(
            f"This is longer than {most} characters.", "Make it shorter, or two of it."
        )
