"""A session in memory with a coach's desk, driven step by step without threads."""

from __future__ import annotations

from sidelight.domain.events import (
    Event,
    MarkPlaced,
    MomentNoticed,
    StoredEvent,
    UtteranceHeard,
)
from sidelight.domain.moments import Mark, Moment, MomentArmed, MomentId
from sidelight.domain.off_record import erased, goes
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import (
    Layout,
    Partial,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)
from sidelight.session.coach_desk import CoachDesk
from sidelight.session.did import Pressed
from sidelight.session.eventlog import EventLog

COACH_SAYS = "so tell me more about that"
CLIENT_SAYS = "it is about my team and the new office"
UTTERANCE_MS = 2_000
PAUSE_MS = 700


class DeskSession:
    """What the engine's recorder thread does, one call after the other.

    Attributes:
        now_s: The steady clock; stands still unless a test moves it.
        at: End of the captured sound.
        late_ms: How far the recogniser is behind it.
    """

    def __init__(self, layout: Layout = Layout.STEREO) -> None:
        self.now_s = 1_000.0
        self.at = 0
        self.late_ms = 0
        self._events: list[StoredEvent] = []
        self._hidden: list[Span] = []
        self._seq = 0
        self._numbers = 0
        self._utterances = 0
        self._layout = layout
        self._log = EventLog(lambda after: [e for e in self._seen() if e.seq > after])
        self.desk = self._open(())

    def restart(self) -> None:
        """The engine died; another goes on with what is stored."""
        self.desk = self._open(self._seen())

    @property
    def undoable(self) -> bool:
        return bool(self._hidden)

    @property
    def story(self) -> Story:
        return tell(self._seen())

    def hide(self, last_ms: int) -> None:
        """Off the record."""
        self._hidden.append(
            Span(Millis(max(0, self.at - last_ms)), Millis(self.at + 1))
        )
        self._start_over()
        self.desk.hid()

    def undo(self) -> bool:
        """Show what was hidden last; what the desk asks for."""
        self._hidden.pop()
        self._start_over()
        return True

    def store(self, event: Event) -> bool:
        late = any(goes(event, span) for span in self._hidden)
        if late or self.desk.refuses(event):
            return False
        self._seq += 1
        stored = StoredEvent(self._seq, Millis(self.at), 0, event)
        self._events.append(stored)
        self._log.append(stored)
        self.desk.after(stored)
        return True

    def mark(self) -> None:
        self.store(MarkPlaced(Millis(self.at), Mark(Millis(self.at))))

    def says(
        self, speaker: Speaker, text: str = "", going: Partial | None = None
    ) -> Utterance:
        """One final utterance, maybe of what was going on; ``at`` is when."""
        default = CLIENT_SAYS if speaker is Speaker.CLIENT else COACH_SAYS
        self._utterances += 1
        start = self.at + PAUSE_MS if going is None else going.start
        span = Span(Millis(start), Millis(start + UTTERANCE_MS))
        text = text or default
        said = Utterance(
            UtteranceId(1, self._utterances),
            speaker,
            span,
            (Word(text, span, 0.9),),
            text,
        )
        self.at = span.end + 500
        self.store(UtteranceHeard(Millis(self.at), said))
        return said

    def begins(self, speaker: Speaker = Speaker.COACH) -> Partial:
        """An utterance that goes on: one second of it."""
        start = self.at + PAUSE_MS
        self.at = start + 1_000
        words = (Word("so", Span(Millis(start), Millis(self.at)), 0.9),)
        partial = Partial(speaker, Millis(start), words, 1, Millis(self.at))
        self.desk.pass_by(partial)
        return partial

    def arms(self, kind: str) -> None:
        self.desk.pass_by(MomentArmed(kind, Millis(self.at)))

    def detects(self, kind: str, on: Utterance, *, hollow: bool = False) -> MomentId:
        """The detector finds this; stored unless the desk refuses it."""
        self._numbers += 1
        moment = Moment(
            MomentId(1, self._numbers),
            kind,
            None,
            None if hollow else 1,
            on.span,
            1,
            (on.id,),
            on.text,
            0.9,
            "",
            "test",
            hollow=hollow,
        )
        self.store(MomentNoticed(Millis(self.at), moment))
        return moment.id

    def did(self, kind: str | None = None, cue: str | None = None) -> str:
        self._numbers += 1
        heard = Millis(max(0, self.at - self.late_ms))
        pressed = Pressed(Millis(self.at), heard, cue, self._numbers)
        return str(self.desk.did(kind, pressed))

    def undoes(self) -> str:
        return str(self.desk.undo(Millis(self.at)))

    def counting(self, kind: str) -> list[Moment]:
        return [one for one in self.story.moments if one.kind == kind]

    def _open(self, before: tuple[StoredEvent, ...]) -> CoachDesk:
        return CoachDesk(
            layout=self._layout,
            before=before,
            log=self._log,
            off_record=self,
            store=self.store,
            now=lambda: self.now_s,
        )

    def _start_over(self) -> None:
        self._log.replace(self._seen())
        self.desk.start_over()

    def _seen(self) -> tuple[StoredEvent, ...]:
        gone: set[int] = set()
        for span in self._hidden:
            events = [stored.event for stored in self._events]
            gone |= set(erased(events, span))
        return tuple(one for n, one in enumerate(self._events) if n not in gone)
