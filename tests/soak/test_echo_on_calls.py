"""Calls without headphones, from beginning to end: the client resets no clock.

The demo session with its sides changed: the client says what coaches say, and comes
through the coach's microphone. Everything is real but the room.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from tests.fakes.rooms import Room
from tests.fakes.speech import LateEar

from sidelight import resources
from sidelight.audio.block import AudioBlock
from sidelight.audio.echo import EchoGuard
from sidelight.domain.directives import Finish
from sidelight.domain.events import MomentNoticed, UtteranceHeard
from sidelight.domain.known import Known
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.timeline import SAMPLE_RATE, Samples, Span, to_millis
from sidelight.domain.transcript import Doubt, EchoHeard, Layout, Speaker
from sidelight.partnering.detector import default_detector
from sidelight.partnering.listener import Listener
from sidelight.session.pipeline import Item, Pipeline, PipelinePolicy, resume_position
from sidelight.speech.backends import FASTER_WHISPER
from sidelight.speech.vad import SileroModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sidelight.session.pipeline import Guard

BLOCK = 8_000
HEADPHONES = Room(-200)


@pytest.fixture(scope="module")
def changed() -> NDArray[np.float32]:
    read, _ = soundfile.read(resources.demo_session() / "session.flac", dtype="float32")
    return np.ascontiguousarray(read[:, ::-1], np.float32)


def fresh(open_guard: Callable[[Samples], Guard] = EchoGuard) -> Pipeline:
    return Pipeline(
        Layout.STEREO,
        FASTER_WHISPER.open(resources.demo_model(), 1, name="demo"),
        SileroModel().detector,
        Listener(default_detector()),
        policy=PipelinePolicy(partials=False, early=frozenset()),
        open_guard=open_guard,
    )


def hear(pipeline: Pipeline, sound: NDArray[np.float32]) -> list[Item]:
    items: list[Item] = []
    while pipeline.position < len(sound):
        at = pipeline.position
        items += pipeline.feed(AudioBlock(at, sound[at : at + BLOCK]))
    return items


def whole(pipeline: Pipeline, sound: NDArray[np.float32]) -> list[Item]:
    items = hear(pipeline, sound)
    return items + pipeline.direct(Finish(to_millis(pipeline.position)))


def resets(items: Sequence[Item]) -> list[tuple[str, str]]:
    noticed = [item.moment for item in items if isinstance(item, MomentNoticed)]
    return [(m.kind, m.quote) for m in noticed if m.kind in PROCESS_KINDS]


def told(items: Sequence[Item], speaker: Speaker) -> list[tuple[Span, str]]:
    said = [item.utterance for item in items if isinstance(item, UtteranceHeard)]
    mine = [u for u in said if u.speaker is speaker and u.doubt is not Doubt.ECHO]
    return [(u.span, u.text) for u in mine]


@pytest.fixture(scope="module")
def with_headphones(changed: NDArray[np.float32]) -> list[Item]:
    return whole(fresh(), HEADPHONES.record(changed))


@pytest.mark.parametrize("echo_db", [-3, -6, -12, -20])
def test_the_client_resets_no_clock(
    echo_db: float, changed: NDArray[np.float32], with_headphones: list[Item]
) -> None:
    items = whole(fresh(), Room(echo_db, ppm=30).record(changed))
    # A word may be heard otherwise; the same hand-overs, and none besides.
    kinds = [kind for kind, _ in resets(with_headphones)]
    assert [kind for kind, _ in resets(items)] == kinds
    advice = [item.at for item in items if isinstance(item, EchoHeard)]
    assert advice
    assert all(b - a >= 60_000 for a, b in pairwise(advice))


def test_with_headphones_nothing_is_advised(with_headphones: list[Item]) -> None:
    assert not [item for item in with_headphones if isinstance(item, EchoHeard)]


def test_the_rooms_are_hard(
    changed: NDArray[np.float32], with_headphones: list[Item]
) -> None:
    """Without the guard, by their words alone, some of the client's would count."""
    items = whole(fresh(LateEar), Room(-3, ppm=30).record(changed))
    assert len(resets(items)) > len(resets(with_headphones))


def test_a_guard_that_takes_over_tells_no_echo_and_nothing_twice(
    changed: NDArray[np.float32],
) -> None:
    call = Room(-6, ppm=30).record(changed[: 120 * SAMPLE_RATE])
    crash = 70 * SAMPLE_RATE
    first = fresh()
    before = hear(first, call[:crash])
    heard = [item for item in before if isinstance(item, UtteranceHeard)]
    said = tuple(item.utterance for item in heard)
    second = fresh()
    start = resume_position(heard[-1].at, Layout.STEREO)
    assert start > 0, "in mid-call, not from the beginning"
    second.resume(start, Known(heard[-1].at, said, last_utterance=len(said)))
    went_on = before + whole(first, call)
    taken_over = before + whole(second, call)
    for speaker in (Speaker.COACH, Speaker.CLIENT):
        assert told(taken_over, speaker) == told(went_on, speaker)
        assert len(told(went_on, speaker)) > len(told(before, speaker))
