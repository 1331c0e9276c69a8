"""A killed process loses nothing that was acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np

from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.record.record import Record
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import numpy as np
from sidelight.domain.events import MarkPlaced, UtteranceHeard
from sidelight.domain.moments import Mark
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Layout, Speaker, Utterance, UtteranceId, Word
from sidelight.record.record import Record
from sidelight.record.vault import Vault

folder = Path(sys.argv[1])
record = Record.open(folder, Vault.open_local(folder))
if record.sessions.list():
    store = record.sessions.get("01A")
else:
    started = datetime(2026, 11, 22, tzinfo=UTC)
    session = Session("01A", started, Layout.MONO, Mode.KEEP)
    store = record.sessions.create(session)
sound = store.open_spool()
last = store.events()[-1:]
print("ready", flush=True)
while True:
    # A ramp: every sample says where it belongs.
    start = sound.position
    ramp = np.arange(start, start + 1600) % 30000 / np.float32(32768)
    sound.append(ramp.astype(np.float32)[:, None])
    number = (last[0].seq if last else 0) + 1
    span = Span(Millis(number), Millis(number + 1))
    word = (Word("yes", span, 1.0),)
    utterance = Utterance(UtteranceId(1, number), Speaker.COACH, span, word, "yes")
    last = [store.append(UtteranceHeard(span.end, utterance), span.end, 0)]
    print(last[0].seq, sound.durable, flush=True)
"""


def test_five_kills_lose_no_acknowledged_row_and_no_durable_sound(
    tmp_path: Path,
) -> None:
    script = tmp_path / "writer.py"
    script.write_text(WRITER)
    folder = tmp_path / "record"
    folder.mkdir()
    chance = random.Random(1)
    length = 0
    for _ in range(5):
        acknowledged, durable = kill_after(script, folder, chance.randint(1, 60))
        with Record.open(folder, Vault.open_local(folder)) as record:
            store = record.sessions.get("01A")
            stored = store.events()
            assert [item.seq for item in stored] == list(range(1, len(stored) + 1))
            # One more may have been stored and not yet told.
            assert acknowledged <= len(stored) <= acknowledged + 1
            assert len(record.search.find("yes", limit=10_000)) == len(stored)
            reader = store.read_spool()
            assert reader.length >= durable
            sound = reader.read(Samples(0), reader.length)
            reader.close()
            steps = np.rint(sound[:, 0] * 32768).astype(int)
            assert np.array_equal(steps, np.arange(len(steps)) % 30000)
            assert len(steps) >= length
            length = len(steps)
    assert length > SAMPLE_RATE


def kill_after(script: Path, folder: Path, rows: int) -> tuple[int, int]:
    """Let the writer acknowledge so many rows, kill it, and say what it last said."""
    with subprocess.Popen(
        [sys.executable, script, folder], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        lines = [writer.stdout.readline() for _ in range(rows)]
        writer.kill()
        lines += writer.stdout.read().splitlines(keepends=True)
    whole = [line for line in lines if line.endswith("\n")]
    seq, durable = whole[-1].split()
    return int(seq), int(durable)
