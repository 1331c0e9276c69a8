"""A source to its end: what it gave before it failed is heard, and told."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from tests.fakes.speech import Deaf, LevelDetector, ScriptedRecognizer, Spoken, say

from sidelight.audio.file import FileSource, Pace, SoundFile, SystemClock
from sidelight.domain.errors import UserError
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Millis
from sidelight.domain.transcript import Layout
from sidelight.session.pipeline import Pipeline
from sidelight.session.transcribing import Committed, transcribe


def pipeline() -> Pipeline:
    return Pipeline(Layout.MONO, ScriptedRecognizer(), LevelDetector, Deaf())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    words = say([Spoken(3, 400, 50), Spoken(9, 400, 900), Spoken(5, 600, 0)])
    found = tmp_path / "words.wav"
    soundfile.write(found, words, SAMPLE_RATE, subtype="FLOAT")
    return found


def source(path: Path) -> FileSource:
    return FileSource(SoundFile.open(path), Pace(None, SystemClock()))


def test_every_event_comes_at_once_when_nothing_waits(path: Path) -> None:
    positions: list[Millis] = []
    heard = list(transcribe(source(path), pipeline(), progress=positions.append))
    assert [item.at for item in heard] == [item.event.at for item in heard]
    texts = [
        item.event.utterance.text
        for item in heard
        if isinstance(item.event, UtteranceHeard)
    ]
    assert texts == ["with thread", "or"]
    assert positions == sorted(positions)
    assert positions[-1] == 2850


def test_a_late_event_says_so(path: Path) -> None:
    late = list(transcribe(source(path), pipeline(), now=lambda: Millis(60_000)))
    assert [item.at for item in late] == [60_000, 60_000]


def test_a_file_that_ends_early_is_heard_as_far_as_it_goes(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4])
    heard: list[Committed] = []
    with pytest.raises(UserError, match="ends early"):
        heard.extend(transcribe(source(path), pipeline()))
    assert len(heard) == 1


def test_silence_has_no_events(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(3 * SAMPLE_RATE), SAMPLE_RATE)
    assert list(transcribe(source(path), pipeline())) == []
