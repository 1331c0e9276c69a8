"""Stores a database of the newest schema beside this file, for the tests to migrate.

Run once when a migration is added: ``python tests/data/databases/store.py``. A stored
one is never made again; the key is in ``tests/unit/record/test_database.py``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sidelight.domain.consent import Consent, Form, Purpose
from sidelight.domain.events import SessionEnded, SessionStarted, UtteranceHeard
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Layout, Speaker, Utterance, UtteranceId, Word
from sidelight.record.migrations import MIGRATIONS
from sidelight.record.record import DATABASE_NAME, Record
from sidelight.record.vault import Vault

KEY = bytes(range(32))


class VaultOfTheTests(Vault):
    """Opens the stored databases."""

    def database_key(self) -> bytes:
        return KEY


def fill(record: Record) -> None:
    started = datetime(2026, 11, 22, 9, tzinfo=UTC)
    session = Session(
        "01HSCHEMA", started, Layout.STEREO, Mode.KEEP, "Ada", 45, "base.en"
    )
    store = record.sessions.create(session)
    text = "Shall we take half an hour for that?"
    span = Span(Millis(1000), Millis(3000))
    words = tuple(Word(word, span, 0.9) for word in text.split())
    utterance = Utterance(UtteranceId(1, 1), Speaker.COACH, span, words, text)
    store.append(SessionStarted(Millis(0), session), Millis(0), 0)
    store.append(UtteranceHeard(Millis(3700), utterance), Millis(3800), 120)
    store.append(SessionEnded(Millis(60_000)), Millis(60_000), 0)
    (client,) = record.clients.list()
    day = started.date()
    said = Consent(
        Purpose.LISTEN,
        given=True,
        form=Form.SPOKEN,
        on=day,
        promise=1,
        program="0.1.0",
    )
    record.consents.note(client.number, [said])


def main() -> int:
    target = Path(__file__).with_name(f"schema-{len(MIGRATIONS)}.db")
    if target.exists():
        sys.stderr.write(f"{target.name} is stored already and stays as it is.\n")
        return 1
    with tempfile.TemporaryDirectory() as name:
        with Record.open(Path(name), VaultOfTheTests(KEY)) as record:
            fill(record)
        shutil.copy(Path(name) / DATABASE_NAME, target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
