"""Two hours through ``sidelight transcribe``: it simply works, in the same memory."""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from sidelight import resources
from sidelight.domain.timeline import SAMPLE_RATE

MINUTES = 120
SPOKEN_EVERY = 10
"""One minute of the demo in so many; silence between."""

MOST_GROWTH_MB = 40


@pytest.mark.soak
def test_two_hours_of_sound(tmp_path: Path) -> None:
    demo, rate = soundfile.read(
        resources.demo_session() / "session.flac",
        frames=60 * SAMPLE_RATE,
        dtype="float32",
    )
    path = tmp_path / "two hours.flac"
    with soundfile.SoundFile(path, "w", rate, 2) as file:
        for minute in range(MINUTES):
            spoken = minute % SPOKEN_EVERY == 0
            file.write(demo if spoken else np.zeros_like(demo))
    command = [sys.executable, "-m", "sidelight", "transcribe", str(path)]
    resident: list[float] = []
    with (
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen(
            [*command, "--model", "demo", "--json"],
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stderr is not None
        for line in process.stderr:
            if " of 2:00:00" in line and process.poll() is None:
                memory = psutil.Process(process.pid).memory_info().rss
                resident.append(memory / 1_000_000)
        assert process.wait() == 0
        output.seek(0)
        utterances = sum('"utterance"' in line for line in output)
    assert utterances >= MINUTES // SPOKEN_EVERY * 10
    assert len(resident) >= 9
    assert max(resident) - resident[0] < MOST_GROWTH_MB, resident
