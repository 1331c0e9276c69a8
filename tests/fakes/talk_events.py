"""Events of a made-up talk, each with words of its own that can be searched for."""

from __future__ import annotations

from datetime import UTC, datetime

from sidelight.domain.events import (
    MarkPlaced,
    MomentNoticed,
    RequestHeard,
    UtteranceHeard,
)
from sidelight.domain.moments import Mark, Moment, MomentId
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Layout, Speaker, Utterance, UtteranceId, Word


def talk(mode: Mode = Mode.KEEP, name: str = "01A") -> Session:
    started = datetime(2026, 11, 22, 9, tzinfo=UTC)
    return Session(name, started, Layout.MONO, mode, "Zoë", 60)


def span(start_s: float, end_s: float) -> Span:
    return Span(Millis(round(start_s * 1000)), Millis(round(end_s * 1000)))


def said(
    number: int,
    when: Span,
    text: str,
    by: Speaker = Speaker.CLIENT,
    version: int = 1,
) -> UtteranceHeard:
    words = tuple(Word(word, when, 0.9) for word in text.split())
    utterance = Utterance(UtteranceId(version, number), by, when, words, text)
    return UtteranceHeard(Millis(when.end + 700), utterance)


def noticed(
    number: int,
    when: Span,
    quote: str,
    on: tuple[int, ...],
    kind: str = "support",
    version: int = 1,
) -> MomentNoticed:
    moment = Moment(
        MomentId(version, number),
        kind,
        None,
        1,
        when,
        version,
        tuple(UtteranceId(version, one) for one in on),
        quote,
        0.9,
        "asks about the coach's part",
        "1",
    )
    return MomentNoticed(Millis(when.end + 700), moment)


def requested(when: Span, quote: str, on: tuple[int, ...]) -> RequestHeard:
    ids = tuple(UtteranceId(1, one) for one in on)
    return RequestHeard(Millis(when.end + 700), when, ids, quote)


def marked(at_s: float, note: str) -> MarkPlaced:
    at = Millis(round(at_s * 1000))
    return MarkPlaced(at, Mark(at, note))
