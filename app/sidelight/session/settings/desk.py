"""Answers the settings window at home, where the record is at hand too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.record.backup import back_up, restore
from sidelight.record.keystore import KeyStoreUnavailable
from sidelight.record.locks import PASSPHRASE
from sidelight.record.recovery_key import RecoveryKey
from sidelight.session.home.messages import Lock
from sidelight.session.settings.messages import (
    BackedUp,
    LookAtSettings,
    MakeBackup,
    RecoveryKeyFits,
    RecoveryKeySeen,
    RestoreBackup,
    Restored,
    SettingsRefused,
    ShowRecoveryKey,
    TestRecoveryKey,
)
from sidelight.session.settings.options_desk import OptionsDesk
from sidelight.settings.options import packed, unpack

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.home.door import Door
    from sidelight.session.settings.messages import (
        OfSettings,
        SettingsNews,
        SettingsSeen,
    )
    from sidelight.settings.paths import Paths


_THEIRS = "The passphrase of that computer opens the record."
_SET_ONE = (
    "Set a passphrase: sidelight vault passphrase --new-passphrase-file FILE"
    " --recovery-key-file KEY"
)


class SettingsDesk(OptionsDesk):
    """Knows the way into the record, which is not its own.

    Args:
        paths: Where things lie.
        door: The way into the record.
        tell: Tells the window.
        restored: Another record is in place now.
    """

    def __init__(
        self,
        paths: Paths,
        door: Door,
        tell: Callable[[SettingsNews], None],
        restored: Callable[[], None],
    ) -> None:
        super().__init__(paths, tell)
        self._door = door
        self._restored = restored

    def answer(self, request: OfSettings) -> None:
        """Do what is asked and tell what came of it, the world's faults too."""
        try:
            match request:
                case ShowRecoveryKey():
                    key = str(self._door.vault.recovery_key())
                    self._tell(RecoveryKeySeen(key))
                case TestRecoveryKey(typed=typed):
                    key_ = RecoveryKey.parse(typed)
                    self._tell(RecoveryKeyFits(self._door.vault.fits(key_)))
                case MakeBackup(file=file):
                    self._back_up(Path(file))
                case RestoreBackup(file=file, typed=typed):
                    self._restore(Path(file), RecoveryKey.parse(typed))
                case _:
                    super().answer(request)
        except UserError as fault:
            self._tell(SettingsRefused(fault.message, fault.remedy))

    def seen(self) -> SettingsSeen:
        """How everything is set, and how the record stands."""
        lock = self._door.look()
        new = lock in {Lock.NEW, Lock.NEW_WITHOUT_KEYRING}
        return replace(super().seen(), record=not new, open=lock is Lock.OPEN)

    def _back_up(self, file: Path) -> None:
        vault = self._door.vault
        settings = packed(self._paths.data)
        done = back_up(vault.folder, vault, file, replace=True, settings=settings)
        self._tell(BackedUp(done.sessions, done.size))

    def _restore(self, file: Path, key: RecoveryKey) -> None:
        vault, done, aside = restore(
            file, self._paths.record, recovery_key=key, replace=True
        )
        unpack(self._paths.data, done.settings)
        notice = ""
        try:
            self._door.move_in(vault)
        except KeyStoreUnavailable as news:
            phrase = PASSPHRASE in vault.ways()
            notice = f"{news.reason} {_THEIRS if phrase else _SET_ONE}"
        self._tell(Restored(done.sessions, "" if aside is None else str(aside), notice))
        self._restored()
        super().answer(LookAtSettings())
