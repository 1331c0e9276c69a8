"""Kept sessions with the demo's sound, and a model that passes for a real one."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import soundfile

from sidelight import resources
from sidelight.domain.events import SessionEnded, SessionStarted, UtteranceHeard
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Span
from sidelight.domain.transcript import Layout, Speaker, Utterance, UtteranceId, Word
from sidelight.speech.weights import MANIFEST, TOKENIZER

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sidelight.record.record import Record

PRETEND = "pretend"


def install_pretended(models: Path) -> Path:
    """The demo's model as if it were for people: known by its tokenizer, else."""
    folder = models / PRETEND
    shutil.copytree(
        resources.demo_model(), folder, ignore=shutil.ignore_patterns("train", "*.md")
    )
    with (folder / TOKENIZER).open("a") as file:
        file.write("\n")
    (folder / MANIFEST).write_text(json.dumps({"version": 1}))
    return folder


def keep_demo_talk(
    record: Record,
    started_at: datetime,
    *,
    name: str = "01TALK",
    from_s: int = 0,
    until_s: int | None = None,
) -> Session:
    """A stretch of the demo session, with the turns of its truth as heard live."""
    demo = resources.demo_session()
    sound, _ = soundfile.read(
        demo / "session.flac",
        start=from_s * SAMPLE_RATE,
        stop=None if until_s is None else until_s * SAMPLE_RATE,
        dtype="float32",
    )
    session = Session(name, started_at, Layout.STEREO, Mode.KEEP, "Ana", 60, PRETEND)
    store = record.sessions.create(session)
    writer = store.open_spool()
    writer.append(sound)
    writer.finish()
    end = Millis(len(sound) * 1000 // SAMPLE_RATE)
    store.append(SessionStarted(Millis(0), session), end, 0)
    truth = json.loads((demo / "truth.json").read_text(encoding="utf-8"))
    number = 0
    for turn in truth["turns"]:
        start, stop = (turn[at] - from_s * 1000 for at in ("start_ms", "end_ms"))
        if start < 0 or stop > end:
            continue
        number += 1
        span = Span(Millis(start), Millis(stop))
        # Every fourth word: what a lighter model would have heard.
        texts = turn["text"].split()[::4]
        heard = Utterance(
            UtteranceId(1, number),
            Speaker(turn["speaker"]),
            span,
            tuple(Word(text, span, 0.5) for text in texts),
            " ".join(texts),
        )
        store.append(UtteranceHeard(Millis(stop), heard), end, 0)
    store.append(SessionEnded(end), end, 0)
    store.finish()
    return session
