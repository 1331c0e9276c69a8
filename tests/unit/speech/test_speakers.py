"""The coach's own voice: surely, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from sidelight import resources
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.speech.mfcc import COLUMNS, mel_cepstra
from sidelight.speech.speakers import CoachVoice, spoken
from sidelight.speech.vad import SileroModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

Voices = tuple["NDArray[np.float32]", "NDArray[np.float32]"]


@pytest.fixture(scope="module")
def voices() -> Voices:
    """The demo's coach and client, two synthetic voices, without pauses."""
    path = resources.demo_session() / "session.flac"
    both, _ = soundfile.read(path, 120 * SAMPLE_RATE, dtype="float32")
    silero = SileroModel()
    coach, client = (
        spoken(np.ascontiguousarray(both[:, side]), silero.detector())
        for side in (0, 1)
    )
    return coach, client


@pytest.fixture(scope="module")
def enrolled(voices: Voices) -> CoachVoice:
    return CoachVoice.enrol(voices[0][: 22 * SAMPLE_RATE])


def stretches(speech: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    step = 3 * SAMPLE_RATE
    return [speech[at : at + step] for at in range(0, len(speech) - step, step)]


def test_the_client_is_never_the_coach(enrolled: CoachVoice, voices: Voices) -> None:
    coach, client = voices
    mine = [enrolled.is_coach(one) for one in stretches(coach[22 * SAMPLE_RATE :])]
    others = [enrolled.is_coach(one) for one in stretches(client)]
    assert len(others) >= 10
    assert not any(others)
    assert any(mine)


def test_two_people_in_one_utterance_are_not_the_coach(
    enrolled: CoachVoice, voices: Voices
) -> None:
    coach, client = voices
    sure = [one for one in stretches(coach) if enrolled.is_coach(one)]
    both = np.concatenate([*sure[:3], client[: 3 * SAMPLE_RATE]])
    assert enrolled.is_coach(np.concatenate(sure[:3]))
    assert not enrolled.is_coach(both)


@pytest.mark.parametrize("factor", [0.1, 3.0])
def test_loudness_changes_little(
    factor: float, enrolled: CoachVoice, voices: Voices
) -> None:
    speech = voices[0][: 3 * SAMPLE_RATE]
    louder = (speech * np.float32(factor)).astype(np.float32)
    assert enrolled.score(louder) == pytest.approx(enrolled.score(speech), abs=0.1)


def test_what_is_too_short_or_silent_is_nobody(
    enrolled: CoachVoice, voices: Voices
) -> None:
    for sound in (
        np.zeros(0, np.float32),
        np.zeros(5 * SAMPLE_RATE, np.float32),
        voices[0][: SAMPLE_RATE // 2],
    ):
        assert enrolled.score(sound) == -np.inf
        assert not enrolled.is_coach(sound)


@pytest.mark.parametrize("seconds", [0, 1, 19])
def test_an_enrolment_needs_twenty_seconds(seconds: int, voices: Voices) -> None:
    with pytest.raises(UserError, match="20 are needed"):
        CoachVoice.enrol(voices[0][: seconds * SAMPLE_RATE])


def test_silence_is_no_enrolment() -> None:
    with pytest.raises(UserError, match="0 seconds"):
        CoachVoice.enrol(np.zeros(60 * SAMPLE_RATE, np.float32))


def test_a_voice_comes_back_from_its_bytes(
    enrolled: CoachVoice, voices: Voices
) -> None:
    again = CoachVoice.from_bytes(enrolled.to_bytes())
    assert again.bar == enrolled.bar
    for one in stretches(voices[0])[:3]:
        assert again.score(one) == pytest.approx(enrolled.score(one), abs=1e-3)


def test_damage_is_a_sentence(enrolled: CoachVoice) -> None:
    data = enrolled.to_bytes()
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]
    for damaged in (b"", b"no voice", data[:-40], data[: len(data) // 3], flipped):
        with pytest.raises(UserError, match="cannot be read"):
            CoachVoice.from_bytes(damaged)


def test_rows_are_finite_and_centred() -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, SAMPLE_RATE).astype(np.float32)
    rows = mel_cepstra(noise)
    assert rows.shape[1] == COLUMNS
    assert np.isfinite(rows).all()
    assert rows[:, :20].mean(axis=0) == pytest.approx(0, abs=1e-9)
    assert not len(mel_cepstra(noise[:900]))
