"""Deleted for good: nothing of it in any byte, whatever stopped it; a receipt stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.plain_pages import everything, holds
from tests.fakes.talk_events import marked, noticed, said, span, talk

from sidelight.domain.client import Client
from sidelight.domain.consent import Consent, Form, Purpose
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    LineAccepted,
    MomentConfirmed,
    NoteWritten,
    SessionEnded,
    SessionStarted,
    WrapUpFinished,
)
from sidelight.domain.moments import MomentId
from sidelight.domain.notes import Section
from sidelight.domain.promises import PROMISED
from sidelight.domain.timeline import SAMPLE_RATE, Millis
from sidelight.domain.transcript import Speaker, UtteranceId
from sidelight.partnering.learned.lessons import Lesson, Taught
from sidelight.record import backup
from sidelight.record.database import Database
from sidelight.record.deletion import Extent, Hour, Receipt, Stuff, What
from sidelight.record.record import DATABASE_NAME, SOUND_FOLDER, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.record.vault import Vault

DAY = date(2026, 11, 27)
END = Millis(90_000)
HEARD, QUOTED, NOTED, LEARNED = "xylophonist", "wombatquote", "oboenote", "quorvimzak"
LINE, ASKED_FOR, CONTACT, ANSWER = "jacaranda", "ziggurataim", "dodophone", "yesbutnyx"
MARKED, NAME = "banjomark", "Zoëphine"
PLANTED = (
    *(HEARD, QUOTED, NOTED, LEARNED, LINE, ASKED_FOR),
    *(CONTACT, ANSWER, MARKED, NAME),
)
OTHER = "marimba"


def fill(record: Record, name: str, words: tuple[str, ...], *ids: str) -> None:
    """A client with a card, a consent to the hours log, and these sessions."""
    heard, quoted, noted, learned, line, asked, contact, answer, mark = words
    card = Client(0, name, contact=contact, asked_for=asked, notes=noted)
    number = record.clients.save(card).number
    yes = Consent(
        Purpose.HOURS_LOG,
        given=True,
        form=Form.SPOKEN,
        on=DAY,
        promise=PROMISED[Purpose.HOURS_LOG],
        program="0",
        answer=answer,
    )
    record.consents.note(number, [yes])
    for id_ in ids:
        store = record.sessions.create(replace(talk(name=id_), client=name))
        writer = store.open_spool()
        writer.append(np.full((2 * SAMPLE_RATE, 1), 0.1, np.float32))
        writer.finish()
        for event in (
            SessionStarted(Millis(0), store.session),
            said(1, span(2, 12), f"the {heard} played"),
            noticed(1, span(2, 12), quoted, (1,)),
            marked(30, mark),
            SessionEnded(END),
        ):
            store.append(event, END, 0)
        place = np.ones(384, np.float32)
        taught = Taught(span(2, 12), learned, "m", Lesson("support", place, True))  # noqa: FBT003
        store.decide(MomentConfirmed(END, 1, MomentId(1, 1)), [taught])
        store.put_down(NoteWritten(END, noted))
        where, ids_ = span(2, 12), (UtteranceId(1, 1),)
        store.put_down(
            LineAccepted(END, 1, Section.COMMITMENTS, line, Speaker.CLIENT, where, ids_)
        )
        store.put_down(WrapUpFinished(END))
        store.finish()


@pytest.fixture
def folder(tmp_path: Path, vault: Vault) -> Path:
    """A record with the client who goes, and one who stays."""
    with Record.open(tmp_path, vault) as record:
        fill(record, NAME, PLANTED[:-1], "01A", "01B")
        fill(record, "Mo", (OTHER,) * 9, "01C")
    return tmp_path


def nothing_left(folder: Path, vault: Vault) -> None:
    found = everything(folder, vault.database_key())
    assert [word for word in PLANTED if holds(found, word)] == []
    assert holds(found, OTHER)
    sound = folder / SOUND_FOLDER
    assert [path.name for path in sound.iterdir()] == ["01C.spool"]


def wrapped_keys(folder: Path, vault: Vault) -> list[bytes]:
    """Of the client's sound and sealed words, as they lie in the database."""
    with Record.open(folder, vault) as record:
        rows = record._database.rows(
            "SELECT wrapped FROM words_key WHERE session != '01C' UNION ALL"
            " SELECT wrapped FROM spool_key WHERE session != '01C' AND number < 2"
        )
    return [row[0] for row in rows]


STUFF = tuple(Stuff)


def test_of_a_client_nothing_is_left_but_a_receipt(folder: Path, vault: Vault) -> None:
    found = everything(folder, vault.database_key())
    sealed = {QUOTED, LINE}  # under the session's words key
    assert {word for word in PLANTED if not holds(found, word)} == sealed
    keys = wrapped_keys(folder, vault)
    assert len(keys) > 2
    assert all(key in found for key in keys)
    (folder / "backup.db").write_bytes(b"left by a backup that was killed")
    with Record.open(folder, vault) as record:
        assert record.deletions.of_client(NAME) == Extent(2, 4, STUFF)
        receipt = record.deletions.client(f" {NAME.upper()} ", DAY)
        nothing_left(folder, vault)  # before it is closed
        assert receipt == Receipt(DAY, What.CLIENT, Extent(2, 4, STUFF))
        assert record.deletions.receipts() == (receipt,)
        assert record.deletions.hours() == (
            (Hour(date(2026, 11, 22), 2, "individual"),) * 2
        )
        assert [one.name for one in record.clients.list()] == ["Mo"]
        assert [one.text for one in record.search.find(OTHER)] == [
            f"the {OTHER} played"
        ]
        with pytest.raises(UserError, match="There is no client"):
            record.deletions.client(NAME, DAY)
    assert not (folder / "backup.db").exists()
    nothing_left(folder, vault)
    found = everything(folder, vault.database_key())
    assert not any(key in found for key in keys)


def test_without_the_hours_log_no_minutes_stay(folder: Path, vault: Vault) -> None:
    with Record.open(folder, vault) as record:
        client = record.clients.find(NAME)
        (said_yes,) = record.consents.of(client.number)
        record.consents.note(client.number, [replace(said_yes, given=False)])
        record.deletions.client(NAME, DAY)
        assert record.deletions.hours() == ()


class Killed(BaseException):
    """As by the system: nothing is tidied up."""


@pytest.mark.parametrize("step", range(1, 33, 5))
def test_stopped_anywhere_it_is_finished_at_the_next_start(
    folder: Path, vault: Vault, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = step

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def at_the_step(*arguments: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed
            return real(*arguments, **named)

        return at_the_step

    record = Record.open(folder, vault)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "execute", dying(Database.execute))
        patch.setattr(Path, "unlink", dying(Path.unlink))
        with pytest.raises(Killed):
            record.deletions.client(NAME, DAY)
    record.close()
    with Record.open(folder, vault) as again:
        if not again.deletions.receipts():  # killed before it was asked for at all
            again.deletions.client(NAME, DAY)
        nothing_left(folder, vault)
        (receipt,) = again.deletions.receipts()
        assert receipt.extent == Extent(2, 4, STUFF)
        assert len(again.deletions.hours()) == 2


def test_a_session_goes_and_its_client_stays(folder: Path, vault: Vault) -> None:
    with Record.open(folder, vault) as record:
        receipt = record.deletions.session("01A", DAY)
        assert receipt.extent.sessions == 1
        assert Stuff.CARD not in receipt.extent.stuff
        assert record.clients.find(NAME).contact == CONTACT
        assert [hit.session for hit in record.search.find(HEARD)] == ["01B"]
    assert not (folder / SOUND_FOLDER / "01A.spool").exists()


def test_sound_goes_alone(folder: Path, vault: Vault) -> None:
    with Record.open(folder, vault) as record:
        record.keeping.look(DAY)
        record.deletions.sound("01A", DAY)
        store = record.sessions.get("01A")
        assert not store.has_sound
        assert not store.lost_sound
        assert record.search.find(HEARD)
        keys = "SELECT count(*) FROM spool_key WHERE session = '01A'"
        assert record._database.rows(keys) == [(0,)]
        assert [one.session for one in record.keeping.kept()] == ["01B", "01C"]
        assert record.deletions.receipts()[0].what is What.SOUND
        ended = store.events()[-1]
        store.append(NoteWritten(ended.event.at, "later"), Millis(60_000), 0)
        assert not store.lost_sound, "whatever is stored afterwards"


def test_a_backup_that_runs_meanwhile_gives_up(folder: Path, vault: Vault) -> None:
    path, key = folder / DATABASE_NAME, vault.database_key()
    with Record.open(folder, vault) as record:
        before = backup._erasures(record._database)
        record.deletions.session("01A", DAY)
        assert backup._erasures(record._database) != before
        number = record.clients.find(NAME).number
        record._database.execute(
            "INSERT INTO goodbye (client, asked_on) VALUES (?, ?)", (number, "")
        )
    database = Database(path, key, read_only=True)
    with pytest.raises(UserError, match="just being erased"):
        backup._erasures(database)
    database.close()
