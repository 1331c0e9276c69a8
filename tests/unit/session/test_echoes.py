"""Whose words they are, and when headphones are worth a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.speech import (
    Deaf,
    LateEar,
    LevelDetector,
    ScriptedRecognizer,
    Spoken,
    say,
)

from sidelight.audio.block import AudioBlock
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples, Span
from sidelight.domain.transcript import Doubt, EchoHeard, Layout, Speaker, Word
from sidelight.session.echoes import EchoAdvice, EchoWords
from sidelight.session.pipeline import Item, Pipeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

SECOND = SAMPLE_RATE


def words(text: str, start_ms: int, each_ms: int = 250) -> tuple[Word, ...]:
    return tuple(
        Word(
            one,
            Span(
                Millis(start_ms + each_ms * n),
                Millis(start_ms + each_ms * (n + 1) - 20),
            ),
            0.9,
        )
        for n, one in enumerate(text.split())
    )


def noise(seconds: float, level: float) -> NDArray[np.float32]:
    size = int(seconds * SECOND)
    return np.random.default_rng(7).normal(0, level, size).astype(np.float32)


def whole(said: tuple[Word, ...]) -> Span:
    return Span(said[0].span.start, said[-1].span.end)


def nothing() -> tuple[Word, ...]:
    return ()


def told() -> EchoWords:
    """Heard five utterances of the coach, each as loud, in the first ten seconds."""
    knows = EchoWords(Samples(0))
    knows.hear(noise(10, 0.1))
    for at in range(5):
        mine = words("so tell me what you make of it", 2_000 * at)
        assert not knows.is_clients(mine, whole(mine), nothing)
    return knows


def test_the_same_words_at_the_same_time_not_loud_are_the_clients() -> None:
    knows = told()
    knows.hear(noise(5, 0.05))
    knows.client_said(words("where would you like to start", 11_000))
    echo = words("where would you like to start", 11_120)
    assert knows.is_clients(echo, whole(echo), nothing)


def test_louder_than_usual_they_are_the_coachs() -> None:
    knows = told()
    knows.hear(noise(5, 0.2))
    knows.client_said(words("where would you like to start", 11_000))
    repeated = words("where would you like to start", 11_120)
    assert not knows.is_clients(repeated, whole(repeated), nothing)


def test_before_the_coach_is_known_the_words_decide() -> None:
    knows = EchoWords(Samples(0))
    knows.hear(noise(5, 0.5))
    knows.client_said(words("where would you like to start", 1_000))
    echo = words("where would you like to start", 1_120)
    assert knows.is_clients(echo, whole(echo), nothing)


def test_words_the_client_is_still_saying_count() -> None:
    knows = EchoWords(Samples(0))
    knows.hear(noise(5, 0.1))
    echo = words("where would you like to start", 1_120)
    asked: list[bool] = []

    def unfinished() -> tuple[Word, ...]:
        asked.append(True)
        return words("where would you like to start i wonder", 1_000)

    assert knows.is_clients(echo, whole(echo), unfinished)
    assert asked


def test_a_loud_coach_costs_no_pass() -> None:
    knows = told()
    knows.hear(noise(5, 0.2))
    mine = words("where would you like to start", 11_000)

    def unfinished() -> tuple[Word, ...]:
        raise AssertionError

    assert not knows.is_clients(mine, whole(mine), unfinished)


def test_what_the_client_said_long_ago_is_forgotten() -> None:
    knows = EchoWords(Samples(0))
    for at in range(100):
        knows.client_said(words("and so on it goes", 2_000 * at))
    knows.hear(noise(30, 0.1))
    echo = words("and so on it goes", 2_000)
    assert not knows.is_clients(echo, whole(echo), nothing)


@pytest.mark.parametrize("block", [900, 16_000, 10**7])
def test_how_the_sound_is_cut_changes_no_judgement(block: int) -> None:
    """A minute and a half: the coach, then the client twice, coming back each time."""
    coach = say(
        [Spoken(20 + n % 5, 300, 1_000 if n % 5 == 4 else 30) for n in range(60)]
    )
    quiet = [Spoken(n, 300, 30) for n in (3, 5, 7, 9)]
    loud = [Spoken(n, 300, 30) for n in (33, 35, 37, 39)]
    client = np.concatenate([say(quiet, lead_ms=2_000), say(loud, lead_ms=2_000)])
    silence = np.zeros(20 * SECOND, np.float32)
    echoed = np.concatenate([np.zeros(2_000, np.float32), client])
    length = len(coach) + len(client) + len(silence) + 2_000
    sound = np.zeros((length, 2), np.float32)
    sound[: len(coach), 0] = coach
    sound[len(coach) :, 0][: len(echoed)] = echoed
    sound[len(coach) :, 1][: len(client)] = client
    pipeline = Pipeline(
        Layout.STEREO, ScriptedRecognizer(), LevelDetector, Deaf(), open_guard=LateEar
    )
    items: list[Item] = []
    while pipeline.position < len(sound):
        at = pipeline.position
        items += pipeline.feed(AudioBlock(at, sound[at : at + block]))
    said = [item.utterance for item in items if isinstance(item, UtteranceHeard)]
    doubts = [u.doubt for u in said if u.speaker is Speaker.COACH]
    assert doubts == [None] * 12 + [Doubt.ECHO, None]


def test_headphones_are_advised_once_a_minute() -> None:
    advice = EchoAdvice()
    told: list[EchoHeard] = []
    for second in range(1, 181):
        end = Samples(second * SECOND)
        told += advice.after([(Samples(end - SECOND // 2), end)], end)
    assert [one.at for one in told] == [6_000, 66_000, 126_000]


def test_a_stray_echo_is_worth_no_word() -> None:
    advice = EchoAdvice()
    for minute in range(30):
        end = Samples((minute + 1) * 60 * SECOND)
        assert not advice.after([(Samples(end - SECOND), end)], end)
