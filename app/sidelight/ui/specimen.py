"""An invented session, for looking at views: every kind of row, mark and gap once.

It is nobody's session and shares no sentence with the demo. Times follow from the
words at a calm speaking rate, so that views show a density that is real.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import (
    Event,
    GapFound,
    MarkPlaced,
    MomentNoticed,
    MomentWithdrawn,
    OffRecord,
    OffRecordCause,
    RecognitionStarted,
    RequestHeard,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    StoredEvent,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import Form, Mark, Moment, MomentId
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Gap, GapCause, Millis, Span
from sidelight.domain.transcript import (
    Doubt,
    Layout,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD_MS: Final = 430
_DECISION_MS: Final = 900
_PAUSE_MS: Final = 1600

CLIENT: Final = "Nadia"
REQUEST: Final = "two sentences I can say to the committee before the spring concert"


@dataclass(frozen=True, slots=True)
class Found:
    """A moment that a turn carries."""

    kind: str
    reason: str
    form: Form | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the invented session."""

    speaker: Speaker
    text: str
    pause_ms: int = _PAUSE_MS
    found: tuple[Found, ...] = ()
    doubt: Doubt | None = None


def _coach(text: str, *found: Found, pause_ms: int = _PAUSE_MS) -> Turn:
    return Turn(Speaker.COACH, text, pause_ms, found)


def _client(
    text: str, *, pause_ms: int = _PAUSE_MS, doubt: Doubt | None = None
) -> Turn:
    return Turn(Speaker.CLIENT, text, pause_ms, (), doubt)


_OPEN = Form.OPEN
_MENU = Form.MENU_OPEN
_NARROW = Form.NARROW

TURNS: Final = (
    _coach("Hello Nadia, nice to see you with the window open behind you."),
    _client("Yes, the swifts are back. It has been a long week, so this is good."),
    _coach("What would make the next few minutes worth it for you?"),
    _client(
        "I founded the choir nine years ago and I think it is time somebody else "
        "conducts it. I keep not saying it. So what I want is two sentences I can say "
        "to the committee before the spring concert."
    ),
    _coach(
        "Two sentences for the committee. How will you know they are the right ones?",
        Found("agreement", "Asks how the client will measure the outcome."),
    ),
    _client("If I can say them aloud to you and my stomach stays where it is."),
    _coach(
        "While you look for them, how would you like me to be with you?",
        Found("support", "Asks what the client wants from the coach's own part."),
    ),
    _client(
        "Stop me when I start being funny about it. I do that, and then it is over.",
        pause_ms=2600,
    ),
    _coach(
        "I will. Where do you want to start, then?",
        Found(
            "direction",
            "Leaves the first step of the conversation to the client.",
            _OPEN,
        ),
    ),
    _client(
        "With the evening in October, I suppose. I stood in front of sixty people and "
        "for the first time I was bored. I was not tired, I was bored, and I was "
        "ashamed that I was bored.",
    ),
    _coach("Bored, and ashamed of it.", Found("reflection", "Gives back both words.")),
    _client(
        "Because they come after a day of work, they pay a sitter, they stand there in "
        "wet coats. And I am thinking about the bus home. They deserve someone who "
        "still hears them.",
        pause_ms=1200,
    ),
    _coach("Mm."),
    _client(
        "My grandmother conducted until she could not lift her arms. Nobody told her "
        "either. The last two years were awful, everybody was so kind.",
        pause_ms=5200,
    ),
    _client("I do not want people to be kind to me like that.", pause_ms=7400),
    _coach(
        "You have named the boredom, and your grandmother, and I may have missed "
        "something. Which of these wants the next few minutes?",
        Found("direction", "Offers the client's own threads, with a way out.", _MENU),
        pause_ms=3800,
    ),
    _client("My grandmother. No. The kindness. The kindness is the thing."),
    _coach("Then tell me about the kindness."),
    _client(
        "It is a way of not telling you. When they are kind they have already decided. "
        "I saw it at her concerts, the little smile before the difficult bar. I was "
        "eleven and I already knew the smile.",
    ),
    _client("And now I have seen it on Tomasz. In October. That smile.", pause_ms=2100),
    _coach("What did the smile tell you?"),
    _client(
        "That he counts the bars with me, in case. He is ready. He has been ready for "
        "a year and he is too polite to say so, and I am too proud, and so the altos "
        "are flat and everybody is polite.",
        doubt=Doubt.UNSURE,
    ),
    _coach(
        "Which way now? I think we should look at Tomasz. What has he said to you?",
        Found(
            "direction",
            "Asks for the next step, then takes it in the same turn.",
            _OPEN,
            taken_back=True,
        ),
    ),
    _client("Nothing. He brings me tea. He is a very good second.", pause_ms=1500),
    _client(
        "You know what is funny, I even practised a farewell speech, with a joke about "
        "the tuning fork, and the whole tenor row would",
    ),
    _coach(
        "Nadia, you asked me to stop you when you get funny.",
        Found("acknowledgement", "Holds to what the client asked for."),
        pause_ms=150,
    ),
    _client("Yes. Thank you. Damn.", pause_ms=4100),
    _client(
        "If I leave the funny out, it says: I want to stop in June, while I still hear "
        "you.",
        pause_ms=6300,
    ),
    _coach("While I still hear you.", pause_ms=2900),
    _client("That is it, isn't it. That is nearly one of them.", pause_ms=1800),
    _coach(
        "You wanted two sentences you can say aloud. Are we nearer, or have we "
        "wandered?",
        Found("on_track", "Asks the client to judge the conversation so far."),
    ),
    _client(
        "Nearer. One is there. The second is about Tomasz, and I want it to be a gift "
        "and not an apology."
    ),
    _coach(
        "There are three minutes left. Shall we spend them on the second sentence, or "
        "on saying the first one aloud?",
        Found("direction", "Two proposals for the time that is left.", _NARROW),
    ),
    _client("The second. Then both aloud, at the end."),
    _coach("Go on, then. What do you want to give him?"),
    _client(
        "The summer. I want him to have the summer programme from the first bar, not a "
        "choir that is still looking at me. So: I would like Tomasz to begin with a "
        "piece I have never conducted.",
        pause_ms=2300,
    ),
    _client(
        "I want to stop in June, while I still hear you. And I would like Tomasz to "
        "begin with a piece I have never conducted.",
        pause_ms=5600,
    ),
    _coach("And your stomach?"),
    _client("Where it belongs. A little wet around the eyes, but where it belongs."),
    _coach(
        "What would you like to take with you from today, and in what form?",
        Found("closing", "Leaves to the client how it is carried on."),
    ),
    _client(
        "I will write them on the back of the concert flyer tonight, and on Thursday I "
        "say them to the committee before the tea.",
    ),
)

_MARK_AFTER: Final = 26
_GAP_AFTER: Final = 23
_PAUSE_AFTER: Final = 34

_OFF_RECORD: Final = (12, 13)
_MORE_GAPS: Final = {
    9: GapCause.ENGINE_RESTARTED,
    28: GapCause.SLEEP,
}
_HOLLOW: Final = 5


def specimen_events() -> tuple[StoredEvent, ...]:
    """The invented session as the engine would have stored it."""
    return tuple(
        StoredEvent(seq, Millis(event.at + 240), 240, event)
        for seq, event in enumerate(_events(), start=1)
    )


def interrupted_events() -> tuple[StoredEvent, ...]:
    """The same session with everything that can be missing from one.

    Two turns went off the record, two gaps more have causes of their own, and of one
    moment it was not certain who spoke.
    """
    stored = list(specimen_events())
    said = [one.event for one in stored if isinstance(one.event, UtteranceHeard)]
    begun, ended = (said[n].utterance.span for n in _OFF_RECORD)
    found: list[Event] = [
        OffRecord(
            said[_OFF_RECORD[1] + 1].at,
            begun.hull(ended),
            OffRecordCause.ASKED,
        )
    ]
    for number, cause in _MORE_GAPS.items():
        start = Millis(said[number].utterance.span.end + 100)
        gap = Gap(Span(start, Millis(start + 1400)), cause)
        found.append(GapFound(gap.span.end, gap))
    events = [_doubted(one.event) for one in stored]
    for event in found:
        place = next(n for n, one in enumerate(events) if one.at > event.at)
        events.insert(place, event)
    return tuple(
        StoredEvent(seq, Millis(event.at + 240), 240, event)
        for seq, event in enumerate(events, start=1)
    )


def _doubted(event: Event) -> Event:
    """As it would be with one microphone, for one of the moments."""
    if isinstance(event, MomentNoticed) and event.moment.id.number == _HOLLOW:
        hollow = replace(event.moment, hollow=True, form=None, episode=None)
        return replace(event, moment=hollow)
    return event


def _events() -> Iterator[Event]:
    started = datetime(2026, 4, 16, 17, 30, tzinfo=UTC)
    session = Session(
        "specimen", started, Layout.STEREO, Mode.KEEP, CLIENT, 10, "specimen"
    )
    yield SessionStarted(Millis(0), session)
    yield RecognitionStarted(Millis(0), "specimen")
    now, moments, episode = 1400, 0, 0
    for number, turn in enumerate(TURNS, start=1):
        utterance = _utterance(number, turn, now + turn.pause_ms)
        decided = Millis(utterance.span.end + _DECISION_MS)
        yield UtteranceHeard(decided, utterance)
        if REQUEST in turn.text and number < _GAP_AFTER:
            yield RequestHeard(decided, utterance.span, (utterance.id,), REQUEST)
        for found in turn.found:
            moments += 1
            episode += found.kind in ("support", "direction", "on_track")
            moment = _moment(moments, episode, found, utterance)
            yield MomentNoticed(decided, moment)
            if found.taken_back:
                later = Millis(decided + 200)
                yield MomentWithdrawn(later, moment.id, WithdrawalCause.TOOK_BACK)
        now = utterance.span.end
        for event, length in _interlude(number, Millis(now + 1000)):
            yield event
            now = max(now, event.at + length)
    yield SessionEnded(Millis(now + 2500))


def _interlude(number: int, at: Millis) -> Iterator[tuple[Event, int]]:
    """What happens beside the talk after this turn, and how long it takes."""
    if number == _MARK_AFTER:
        yield MarkPlaced(at, Mark(at, "the joke")), 0
    if number == _GAP_AFTER:
        gap = Gap(Span(at, Millis(at + 4200)), GapCause.DEVICE_LOST)
        yield GapFound(Millis(at + 4200), gap), 0
    if number == _PAUSE_AFTER:
        yield SessionPaused(at), 0
        yield SessionResumed(Millis(at + 21_000)), 0


def _utterance(number: int, turn: Turn, start: int) -> Utterance:
    words = []
    at = start
    for text in turn.text.split():
        length = _WORD_MS + 18 * (len(text) - 5)
        span = Span(Millis(at), Millis(at + length - 40))
        words.append(Word(text, span, 0.94))
        at += length
    return Utterance(
        UtteranceId(1, number),
        turn.speaker,
        Span(words[0].span.start, words[-1].span.end),
        tuple(words),
        turn.text,
        turn.doubt,
    )


def _moment(number: int, episode: int, found: Found, utterance: Utterance) -> Moment:
    timed = found.kind in ("support", "direction", "on_track")
    return Moment(
        id=MomentId(1, number),
        kind=found.kind,
        form=found.form,
        episode=episode if timed else None,
        span=utterance.span,
        transcript=1,
        utterance_ids=(utterance.id,),
        quote=utterance.text,
        confidence=0.93,
        reason=found.reason,
        detector_version="specimen",
    )
