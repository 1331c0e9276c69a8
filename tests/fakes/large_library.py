"""A record of many sessions, each as long as sessions are; invented words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sidelight.domain.events import Event, SessionEnded, SessionStarted, UtteranceHeard
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Layout, Speaker, Utterance, UtteranceId, Word
from sidelight.session.identity import session_id

if TYPE_CHECKING:
    from sidelight.record.record import Record

CLIENTS = ("Maya", "Tomasz", "Ama", "Ren", "Жанна")
COMMON = (
    *("the", "and", "you", "to", "what", "that", "it", "a", "of", "in", "is", "so"),
    *("this", "me", "how", "my", "would", "about", "could", "when", "not", "for"),
    *("with", "have", "do", "was", "know", "think", "feel", "more", "your", "where"),
)
_FIRST = datetime(2024, 1, 8, 9, tzinfo=UTC)
_EVERY_MS = 6_000
_WORDS = 12


def fill(record: Record, sessions: int, utterances: int) -> None:
    """Add so many sessions with so many utterances of a dozen words.

    Half of the words are the commonest, half come from 20,000, the rarer the higher
    their number. Session ``n`` says ``onlyonce<n>`` in its middle.
    """
    rng = np.random.default_rng(5)
    for number in range(sessions):
        began = _FIRST + timedelta(days=number)
        session = Session(
            id=session_id(began, number),
            started_at=began,
            layout=Layout.STEREO,
            mode=Mode.KEEP,
            client=CLIENTS[number % len(CLIENTS)],
            model="base",
        )
        rare = np.minimum(rng.zipf(1.3, (utterances, _WORDS // 2)), 20_000)
        usual = rng.integers(0, len(COMMON), (utterances, _WORDS // 2))
        events: list[Event] = [SessionStarted(Millis(0), session)]
        for place in range(utterances):
            texts = [invented(int(n)) for n in rare[place]]
            texts += [COMMON[n] for n in usual[place]]
            if place == utterances // 2:
                texts.append(f"onlyonce{number}")
            events.append(_heard(place, texts))
        end = Millis(utterances * _EVERY_MS)
        events.append(SessionEnded(end))
        record.sessions.create(session).append_all(events, end)


def invented(number: int) -> str:
    """A word of one to three syllables: the numbers' digits in base 70."""
    syllables = []
    while number:
        number, digit = divmod(number, 70)
        syllables.append("bdfgklmnprstvz"[digit // 5] + "aeiou"[digit % 5])
    return "".join(reversed(syllables))


def _heard(place: int, texts: list[str]) -> UtteranceHeard:
    start = place * _EVERY_MS
    words = tuple(
        Word(text, Span(Millis(start + 300 * n), Millis(start + 300 * n + 290)), 0.9)
        for n, text in enumerate(texts)
    )
    utterance = Utterance(
        UtteranceId(1, place + 1),
        Speaker.COACH if place % 2 else Speaker.CLIENT,
        Span(Millis(start), Millis(start + 300 * len(texts))),
        words,
        " ".join(texts),
    )
    return UtteranceHeard(Millis(start + 4_500), utterance)
