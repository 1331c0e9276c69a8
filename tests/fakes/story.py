"""Short sessions, written by hand, as the stored events they would leave behind."""

from __future__ import annotations

from datetime import UTC, datetime

from sidelight.domain.events import (
    Event,
    MomentNoticed,
    RequestHeard,
    SessionEnded,
    SessionStarted,
    StoredEvent,
    UtteranceHeard,
)
from sidelight.domain.moments import Form, Moment, MomentId
from sidelight.domain.session import Mode, Session
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import (
    Doubt,
    Layout,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)

STARTED_AT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def span(start: int, end: int) -> Span:
    """A span in milliseconds."""
    return Span(Millis(start), Millis(end))


class StoryBuilder:
    """Adds one thing after the other; words get 300 ms each."""

    def __init__(self, client: str = "Mira", layout: Layout = Layout.STEREO) -> None:
        self.now = Millis(0)
        self.events: list[Event] = [
            SessionStarted(
                Millis(0),
                Session("s1", STARTED_AT, layout, Mode.KEEP, client, model="demo"),
            )
        ]
        self._utterances = 0
        self._moments = 0

    def say(
        self,
        speaker: Speaker,
        text: str,
        *,
        pause: int = 1000,
        doubt: Doubt | None = None,
    ) -> Utterance:
        """One utterance after a pause."""
        start = self.now + pause
        words = tuple(
            Word(w, span(start + 300 * i, start + 300 * i + 250), 0.9)
            for i, w in enumerate(text.split())
        )
        self._utterances += 1
        end = words[-1].span.end
        utterance = Utterance(
            UtteranceId(1, self._utterances),
            speaker,
            span(start, end),
            words,
            text,
            doubt,
        )
        self.now = end
        self.events.append(UtteranceHeard(Millis(end + 500), utterance))
        return utterance

    def coach(self, text: str, *, pause: int = 1000) -> Utterance:
        """The coach says this."""
        return self.say(Speaker.COACH, text, pause=pause)

    def client(self, text: str, *, pause: int = 1000) -> Utterance:
        """The client says this."""
        return self.say(Speaker.CLIENT, text, pause=pause)

    def moment(
        self,
        utterance: Utterance,
        kind: str,
        form: Form | None = None,
        episode: int | None = None,
    ) -> Moment:
        """This utterance is a moment."""
        self._moments += 1
        moment = Moment(
            MomentId(1, self._moments),
            kind,
            form,
            episode,
            utterance.span,
            1,
            (utterance.id,),
            utterance.text,
            0.9,
            "because",
            "test",
        )
        self.events.append(MomentNoticed(Millis(utterance.span.end + 500), moment))
        return moment

    def request(self, utterance: Utterance) -> None:
        """This utterance is what the client wants."""
        self.events.append(
            RequestHeard(
                Millis(utterance.span.end + 700),
                utterance.span,
                (utterance.id,),
                utterance.text,
            )
        )

    def stored(self) -> list[StoredEvent]:
        """The events as the record would give them back, the session ended."""
        events = [*self.events, SessionEnded(Millis(self.now + 2000))]
        return [StoredEvent(i, e.at, 0, e) for i, e in enumerate(events, start=1)]

    def story(self) -> Story:
        """The folded session."""
        return tell(self.stored())
