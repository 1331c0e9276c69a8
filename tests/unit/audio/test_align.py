"""Two devices, two clocks: what comes out is aligned, unbroken holes told."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.devices import (
    FakeDevice,
    aligned,
    beeps,
    between_ms,
    delay_ms,
    onsets,
    tone,
)

from sidelight.audio.align import Aligner
from sidelight.audio.block import AudioBlock
from sidelight.audio.chunk import Chunk
from sidelight.domain.timeline import Gap, GapCause, Millis, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATES = (8_000, 16_000, 22_050, 44_100, 48_000, 96_000)


@pytest.mark.parametrize("rate", RATES)
def test_any_rate_keeps_pitch_and_duration(rate: int) -> None:
    device = FakeDevice(tone(440), rate=rate)
    heard = aligned(device, FakeDevice(tone(440), rate=rate, starts=0.01), until=6)
    assert len(heard.samples) / 16_000 == pytest.approx(6, rel=1e-3)
    for channel in heard.samples.T:
        spectrum = np.abs(np.fft.rfft(channel * np.hanning(len(channel))))
        found = np.argmax(spectrum) * 16_000 / len(channel)
        assert found == pytest.approx(440, rel=5e-3)
    assert np.abs(between_ms(heard.samples[16_000:], 440)).max() < 1


def test_two_punctual_clocks_pass_every_sample_on_unchanged() -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, 20 * 16_000).astype(np.float32)

    def sound(seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        places = np.round(seconds * 16_000).astype(np.intp)
        return np.asarray(noise[places], np.float32)

    heard = aligned(FakeDevice(sound), FakeDevice(sound, chunk_s=0.05), until=20)
    np.testing.assert_array_equal(heard.samples[:, 0], noise)
    np.testing.assert_array_equal(heard.samples[:, 1], noise)


@pytest.mark.parametrize("ppm", [-300, 300])
def test_drift_is_followed_without_a_click(ppm: float) -> None:
    """Three minutes at 300 ppm, many times what real clocks do, are 54 ms."""
    coach = FakeDevice(tone(125), chunk_s=0.05, jitter_s=0.005)
    client = FakeDevice(tone(125), ppm=ppm, chunk_s=0.04, jitter_s=0.01, seed=2)
    heard = aligned(coach, client, until=180, every=0.2)
    off = np.abs(between_ms(heard.samples, 125))
    assert off.max() <= 20
    assert off[-50:].max() < off.max(), "the drift is learnt"
    assert _roughness(heard.samples[:, 1], 125) < 1.05
    assert not heard.gaps


@pytest.mark.soak
def test_50_ppm_over_three_hours() -> None:
    coach = FakeDevice(tone(125), chunk_s=0.1, jitter_s=0.01)
    client = FakeDevice(tone(125), ppm=50, chunk_s=0.1, jitter_s=0.01, seed=2)
    heard = aligned(coach, client, until=10_800, every=0.2)
    off = np.abs(between_ms(heard.samples, 125))
    assert off[-50:].max() <= 5
    assert _roughness(heard.samples[:, 1], 125) < 1.05


def test_the_coachs_clock_is_the_sessions() -> None:
    """The coach's samples are never stretched, whatever their clock does."""
    coach = FakeDevice(tone(100), ppm=200)
    heard = aligned(coach, FakeDevice(tone(100)), until=60)
    assert len(heard.samples) == pytest.approx(60 * 16_000 * 1.0002, abs=320)
    expected = np.concatenate([c.samples for c in coach.chunks(60)])
    np.testing.assert_array_equal(heard.samples[:, 0], expected)


def test_a_device_that_starts_later_is_put_where_it_belongs() -> None:
    sound = beeps([1.0, 2.5, 4.0])
    coach = FakeDevice(sound, jitter_s=0.005)
    late = FakeDevice(sound, starts=0.7, rate=48_000, jitter_s=0.005, seed=2)
    heard = aligned(coach, late, until=6)
    assert onsets(heard.samples[:, 1]) == pytest.approx([1.0, 2.5, 4.0], abs=0.02)
    early = FakeDevice(sound, starts=0.4)
    heard = aligned(early, FakeDevice(sound), until=6)
    assert onsets(heard.samples[:, 1]) == pytest.approx([0.6, 2.1, 3.6], abs=0.005)


def test_a_loopback_that_delivers_only_while_something_plays() -> None:
    """Windows: no callbacks in silence. The words stand at their time all the same."""
    said = [3.0, 3.2, 9.5, 9.8, 30.1]
    client = FakeDevice(
        beeps(said),
        chunk_s=0.01,
        jitter_s=0.003,
        ppm=80,
        silent=[(0.5, 2.95), (3.4, 9.45), (10.0, 30.0)],
    )
    heard = aligned(FakeDevice(beeps(said)), client, until=32)
    assert onsets(heard.samples[:, 1]) == pytest.approx(said, abs=0.01)
    assert not heard.gaps
    assert max(heard.lags[20:]) < 0.5


def test_a_client_that_never_delivers_holds_nobody_up() -> None:
    client = FakeDevice(tone(100), silent=[(0, 100)])
    heard = aligned(FakeDevice(tone(100)), client, until=5)
    assert not heard.samples[:, 1].any()
    assert max(heard.lags) < 0.5


def test_deliveries_that_were_held_up_lose_nothing() -> None:
    said = [1.0, 2.2, 2.5, 2.8, 5.0, 8.0]
    client = FakeDevice(beeps(said), stalls=[(2.1, 2.9)], rate=48_000)
    heard = aligned(FakeDevice(beeps(said), stalls=[(4.9, 5.6)]), client, until=9)
    found = onsets(heard.samples[:, 1])
    assert len(found) == len(said)
    assert found[:1] + found[-2:] == pytest.approx([1.0, 5.0, 8.0], abs=0.07)
    assert onsets(heard.samples[:, 0]) == pytest.approx(said, abs=0.001)
    assert not heard.gaps


def test_what_the_ring_lost_is_a_gap_of_that_length() -> None:
    aligner = Aligner(48_000, 48_000, opened=0.0)
    sound = np.full(4_800, 0.5, np.float32)
    items: list[AudioBlock | Gap] = []
    for step in range(1, 31):
        lost = 4_800 * 3 if step == 15 else 0
        at = 0.1 * step + (0.3 if step >= 15 else 0)
        aligner.hear_coach(Chunk(sound, at, lost))
        aligner.hear_client(Chunk(sound, at, lost))
        items += aligner.pull(at)
    items += aligner.finish(3.3)
    assert [i for i in items if isinstance(i, Gap)] == [
        Gap(_span(1400, 1700), GapCause.OVERFLOW)
    ]
    samples = np.concatenate([i.samples for i in items if isinstance(i, AudioBlock)])
    assert len(samples) == 33 * 1_600
    assert not samples[1_410 * 16 : 1_690 * 16].any()
    assert (samples[1_750 * 16 : 3_200 * 16] > 0.4).all()


def test_an_unplugged_microphone_is_a_gap_and_the_client_goes_on() -> None:
    said = [1.0, 4.0, 6.0, 11.0]
    coach = FakeDevice(beeps(said), silent=[(3.0, 10.0)], jitter_s=0.002)
    heard = aligned(coach, FakeDevice(beeps(said), jitter_s=0.002), until=14)
    assert onsets(heard.samples[:, 0]) == pytest.approx([1.0, 11.0], abs=0.01)
    assert onsets(heard.samples[:, 1]) == pytest.approx(said, abs=0.01)
    (gap,) = heard.gaps
    assert gap.cause is GapCause.DEVICE_LOST
    assert gap.span.start == pytest.approx(3000, abs=30)
    assert gap.span.end == pytest.approx(10_000, abs=30)
    assert max(heard.lags) < 1.2


def test_callbacks_that_skip_half_a_second_leave_a_gap() -> None:
    coach = FakeDevice(beeps([1.0, 5.0]), silent=[(3.0, 3.5)])
    heard = aligned(coach, None, until=6)
    assert onsets(heard.samples[:, 0]) == pytest.approx([1.0, 5.0], abs=0.001)
    (gap,) = heard.gaps
    assert (gap.cause, gap.span.length) == (GapCause.OVERFLOW, 500)


def test_a_microphone_that_starts_after_forty_seconds() -> None:
    """A Bluetooth headset: the session runs from the opening on, the client is kept."""
    said = [10.0, 39.0, 45.0]
    coach = FakeDevice(beeps(said), starts=40.0)
    heard = aligned(coach, FakeDevice(beeps(said)), until=50)
    assert onsets(heard.samples[:, 0]) == pytest.approx([45.0], abs=0.03)
    assert onsets(heard.samples[:, 1]) == pytest.approx(said, abs=0.03)
    assert heard.gaps[0].span.start == 0
    assert heard.gaps[-1].span.end == pytest.approx(40_000, abs=30)
    assert all(a.span.end == b.span.start for a, b in pairwise(heard.gaps))


def test_forty_minutes_of_sleep_are_silence_with_a_reason() -> None:
    """The clock runs on, nothing is delivered; then both devices go on."""
    aligner = Aligner(16_000, 16_000, opened=0.0)
    sound = np.full(1_600, 0.5, np.float32)
    blocks: list[AudioBlock] = []
    gaps: list[Gap] = []

    def pull(now: float) -> None:
        for item in aligner.pull(now):
            if isinstance(item, Gap):
                gaps.append(item)
            else:
                assert len(item) <= 16_000
                blocks.append(item)

    for asleep in (0.0, 2_400.0):
        if asleep:
            aligner.explain(GapCause.SLEEP)
        for step in range(50):
            now = asleep + (51 if asleep else 1) * 0.1 + step * 0.1
            aligner.hear_coach(Chunk(sound, now))
            aligner.hear_client(Chunk(sound, now))
            pull(now)
    assert {gap.cause for gap in gaps} == {GapCause.SLEEP}
    assert gaps[0].span.start == 5_000
    assert gaps[-1].span.end == 2_405_000
    assert blocks[-1].end / 16_000 == pytest.approx(2_410, abs=0.02)
    assert (blocks[-1].samples > 0.4).all()


def test_a_new_stream_at_another_rate_goes_on_in_the_same_recording() -> None:
    aligner = Aligner(48_000, 48_000, opened=0.0)
    items: list[AudioBlock | Gap] = []
    for step in range(1, 101):
        now = step * 0.1
        if step == 31:
            aligner.reopen_coach(16_000)
            aligner.reopen_client(16_000)
        rate = 48_000 if step < 31 else 16_000
        if step < 31 or step > 35:
            seconds = now - 0.1 + np.arange(rate // 10) / rate
            chunk = Chunk(tone(440)(seconds), now)
            aligner.hear_coach(chunk)
            aligner.hear_client(chunk)
        items += aligner.pull(now)
    items += aligner.finish(10.0)
    gaps = [item for item in items if isinstance(item, Gap)]
    assert gaps == [Gap(_span(3_000, 3_500), GapCause.DEVICE_LOST)]
    samples = np.concatenate([i.samples for i in items if isinstance(i, AudioBlock)])
    assert len(samples) == pytest.approx(160_000, abs=16)
    assert not samples[48_100:55_900].any()
    off = delay_ms(samples[:, 0], tone(440)(np.arange(160_000) / 16_000), 440)
    assert np.abs(off[36:-1]).max() < 0.2
    assert np.abs(between_ms(samples[:47_000], 440)).max() < 0.2
    assert np.abs(between_ms(samples[57_600:], 440)).max() < 0.2


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**16), most=st.sampled_from([1, 7, 100, 5_000]))
def test_how_deliveries_are_cut_changes_no_sample(seed: int, most: int) -> None:
    random = np.random.default_rng(seed)

    def cut(chunk: Chunk) -> list[Chunk]:
        places = np.sort(random.integers(0, len(chunk.samples), random.integers(0, 4)))
        pieces = np.split(chunk.samples, places[: most // 2])
        return [Chunk(piece, chunk.arrived) for piece in pieces]

    coach = FakeDevice(
        tone(300), rate=48_000, jitter_s=0.02, silent=[(2.0, 2.4)], seed=seed
    )
    client = FakeDevice(
        beeps([0.5, 1.5, 3.0, 3.9]),
        rate=44_100,
        ppm=400,
        jitter_s=0.03,
        silent=[(1.0, 1.4)],
        stalls=[(3.0, 3.6)],
        seed=seed + 1,
    )
    whole = aligned(coach, client, until=5)
    pieces = aligned(coach, client, until=5, cut=cut)
    np.testing.assert_array_equal(pieces.samples, whole.samples)
    assert pieces.gaps == whole.gaps


def _span(start: int, end: int) -> Span:
    return Span(Millis(start), Millis(end))


def _roughness(sound: NDArray[np.float32], frequency: float) -> float:
    """The sharpest bend of a tone of amplitude 0.5, as a share of what it may have."""
    bends = np.abs(np.diff(sound[8_000:-8_000].astype(np.float64), 2))
    return float(bends.max() / (0.5 * (2 * np.pi * frequency / 16_000) ** 2))
