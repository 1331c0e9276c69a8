"""The settings' desk: options, the key on paper, and a move to another computer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.fakes.keyrings import WorkingKeyring
from tests.fakes.talk_events import marked

from sidelight.domain.events import SessionEnded
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Layout
from sidelight.network.ledger import HostKind, Ledger, Purpose
from sidelight.record.keystore import SystemKeyring
from sidelight.record.record import Record
from sidelight.record.vault import Ways
from sidelight.session.home.door import Door
from sidelight.session.home.messages import Lock
from sidelight.session.settings.desk import SettingsDesk
from sidelight.session.settings.messages import (
    BackedUp,
    LookAtSettings,
    MakeBackup,
    OptionRefused,
    RecoveryKeyFits,
    RecoveryKeySeen,
    ResetOption,
    RestoreBackup,
    Restored,
    SetOption,
    SettingsRefused,
    SettingsSeen,
    ShowRecoveryKey,
    TestRecoveryKey,
)
from sidelight.session.settings.options_desk import OptionsDesk
from sidelight.settings.look import Look
from sidelight.settings.options import OPTIONS
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.session.settings.messages import OfSettings, SettingsNews

SESSION = Session(
    "01A",
    datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    Layout.MONO,
    Mode.KEEP,
    client="Ana",
)


class Computer:
    """A data folder with a keyring of its own, and the desk over it."""

    def __init__(self, data: Path) -> None:
        self.paths = Paths(data).prepare()
        keyring = WorkingKeyring()
        self.door = Door(self.paths.record, SystemKeyring(lambda: keyring), Ways())
        self.told: list[SettingsNews] = []
        self.looked = 0
        self.desk = SettingsDesk(
            self.paths, self.door, self.told.append, self._look_around
        )

    def ask(self, request: OfSettings) -> SettingsNews:
        self.told.clear()
        self.desk.answer(request)
        return self.told[0]

    def seen(self) -> SettingsSeen:
        seen = self.ask(LookAtSettings())
        assert isinstance(seen, SettingsSeen)
        return seen

    def _look_around(self) -> None:
        self.looked += 1


@pytest.fixture
def here(tmp_path: Path) -> Computer:
    computer = Computer(tmp_path / "here")
    computer.door.make(None)
    return computer


def test_everything_is_told_and_set(here: Computer) -> None:
    seen = here.seen()
    assert [one.id for one in seen.options] == [one.id for one in OPTIONS]
    assert not any(one.chosen for one in seen.options)
    assert (seen.connections, seen.record, seen.open) == ((), True, True)
    changed = here.ask(SetOption("look.theme", "dark"))
    assert isinstance(changed, SettingsSeen)
    (theme,) = (one for one in changed.options if one.chosen)
    assert (theme.id, theme.text) == ("look.theme", "dark")
    assert Look.recall(here.paths.data) == Look("dark")
    refused = here.ask(SetOption("look.theme", "pink"))
    assert isinstance(refused, OptionRefused)
    assert (refused.id, len(here.told)) == ("look.theme", 1)
    here.ask(ResetOption("look.theme"))
    assert Look.recall(here.paths.data) == Look()
    with Ledger(here.paths.data).visit(HostKind.HUB, Purpose.MODEL, "base"):
        pass
    assert len(here.seen().connections) == 1


def test_the_key_is_shown_and_the_paper_tested_again(
    here: Computer, tmp_path: Path
) -> None:
    shown = here.ask(ShowRecoveryKey())
    assert isinstance(shown, RecoveryKeySeen)
    assert shown.key not in repr(shown)
    by_hand = shown.key.lower().replace("-", " ")
    assert here.ask(TestRecoveryKey(by_hand)) == RecoveryKeyFits(fits=True)
    other = Computer(tmp_path / "other").door.make(None).recovery_key
    assert here.ask(TestRecoveryKey(other)) == RecoveryKeyFits(fits=False)
    mistyped = here.ask(TestRecoveryKey("7K2M-QW4X"))
    assert isinstance(mistyped, SettingsRefused)


def test_moving_to_another_computer_takes_everything_along(
    here: Computer, tmp_path: Path
) -> None:
    """Backup here, restore into an empty folder there: all of it is there."""
    with Record.open(here.paths.record, here.door.vault) as record:
        store = record.sessions.create(SESSION)
        store.append(marked(5, "the turn"), Millis(5_000), 0)
        store.append(SessionEnded(Millis(9_000)), Millis(9_000), 0)
        record.phrases.add("support", "What do you need from me?", "", None)
        kept = store.events()
    here.ask(SetOption("look.text", "150"))
    here.ask(SetOption("keys.did", "F5"))
    here.ask(SetOption("sound.microphone", "Yeti"))
    shown = here.ask(ShowRecoveryKey())
    assert isinstance(shown, RecoveryKeySeen)
    stick = tmp_path / "stick.sidelight"
    done = here.ask(MakeBackup(str(stick)))
    assert isinstance(done, BackedUp)
    assert (done.sessions, done.size) == (1, stick.stat().st_size)
    assert b"the turn" not in stick.read_bytes()

    there = Computer(tmp_path / "there")
    there.ask(SetOption("look.text", "200"))
    assert there.seen().record is False
    wrong = Computer(tmp_path / "other").door.make(None).recovery_key
    assert isinstance(there.ask(RestoreBackup(str(stick), wrong)), SettingsRefused)
    moved = there.ask(RestoreBackup(str(stick), shown.key))
    assert moved == Restored(1, "", "")
    assert there.looked == 1
    assert there.door.look() is Lock.OPEN
    with Record.open(there.paths.record, there.door.vault, read_only=True) as record:
        (summary,) = record.sessions.list()
        assert summary.session == SESSION
        assert record.sessions.get("01A").events() == kept
        (phrase,) = record.phrases.list()
        assert phrase.words == "What do you need from me?"
    chosen = {one.id: one.text for one in there.seen().options if one.chosen}
    # What was chosen there stays, and a microphone is no other computer's.
    assert chosen == {"look.text": "200", "keys.did": "F5"}

    again = there.ask(RestoreBackup(str(stick), shown.key))
    assert isinstance(again, Restored)
    assert again.aside.endswith("record.old-1"), "nothing is deleted"


def test_beside_a_session_there_are_options_and_no_record(tmp_path: Path) -> None:
    told: list[SettingsNews] = []
    desk = OptionsDesk(Paths(tmp_path), told.append)
    desk.answer(LookAtSettings())
    desk.answer(ShowRecoveryKey())
    seen, refused = told
    assert isinstance(seen, SettingsSeen)
    assert seen.record is None
    assert isinstance(refused, SettingsRefused)
