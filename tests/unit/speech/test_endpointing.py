"""When speech begins, ends and is cut: by windows alone."""

import pytest

from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.speech.endpointing import (
    CLIENT,
    COACH,
    OVERLAP,
    PRE_ROLL,
    ROOM,
    TAIL_WINDOWS,
    Ending,
    Endpointer,
    EndpointPolicy,
    SpeechSpan,
    windows,
)
from sidelight.speech.vad import WINDOW


def run(
    pointer: Endpointer, *runs: tuple[float, int], loudness: float = 1.0
) -> list[SpeechSpan]:
    """Feed so many windows of each probability; the spans that end."""
    spans = []
    for probability, count in runs:
        for _ in range(count):
            span = pointer.step(probability, loudness)
            if span is not None:
                spans.append(span)
    return spans


@pytest.mark.parametrize(
    ("policy", "seconds"), [(COACH, 0.5), (CLIENT, 0.7), (ROOM, 0.4)]
)
def test_a_pause_ends_speech_at_once(policy: EndpointPolicy, seconds: float) -> None:
    pointer = Endpointer(policy)
    assert not run(pointer, (0.0, 20), (0.9, 30), (0.0, windows(seconds) - 1))
    (span,) = run(pointer, (0.0, 1))
    assert span.ending is Ending.PAUSE
    assert span.start == 20 * WINDOW - PRE_ROLL
    assert span.end == (50 + TAIL_WINDOWS) * WINDOW
    assert span.voiced == 30 * WINDOW
    assert span.likelihood == pytest.approx(0.9)
    assert pointer.position / SAMPLE_RATE - 50 * WINDOW / SAMPLE_RATE < seconds + 0.032


def test_one_likely_window_is_no_speech() -> None:
    pointer = Endpointer(COACH)
    assert not run(pointer, (0.0, 10), (0.9, 1), (0.0, 100))
    assert pointer.speaking_since is None


def test_two_likely_windows_of_three_are() -> None:
    pointer = Endpointer(COACH)
    (span,) = run(pointer, (0.0, 20), (0.9, 1), (0.1, 1), (0.9, 1), (0.0, 40))
    assert span.start == 20 * WINDOW - PRE_ROLL
    assert span.voiced == 2 * WINDOW


def test_doubtful_windows_keep_speech_open_but_do_not_begin_it() -> None:
    pointer = Endpointer(COACH)
    assert not run(pointer, (0.4, 50))
    assert pointer.speaking_since is None
    assert not run(pointer, (0.9, 10), (0.4, 50))
    assert pointer.speaking_since is not None


def test_pre_roll_stays_inside_the_sound() -> None:
    pointer = Endpointer(COACH)
    (span,) = run(pointer, (0.9, 30), (0.0, 30))
    assert span.start == 0


def test_a_short_pause_ends_long_speech() -> None:
    pointer = Endpointer(COACH)
    spans = run(pointer, (0.0, 10), (0.9, windows(9)), (0.0, TAIL_WINDOWS), (0.9, 20))
    (span,) = spans
    assert span.ending is Ending.SOFT_CUT
    assert span.end == (10 + windows(9) + TAIL_WINDOWS) * WINDOW
    assert pointer.speaking_since is not None
    # The next begins in the pause, and not before its middle.
    assert pointer.speaking_since >= span.end - TAIL_WINDOWS // 2 * WINDOW


def test_speech_without_a_pause_is_cut_where_it_is_quietest() -> None:
    pointer = Endpointer(COACH)
    run(pointer, (0.0, 10), (0.95, 340))
    run(pointer, (0.95, 3), loudness=0.01)
    span = run(pointer, (0.95, 100))[0]
    assert span.ending is Ending.HARD_CUT
    assert 350 * WINDOW <= span.cut <= 353 * WINDOW
    assert span.end - span.start >= COACH.hard_after * WINDOW


def test_an_unlikely_place_is_cut_before_a_quiet_one() -> None:
    pointer = Endpointer(COACH)
    run(pointer, (0.0, 10), (0.95, 320))
    run(pointer, (0.95, 3), loudness=0.01)
    run(pointer, (0.95, 15))
    run(pointer, (0.4, 3))
    span = run(pointer, (0.95, 60))[0]
    assert 348 * WINDOW <= span.cut <= 351 * WINDOW


def test_after_a_hard_cut_speech_goes_on_a_little_before_it() -> None:
    pointer = Endpointer(COACH)
    run(pointer, (0.0, 10))
    span = None
    while span is None:
        span = pointer.step(0.9, 1.0)
    pointer.go_on_from(span.cut)
    assert pointer.speaking_since == span.cut - OVERLAP
    (rest,) = run(pointer, (0.9, 10), (0.0, 30))
    assert rest.start == span.cut - OVERLAP
    assert rest.voiced < span.voiced


def test_the_pause_so_far_is_what_the_pause_will_end() -> None:
    pointer = Endpointer(COACH)
    run(pointer, (0.0, 10), (0.9, 30), (0.0, TAIL_WINDOWS - 1))
    assert pointer.pause_so_far() is None
    run(pointer, (0.0, 1))
    early = pointer.pause_so_far()
    (span,) = run(pointer, (0.0, 20))
    assert early == span


@pytest.mark.parametrize("silence", [0, 3, 12])
def test_the_end_of_the_sound_ends_speech(silence: int) -> None:
    pointer = Endpointer(COACH)
    run(pointer, (0.9, 30), (0.0, silence))
    span = pointer.finish(pointer.position)
    assert span is not None
    assert span.ending is Ending.FINISHED
    assert span.end == min(30 + silence, 30 + TAIL_WINDOWS) * WINDOW
    assert pointer.finish(pointer.position) is None


def test_sound_is_needed_from_the_pre_roll_on() -> None:
    pointer = Endpointer(COACH)
    run(pointer, (0.0, 1000))
    needed = pointer.needed_from
    assert pointer.position - needed < SAMPLE_RATE
    run(pointer, (0.9, 3))
    assert pointer.speaking_since is not None
    assert pointer.speaking_since >= needed
