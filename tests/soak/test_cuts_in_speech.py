"""Cutting real speech costs no words: the real pipeline and the demo's longest turns.

The model alone gets some words wrong in any window, so what is compared is how many
words differ from the truth with and without cuts.
"""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from tests.fakes.speech import Deaf

from sidelight import resources
from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import Millis, Samples, to_millis, to_samples
from sidelight.domain.transcript import Layout, Speaker
from sidelight.session.pipeline import Pipeline, PipelinePolicy
from sidelight.speech.agreement import normalised
from sidelight.speech.backends import FASTER_WHISPER
from sidelight.speech.endpointing import EndpointPolicy, windows
from sidelight.speech.vad import SileroModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sidelight.speech.recognizer import Recognizer

pytestmark = pytest.mark.soak

TURNS = 8
EDGE_MS = 500
NEVER = windows(100)
CUTS_S = np.arange(3.5, 12.0, 0.25).tolist()


def longest_turns() -> list[tuple[list[str], NDArray[np.float32]]]:
    """The words and the sound of the demo's longest turns."""
    folder = resources.demo_session()
    turns = json.loads((folder / "truth.json").read_text("utf-8"))["turns"]
    sound, _ = soundfile.read(folder / "session.flac", dtype="float32")
    turns.sort(key=lambda turn: turn["start_ms"] - turn["end_ms"])
    found = []
    for turn in turns[:TURNS]:
        start = max(0, to_samples(Millis(turn["start_ms"] - EDGE_MS)))
        end = to_samples(Millis(turn["end_ms"] + EDGE_MS))
        channel = 0 if turn["speaker"] == "coach" else 1
        words = [normalised(word) for word in turn["text"].split()]
        found.append((words, np.ascontiguousarray(sound[start:end, channel])))
    return found


def heard(
    recognizer: Recognizer,
    vad: SileroModel,
    sound: NDArray[np.float32],
    hard_after: int,
) -> list[str]:
    """The words, where nothing ends speech but a pause or this length."""
    policy = EndpointPolicy(windows(0.7), soft_after=NEVER, hard_after=hard_after)
    pipeline = Pipeline(
        Layout.MONO,
        recognizer,
        vad.detector,
        Deaf(),
        policy=PipelinePolicy(endpoints={Speaker.UNKNOWN: policy}, partials=False),
    )
    items = pipeline.feed(AudioBlock(Samples(0), sound[:, np.newaxis]))
    items += pipeline.direct(Finish(to_millis(Samples(len(sound)))))
    said = (i.utterance for i in items if isinstance(i, UtteranceHeard))
    return [normalised(word.text) for u in said for word in u.words]


def wrong(truth: list[str], words: list[str]) -> int:
    """Words lost, added or replaced."""
    steps = SequenceMatcher(None, truth, words, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for tag, a, b, c, d in steps if tag != "equal")


def test_cuts_at_every_quarter_of_a_second_cost_no_words() -> None:
    recognizer = FASTER_WHISPER.open(resources.demo_model(), 1, name="demo")
    vad = SileroModel()
    whole = cut = words = 0
    for truth, sound in longest_turns():
        whole += len(CUTS_S) * wrong(truth, heard(recognizer, vad, sound, NEVER))
        for seconds in CUTS_S:
            cut += wrong(truth, heard(recognizer, vad, sound, windows(seconds)))
            words += len(truth)
    assert words > 10_000
    print(f"{cut} of {words} words wrong with cuts, {whole} without")  # noqa: T201
    assert cut <= whole + words // 200, "more than half a point"
