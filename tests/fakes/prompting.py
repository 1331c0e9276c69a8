"""Who says what when, told to a prompter as the engine would tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import (
    Event,
    MomentNoticed,
    SessionStarted,
    UtteranceHeard,
)
from sidelight.domain.moments import Moment, MomentId
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import (
    Layout,
    Speaker,
    Utterance,
    UtteranceId,
    VoicesHeard,
)
from sidelight.session.prompting.prompter import Decision, Prompter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECOND: Final = 1_000
MINUTE: Final = 60_000
LOOK_MS: Final = 250
CLOSES_MS: Final = {Speaker.COACH: 500, Speaker.CLIENT: 700, Speaker.UNKNOWN: 400}
"""The pause that ends an utterance of each channel: ``speech.endpointing``."""


@dataclass(frozen=True)
class Said:
    """Speech of somebody, and what the detector makes of it.

    Attributes:
        by: Who speaks.
        start: In seconds.
        end: In seconds.
        text: ``""``: a voice without words; nothing becomes final.
        kinds: Moments that it carries.
        known: In a room: whether the voice is known for the coach's.
    """

    by: Speaker
    start: float
    end: float
    text: str = "and that was on Tuesday"
    kinds: tuple[str, ...] = ()
    known: bool = True

    @property
    def span(self) -> Span:
        return Span(Millis(round(self.start * 1000)), Millis(round(self.end * 1000)))


def coach(start: float, end: float, text: str = "so that is it", *kinds: str) -> Said:
    return Said(Speaker.COACH, start, end, text, kinds)


def client(start: float, end: float, text: str = "and that was on Tuesday") -> Said:
    return Said(Speaker.CLIENT, start, end, text)


def started(planned: int | None = 60, layout: Layout = Layout.STEREO) -> SessionStarted:
    at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    session = Session("01A", at, layout, Mode.KEEP, "", planned)
    return SessionStarted(Millis(0), session)


def told(
    said: Iterable[Said], layout: Layout = Layout.STEREO
) -> list[tuple[int, Event | VoicesHeard]]:
    """What the engine hears of it, each at its position, in order."""
    news: list[tuple[int, int, Event | VoicesHeard | tuple[Speaker, int]]] = []
    for number, one in enumerate(said, start=1):
        stereo = layout is Layout.STEREO
        channel = one.by if stereo else Speaker.UNKNOWN
        by = one.by if stereo or (one.by is Speaker.COACH and one.known) else channel
        closed = one.span.end + CLOSES_MS[channel]
        news.append((one.span.start, 1, (channel, 1)))
        if one.text:
            found = _final(number, one, by, Millis(closed))
            news.extend((closed, 0, event) for event in found)
        news.append((closed, 1, (channel, -1)))
    news.sort(key=lambda item: item[:2])
    return list(_with_voices(news))


def _final(number: int, one: Said, by: Speaker, at: Millis) -> Iterator[Event]:
    said = UtteranceId(1, number)
    yield UtteranceHeard(at, Utterance(said, by, one.span, (), one.text))
    for place, kind in enumerate(one.kinds):
        moment = Moment(
            MomentId(1, number * 10 + place),
            kind,
            None,
            None,
            one.span,
            1,
            (said,),
            one.text,
            0.9,
            "",
            "test",
        )
        yield MomentNoticed(at, moment)


def _with_voices(
    news: Iterable[tuple[int, int, Event | VoicesHeard | tuple[Speaker, int]]],
) -> Iterator[tuple[int, Event | VoicesHeard]]:
    open_speech = dict.fromkeys(Speaker, 0)
    speaking: tuple[Speaker, ...] = ()
    yield 0, VoicesHeard(Millis(0), ())
    for at, _, what in news:
        if not isinstance(what, tuple):
            yield at, what
            continue
        channel, change = what
        open_speech[channel] += change
        now = tuple(one for one, count in open_speech.items() if count)
        if now != speaking:
            speaking = now
            yield at, VoicesHeard(Millis(at), now)


def decide(
    said: Iterable[Said],
    until: float,
    *,
    planned: int | None = 60,
    layout: Layout = Layout.STEREO,
    also: Iterable[Event] = (),
    lag_ms: int = 0,
    prompter: Prompter | None = None,
) -> list[Decision]:
    """Every decision up to ``until`` (seconds), asked for four times a second.

    What was decided is told to the prompter again, as it comes back from the record.
    """
    prompter = prompter or Prompter([started(planned, layout)])
    news = told(said, layout)
    news += [(event.at, event) for event in also]
    news.sort(key=lambda item: item[0])
    found: list[Decision] = []
    place = 0
    for now in range(0, round(until * 1000) + 1, LOOK_MS):
        while place < len(news) and news[place][0] <= now:
            one = news[place][1]
            if isinstance(one, VoicesHeard):
                prompter.hear(one)
            else:
                prompter.follow(one)
            place += 1
        decisions = prompter.look(Millis(now), Millis(max(0, now - lag_ms)))
        for decision in decisions:
            prompter.follow(decision)
        found += decisions
    return found
