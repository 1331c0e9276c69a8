"""Hearing a session again: real desk, real player, a device in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.playing import Hearing, KeptNoise, MemoryOutput, NoiseFiles
from tests.fakes.story import span

from sidelight.audio.output import NO_OUTPUT, OutputRing
from sidelight.audio.tempo import Tempo
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Span
from sidelight.domain.wire import Wire
from sidelight.session.messages import (
    Playback,
    PlaybackTold,
    message_from_bytes,
    message_to_bytes,
    request_from_bytes,
    request_to_bytes,
)
from sidelight.session.playback.messages import (
    HaltSound,
    NotPlayed,
    Played,
    PlaySound,
    Sounding,
)
from sidelight.session.playback.runs import runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

NOISE = np.random.default_rng(3).integers(-6000, 6000, (9 * SAMPLE_RATE, 2), np.int16)
MIXED: NDArray[np.float32] = NOISE.sum(axis=1).astype(np.float32) / np.float32(32_768)


@pytest.fixture
def files() -> NoiseFiles:
    return NoiseFiles(KeptNoise(NOISE))


@pytest.fixture
def hearing(files: NoiseFiles) -> Iterator[Hearing]:
    hearing = Hearing(files)
    yield hearing
    hearing.desk.close()


def sound_of(start_ms: int, end_ms: int) -> NDArray[np.float32]:
    part: NDArray[np.float32] = MIXED[start_ms * 16 : end_ms * 16]
    return part


def test_what_is_asked_for_is_heard_to_the_sample(
    files: NoiseFiles, hearing: Hearing
) -> None:
    hearing.desk.ask(PlaySound("01A", 1, span(1_250, 8_000)))
    assert hearing.until_over() == Played(1, Millis(8_000))
    np.testing.assert_allclose(hearing.sound, sound_of(1_250, 8_000), atol=1e-6)
    at = [one.at for one in hearing.told if isinstance(one, Sounding)]
    assert at == sorted(at)
    assert 1_250 <= at[0] <= at[-1] <= 8_000
    assert hearing.outputs[0].closed, "the device is let go"
    assert files.opened >= 3, "no piece is longer than some seconds"


def test_stretches_are_left_out_and_the_clock_jumps_with_them(hearing: Hearing) -> None:
    skips = (span(2_000, 5_000), span(6_000, 6_500))
    hearing.desk.ask(PlaySound("01A", 4, span(1_000, 7_000), skips=skips))
    hearing.until_over()
    parts = [sound_of(1_000, 2_000), sound_of(5_000, 6_000), sound_of(6_500, 7_000)]
    np.testing.assert_allclose(hearing.sound, np.concatenate(parts), atol=1e-6)
    at = [one.at for one in hearing.told if isinstance(one, Sounding)]
    # The end of a run and the begin of the next are the same moment.
    assert not [one for one in at if 2_060 < one < 5_000]


def test_behind_the_end_of_the_sound_it_is_over(hearing: Hearing) -> None:
    hearing.desk.ask(PlaySound("01A", 1, span(8_500, 20_000)))
    hearing.until_over()
    np.testing.assert_allclose(hearing.sound, sound_of(8_500, 9_000), atol=1e-6)


def test_what_goes_off_the_record_or_lost_its_key_is_silence(
    files: NoiseFiles, hearing: Hearing
) -> None:
    files.spans.append(span(500, 1_500))
    files.spool = KeptNoise(NOISE, gone=[7])
    hearing.desk.ask(PlaySound("01A", 1, span(0, 9_000)))
    hearing.until_over()
    heard = hearing.sound
    assert not heard[500 * 16 : 1_500 * 16].any()
    assert not heard[7_000 * 16 : 8_000 * 16].any()
    np.testing.assert_allclose(heard[1_500 * 16 : 4_000 * 16], sound_of(1_500, 4_000))


def test_another_place_takes_over_and_nothing_of_the_first_is_told_after_it(
    hearing: Hearing,
) -> None:
    hearing.desk.ask(PlaySound("01A", 1, span(0, 9_000)))
    hearing.desk.ask(PlaySound("01A", 2, span(4_000, 4_500)))
    while (over := hearing.until_over()) != Played(2, Millis(4_500)):
        assert over == Played(1, Millis(9_000))  # a device in memory is fast
    assert hearing.started == 1
    takes = [one.take for one in hearing.told]
    assert takes == sorted(takes)


def test_what_halts_plays_on_only_when_asked(hearing: Hearing) -> None:
    hearing.desk.ask(HaltSound())
    assert hearing.started == 0, "nothing plays, nothing is started"
    hearing.desk.ask(PlaySound("01A", 1, span(0, 500)))
    hearing.until_over()
    hearing.desk.ask(HaltSound())
    hearing.desk.ask(PlaySound("01A", 2, span(0, 500)))
    assert hearing.until_over() == Played(2, Millis(500))


def test_no_output_is_one_sentence_and_the_next_try_looks_anew(
    files: NoiseFiles,
) -> None:
    found: list[MemoryOutput] = []

    def plugged_in_later() -> MemoryOutput:
        if heard.started == 1:
            raise NO_OUTPUT
        found.append(MemoryOutput())
        return found[0]

    heard = Hearing(files, plugged_in_later)
    try:
        heard.desk.ask(PlaySound("01A", 1, span(0, 500)))
        assert heard.until_over() == NotPlayed(1, NO_OUTPUT.message, NO_OUTPUT.remedy)
        heard.desk.ask(PlaySound("01A", 2, span(0, 500)))
        assert heard.until_over() == Played(2, Millis(500))
    finally:
        heard.desk.close()
    np.testing.assert_allclose(found[0].sound, sound_of(0, 500), atol=1e-6)


def test_a_device_that_is_unplugged_is_one_sentence(files: NoiseFiles) -> None:
    class Unplugged(MemoryOutput):
        def __init__(self) -> None:
            super().__init__()
            self.ended = True

    hearing = Hearing(files, Unplugged)
    try:
        hearing.desk.ask(PlaySound("01A", 1, span(0, 500)))
        over = hearing.until_over()
    finally:
        hearing.desk.close()
    assert isinstance(over, NotPlayed)
    assert "stopped playing" in over.message


def test_where_no_sound_was_kept_it_is_said_and_nothing_is_started() -> None:
    hearing = Hearing(NoiseFiles(KeptNoise(NOISE), has_sound=False))
    hearing.desk.ask(PlaySound("01A", 1, span(0, 500)))
    over = hearing.until_over()
    hearing.desk.close()
    assert isinstance(over, NotPlayed)
    assert over.message == "The sound of this session was not kept."
    assert hearing.started == 0


@pytest.mark.parametrize("speed", [0.75, 1.25, 2.0])
def test_faster_and_slower_it_keeps_its_pitch(speed: float) -> None:
    """A tone stays the tone that it was, and lasts as long as it should."""
    rate, seconds, tone = 44_100, 3, 220.0
    time = np.arange(seconds * SAMPLE_RATE) / SAMPLE_RATE
    sound = np.sin(2 * np.pi * tone * time).astype(np.float32) * 0.5
    tempo = Tempo(speed, rate)
    pieces = [tempo.push(piece) for piece in np.array_split(sound, 7)]
    heard = np.concatenate([*pieces, tempo.finish()])
    assert len(heard) / rate == pytest.approx(seconds / speed, rel=0.02)
    loudness = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert loudness.argmax() * rate / len(heard) == pytest.approx(tone, rel=0.01)


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=60))
def test_the_ring_gives_what_was_written_in_order(
    steps: list[tuple[int, bool]],
) -> None:
    ring = OutputRing(64)
    counter = 0
    wanted: list[float] = []
    got: list[float] = []
    for most, writes in steps:
        count = min(most, ring.room) if writes else most
        if writes:
            ring.write(np.arange(counter, counter + count, dtype=np.float32))
            wanted += range(counter, counter + count)
            counter += count
        else:
            before = ring.played
            taken = np.full(count, -1, np.float32)
            ring.fill(taken)
            fresh = ring.played - before
            got += taken[:fresh].tolist()
            assert not taken[fresh:].any()
    assert got == wanted[: len(got)]
    ring.drop()
    assert (ring.room, ring.played) == (64, ring.written)


SKIPS = st.lists(st.integers(0, 400), max_size=12).map(
    lambda edges: tuple(
        Span(Millis(one), Millis(other))
        for one, other in zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False)
    )
)


@given(st.integers(0, 200), st.integers(0, 200), SKIPS)
def test_what_is_played_is_all_that_is_not_left_out(
    start: int, length: int, skips: tuple[Span, ...]
) -> None:
    whole = Span(Millis(start), Millis(start + length))
    played = [at for run in runs_of(whole, skips) for at in range(run.start, run.end)]
    assert played == [
        at
        for at in range(whole.start, whole.end)
        if not any(skip.contains(at) for skip in skips)
    ]


@pytest.mark.parametrize(
    "asked",
    [PlaySound("01A", 3, span(5, 900), 1.5, (span(10, 20),)), HaltSound()],
    ids=["play", "halt"],
)
def test_what_is_asked_comes_over_the_socket(asked: PlaySound | HaltSound) -> None:
    assert request_from_bytes(request_to_bytes(Playback(asked))) == Playback(asked)


@pytest.mark.parametrize(
    "news",
    [Sounding(3, Millis(7)), Played(3, Millis(9)), NotPlayed(3, "No.", "Yes.")],
    ids=["sounding", "played", "not played"],
)
def test_what_is_told_comes_over_the_socket(
    news: Sounding | Played | NotPlayed,
) -> None:
    told = PlaybackTold(news)
    assert message_from_bytes(message_to_bytes(told, Wire()), Wire()) == told
