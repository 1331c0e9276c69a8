"""Killed in the middle of erasing: what should be gone is gone, the rest is whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from tests.fakes.plain_pages import everything, holds

from sidelight.domain.story import tell
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.record.packets import PACKET_SAMPLES
from sidelight.record.record import Record
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SECONDS = 60
KILLS = 5

ERASER = """
import random, sys
from pathlib import Path
import numpy as np
from tests.e2e.test_erasure_kills import SECONDS, ramp, word
from tests.fakes.talk_events import said, span, talk
from sidelight.domain.events import OffRecordCause
from sidelight.domain.timeline import Millis
from sidelight.record.record import Record
from sidelight.record.vault import Vault

folder, seed = Path(sys.argv[1]), int(sys.argv[2])
record = Record.open(folder, Vault.open_local(folder))
if record.sessions.list():
    store = record.sessions.get("01A")
else:
    store = record.sessions.create(talk())
    writer = store.open_spool()
    writer.append(ramp())
    writer.finish()
    for number in range(SECONDS // 2):
        heard = said(number, span(2 * number, 2 * number + 1.5), word(number))
        store.append(heard, Millis(SECONDS * 1000), 0)
print("ready", flush=True)
chance = random.Random(seed)
while True:
    start = chance.uniform(0, SECONDS - 4)
    asked = store.hide(span(start, start + chance.uniform(0, 3)), OffRecordCause.ASKED)
    print("hidden", flush=True)
    store.erase(asked, Millis(0))
    print("erased", flush=True)
"""


def ramp() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """A minute in which every sample says where it belongs; none is silent."""
    steps = np.arange(SECONDS * SAMPLE_RATE) % 30_000 + 1
    sound: np.ndarray[tuple[int, int], np.dtype[np.float32]] = (
        (steps / 32768).astype(np.float32).reshape(-1, 1)
    )
    return sound


def word(number: int) -> str:
    """A word that is said once."""
    return f"qz{number:03}vak"


def test_kills_while_erasing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", ":".join(path for path in sys.path if path))
    chance = random.Random(1)
    whole = ramp()
    spans = 0
    for seed in range(KILLS):
        hidden = kill_while_erasing(folder, seed, chance)
        vault = Vault.open_local(folder)
        with Record.open(folder, vault) as record:
            store = record.sessions.get("01A")
            story = tell(store.events())
            # Each that was hidden is destroyed, by the one killed or by the next start.
            assert len(story.off_record) >= spans + hidden
            spans = len(story.off_record)
            reader = store.read_spool()
            sound = reader.read(Samples(0), len(whole))
            assert reader.check().damaged == ()
            reader.close()
            silent = np.zeros(len(whole), bool)
            for span in story.off_record:
                if span.length:
                    first = span.start * 16 // PACKET_SAMPLES * PACKET_SAMPLES
                    last = -(-span.end * 16 // PACKET_SAMPLES) * PACKET_SAMPLES
                    silent[first:last] = True
            assert not sound[silent].any()
            assert np.array_equal(sound[~silent], whole[~silent])
            left = {utterance.id.number for utterance in story.utterances}
            content = everything(folder, vault.database_key())
            for number in range(SECONDS // 2):
                assert holds(content, word(number)) is (number in left), number
    assert spans > KILLS


def kill_while_erasing(folder: Path, seed: int, chance: random.Random) -> int:
    """Let it erase for a moment; how many spans it said to have hidden."""
    with subprocess.Popen(
        [sys.executable, "-c", ERASER, folder, str(seed)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        lines = [process.stdout.readline() for _ in range(chance.randint(1, 6))]
        time.sleep(chance.uniform(0, 0.03))  # no condition: the moment is the point
        process.kill()
        lines += process.stdout.read().splitlines(keepends=True)
    return lines.count("hidden\n")
