"""The client's voice from the loudspeaker is not taken for the coach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.rooms import Room

from sidelight.audio.block import AudioBlock
from sidelight.audio.delay import find_delay
from sidelight.audio.echo import EchoGuard
from sidelight.domain.timeline import Samples
from sidelight.resources import demo_session
from sidelight.speech.vad import SileroModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SECONDS = 45


@pytest.fixture(scope="module")
def voices() -> NDArray[np.float32]:
    """The demo session's first minute: coach and client take turns."""
    sound, _ = soundfile.read(
        demo_session() / "session.flac", SECONDS * 16_000, dtype="float32"
    )
    return np.asarray(sound, np.float32)


@pytest.fixture(scope="module")
def silero() -> SileroModel:
    return SileroModel()


@pytest.mark.parametrize(
    "room",
    [Room(-6, ppm=50), Room(0), Room(-3, delay_s=0.45)],
    ids=str,
)
def test_only_the_coach_is_left(
    room: Room, voices: NDArray[np.float32], silero: SileroModel
) -> None:
    """Shares of client-only and of coach time that the voice detector takes for the
    coach, once the guard knows the room: without it, 85 to 99 % of the former.
    """
    heard = room.record(voices)
    alone = Room(-200).record(voices)
    client, coach = _speech(silero, heard[:, 1]), _speech(silero, alone[:, 0])
    lag = round(room.delay_s * 16_000 / 512)
    client = np.concatenate((np.zeros(lag, bool), client))[: len(coach)]
    only = client & ~_around(coach)
    only[: 20 * 31] = False
    before = _speech(silero, heard[:, 0])
    after = _speech(silero, _guarded(heard, [1_600])[0][:, 0])
    assert before[only].mean() > 0.8, "the room does echo"
    assert after[only].mean() < 0.03
    assert after[coach].mean() > 0.97


def test_over_an_echo_the_coach_is_heard(
    voices: NDArray[np.float32], silero: SileroModel
) -> None:
    """Both at once, the coach a little louder."""
    both = voices.copy()
    both[:, 1] = np.roll(voices[:, 1], 7 * 16_000)
    heard = Room(-6).record(both)
    coach = _speech(silero, Room(-200).record(both)[:, 0])
    double = coach & _speech(silero, heard[:, 1])
    assert double.sum() > 10 * 31
    after = _speech(silero, _guarded(heard, [1_600])[0][:, 0])
    assert after[double].mean() > 0.85


def test_with_headphones_nothing_changes_and_nothing_waits(
    voices: NDArray[np.float32],
) -> None:
    heard = Room(-200).record(voices[: 30 * 16_000])
    guard = EchoGuard()
    for at in range(0, len(heard), 1_600):
        block = AudioBlock(Samples(at), heard[at : at + 1_600])
        verdict = guard.feed(block)
        assert block.end - verdict.sound.end <= 48 * 16
    sound, echoes = _guarded(heard, [1_600])
    seconds = sum(end - begin for begin, end in echoes) / 16_000
    assert seconds < 0.1
    difference = sound[:, 0] - heard[:, 0]
    assert np.sqrt(np.mean(difference**2)) < 0.1 * np.sqrt(np.mean(heard[:, 0] ** 2))


def test_echoes_lie_where_only_the_client_speaks(voices: NDArray[np.float32]) -> None:
    sound, echoes = _guarded(Room(-6).record(voices)[: 20 * 16_000], [1_600])
    assert echoes
    for begin, end in echoes:
        assert not sound[begin + 256 : end, 0].any()
    starts = [begin for begin, _ in echoes]
    assert starts == sorted(starts)


@settings(max_examples=4, deadline=None)
@given(sizes=st.lists(st.integers(20, 20_000), min_size=1, max_size=6))
def test_how_the_sound_is_cut_changes_nothing(
    voices: NDArray[np.float32], sizes: list[int]
) -> None:
    heard = Room(-3).record(voices)[7 * 16_000 : 10 * 16_000 + 77]
    whole, echoes = _guarded(heard, [len(heard)])
    pieces, cut_echoes = _guarded(heard, sizes)
    np.testing.assert_array_equal(pieces, whole)
    assert _joined(cut_echoes) == _joined(echoes)
    assert len(whole) == len(heard)
    np.testing.assert_array_equal(whole[:, 1], heard[:, 1])


@pytest.mark.parametrize("delay", [-400, 0, 1_920, 9_000])
def test_the_delay_is_found(delay: int, voices: NDArray[np.float32]) -> None:
    client = voices[8 * 16_000 : 16 * 16_000, 1] + np.random.default_rng(2).normal(
        0, 1e-3, 8 * 16_000
    ).astype(np.float32)
    found = find_delay(np.roll(client, delay), client, 16_000, -512)
    assert found == delay


def test_no_delay_is_found_where_there_is_no_echo() -> None:
    noise = np.random.default_rng(4).normal(0, 0.1, (2, 8 * 16_000)).astype(np.float32)
    assert find_delay(noise[0], noise[1], 16_000, -512) is None
    assert find_delay(noise[0], np.zeros_like(noise[0]), 16_000) is None


def _guarded(
    heard: NDArray[np.float32], sizes: Sequence[int]
) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    guard = EchoGuard()
    verdicts = []
    at = turn = 0
    while at < len(heard):
        size = sizes[turn % len(sizes)]
        verdicts.append(guard.feed(AudioBlock(Samples(at), heard[at : at + size])))
        at, turn = at + size, turn + 1
    verdicts.append(guard.finish())
    position = 0
    for verdict in verdicts:
        assert verdict.sound.start == position
        position = verdict.sound.end
    echoes = [echo for verdict in verdicts for echo in verdict.echoes]
    return np.concatenate([v.sound.samples for v in verdicts]), [*echoes]


def _joined(echoes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for begin, end in echoes:
        if result and result[-1][1] == begin:
            begin = result.pop()[0]  # noqa: PLW2901
        result.append((begin, end))
    return result


def _speech(model: SileroModel, sound: NDArray[np.float32]) -> NDArray[np.bool_]:
    whole = np.ascontiguousarray(sound[: len(sound) // 512 * 512])
    return np.asarray(model.detector().probabilities(whole) > 0.5)


def _around(speech: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.convolve(speech, np.ones(11), "same") > 0
