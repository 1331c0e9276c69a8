"""A call through real devices and processes, each of them killed; then what is left."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tests.fakes.likeness import place
from tests.fakes.live_calls import (
    PASSPHRASE,
    Killed,
    LiveCall,
    Part,
    lives,
    outside,
    talk,
    unheard,
)
from tests.fakes.plain_pages import everything, holds
from tests.fakes.soundserver import SoundServer

from sidelight.domain.events import (
    GapFound,
    MarkPlaced,
    OffRecord,
    RecognitionStarted,
    SessionEnded,
    UtteranceHeard,
)
from sidelight.domain.session import Mode
from sidelight.domain.timeline import SAMPLE_RATE, Gap, GapCause, Samples
from sidelight.record.packets import PacketIndex, read_header
from sidelight.record.record import Record
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sidelight.domain.events import Event

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="a Linux sound server"),
    pytest.mark.skipif(not shutil.which("pulseaudio"), reason="no pulseaudio"),
]

NAME = "Zoë Quorvimzak"
NOTE = "my oboenote on ziggurats"


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with SoundServer() as server:
        server.plug("coach")
        server.plug("client")
        yield server


def texts(events: Iterable[Event]) -> set[str]:
    """What was said, as long as it is long enough not to be there by chance."""
    said = (one.utterance.text for one in events if isinstance(one, UtteranceHeard))
    return {text for text in said if len(text) > 15}


def count(call: LiveCall, kind: type[Event]) -> int:
    told = call.follower.told.values()
    return sum(isinstance(event, kind) for event in told)


def await_another(call: LiveCall, kind: type[Event]) -> None:
    before = count(call, kind)
    call.wait(lambda: count(call, kind) > before)


def assert_nothing_in_the_clear(call: LiveCall, secrets: Iterable[str]) -> None:
    """Data folder, logs, temporary and crash files, what was written to a terminal."""
    places = [call.home, *call.home.parent.glob(f"{call.home.name}.*")]
    files = [f for top in places for f in (top, *top.rglob("*")) if f.is_file()]
    assert {"record.db", "vault.json", "live.spool"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        found = [secret for secret in secrets if holds(content, secret)]
        assert found == [], path


def kill_and_look(call: LiveCall, part: Part) -> tuple[Killed, float]:
    """Kill it and wait for the next; seconds until that was started."""
    killed_at = time.time()  # noqa: TID251 - processes are stamped with it
    killed = call.kill(part)
    call.await_part(part, killed.pid)
    found = call.find(part)
    assert found is not None
    return killed, found.create_time() - killed_at


# One call, because starting one takes longest.
def test_a_call_outlives_every_one_of_its_processes(  # noqa: PLR0915
    tmp_path: Path, server: SoundServer
) -> None:
    sound = talk(58, 60)
    with LiveCall(tmp_path / "home", server, name=NAME) as call:
        call.wait(lambda: call.follower.status and call.follower.status.position > 0)
        call.play(sound)

        call.wait(lambda: count(call, UtteranceHeard) > 0)
        kill_and_look(call, Part.WORKER)
        await_another(call, RecognitionStarted)
        await_another(call, UtteranceHeard)

        before = texts(call.follower.seen.values())
        call.command("off-record", "--last", "turn")
        call.wait(lambda: texts(call.follower.seen.values()) < before)
        call.command("undo")
        call.wait(lambda: texts(call.follower.seen.values()) >= before)
        call.command("off-record", "--last", "turn")
        call.wait(lambda: texts(call.follower.seen.values()) < before)
        hidden = before - texts(call.follower.seen.values())

        _, after_s = kill_and_look(call, Part.WINDOW)
        assert after_s < 3

        call.command("mark", NOTE)
        call.command("pause")
        call.command("resume")
        call.wait(lambda: count(call, GapFound) == 1)

        killed, _ = kill_and_look(call, Part.ENGINE)
        call.wait(lambda: count(call, GapFound) == 2)
        assert_nothing_in_the_clear(call, texts(call.follower.told.values()))

        window = call.find(Part.WINDOW)
        call.kill(Part.LAUNCHER)
        was = call.now()
        call.launch_again()
        # Its own takes the place of the one that nobody looked after any more.
        call.wait(lambda: window is None or not lives(window))
        assert window is not None
        call.wait(lambda: call.follower.status and call.follower.status.position > was)

        await_another(call, UtteranceHeard)
        ended_at = call.now()
        call.command("end")
        call.join_end()
        assert call.follower.faults == []
        told = dict(call.follower.told)
    secrets = {*texts(told.values()), NAME, NOTE}
    assert {log.stem for log in (call.home / "logs").iterdir()} >= {"engine", "window"}
    assert_nothing_in_the_clear(call, secrets)

    folder = call.home / "record"
    vault = Vault.open_passphrase(folder, PASSPHRASE)
    with Record.open(folder, vault, read_only=True) as record:
        store = record.sessions.get("live")
        stored = {one.seq: one.event for one in store.events()}
        reader = store.read_spool()
        assert reader.finished
        heard = reader.read(Samples(0), reader.length)
        reader.close()
    events = list(stored.values())
    gaps = [event.gap for event in events if isinstance(event, GapFound)]
    off = [event.span for event in events if isinstance(event, OffRecord)]

    # Every event that was told is there, but for those that were taken off the record.
    assert {seq: told[seq] for seq in told if seq in stored} == stored
    assert texts(told[seq] for seq in told if seq not in stored) == hidden
    assert hidden
    assert isinstance(events[-1], SessionEnded)
    assert [event.mark.note for event in events if isinstance(event, MarkPlaced)] == [
        NOTE
    ]

    # Every sound is there, but for the gaps and what was taken off the record.
    assert len(off) == 1
    assert [gap.cause for gap in gaps] == [GapCause.PAUSED, GapCause.ENGINE_RESTARTED]
    died = gaps[1].span
    assert died.length <= 5000
    assert killed.at - died.start <= 1000
    assert abs(events[-1].at - ended_at) < 3000
    unsaid = [*gaps, *(Gap(span, GapCause.PAUSED) for span in off)]
    for channel in (0, 1):
        said = sound[:, channel]
        begin = place(heard[: 5 * SAMPLE_RATE, channel], said[: 2 * SAMPLE_RATE])
        lost = unheard(heard[:, channel], said[: len(heard) - begin], begin)
        assert outside(lost, unsaid) == []
        assert len(lost) < len(said) // 4000 // 2

    content = everything(folder, vault.database_key())
    kept = texts(stored.values())
    assert all(holds(content, text) for text in (*kept, NAME, NOTE))
    assert not [text for text in hidden if holds(content, text)]
    call.command("sessions", "delete", "live")
    content = everything(folder, vault.database_key())
    # The client and what they agreed to are not the session's: they go by themselves.
    left = [secret for secret in secrets if holds(content, secret)]
    assert left == [NAME]
    assert list(folder.rglob("*.spool")) == []


def test_of_a_live_only_call_nothing_is_left_after_everything_was_killed(
    tmp_path: Path, server: SoundServer
) -> None:
    with LiveCall(tmp_path / "home", server, mode=Mode.LIVE_ONLY, name=NAME) as call:
        call.wait(lambda: call.follower.status and call.follower.status.position > 0)
        call.play(talk(58, 30))
        call.wait(lambda: texts(call.follower.told.values()))
        call.kill_all()
        secrets = texts(call.follower.told.values())
    assert_nothing_in_the_clear(call, {*secrets, NAME})

    # Who has the whole folder and the passphrase has every key there is.
    folder = call.home / "record"
    vault = Vault.open_passphrase(folder, PASSPHRASE)
    keys = [vault.database_key(), vault.spool_key(), vault.voice_key()]
    content = everything(folder, vault.database_key())
    assert holds(content, NAME)  # the control: reading finds what is kept
    assert not [secret for secret in secrets if holds(content, secret)]
    with Record.open(folder, vault, read_only=True) as record:
        rows = record._database.rows
        assert rows("SELECT * FROM spool_key") == rows("SELECT * FROM words_key") == []
        assert rows("SELECT * FROM utterance") == []
        sealed = [row[0] for row in rows("SELECT sealed FROM event WHERE sealed <> ''")]
        assert texts(one.event for one in record.sessions.get("live").events()) == set()
    assert sealed
    for key in keys:
        for secret in sealed:
            with pytest.raises(InvalidTag):
                AESGCM(key).decrypt(secret[:12], secret[12:], b"")
    (spool,) = folder.rglob("*.spool")
    assert_no_packet_opens(spool, keys)

    # The next start clears away even that.
    with Record.open(folder, vault) as record:
        rows = record._database.rows
        assert rows("SELECT * FROM event WHERE sealed IS NOT NULL") == []
    assert not spool.exists()


def assert_no_packet_opens(spool: Path, keys: list[bytes]) -> None:
    with spool.open("rb", buffering=0) as file:
        header, layout = read_header(file, "live")
        index = PacketIndex(file, len(header))
        index.extend()
        assert len(index) > 10
        for number in range(len(index)):
            packet = index.read(number)
            assert packet is not None
            for key in keys:
                with pytest.raises(InvalidTag):
                    packet.samples(header, key, len(layout.speakers))
