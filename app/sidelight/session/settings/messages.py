"""What the settings window asks, and what it is told; as in ``session.home``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sidelight.network.ledger import Connection


@dataclass(frozen=True, slots=True)
class OptionSeen:
    """An option as it is now.

    Attributes:
        id: Its name.
        text: Its value, as typed.
        chosen: Whether it is another than it comes with.
    """

    id: str
    text: str
    chosen: bool


# -- what it asks ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookAtSettings:
    """Tell ``SettingsSeen``."""


@dataclass(frozen=True, slots=True)
class SetOption:
    """Set it, as typed; tells ``SettingsSeen`` or ``OptionRefused``."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ResetOption:
    """Put it back as it comes; tells ``SettingsSeen``."""

    id: str


@dataclass(frozen=True, slots=True)
class ShowRecoveryKey:
    """Tell ``RecoveryKeySeen``."""


@dataclass(frozen=True, slots=True)
class TestRecoveryKey:
    """Does the key on paper fit? Tells ``RecoveryKeyFits``."""

    __test__ = False  # no test of pytest's

    typed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MakeBackup:
    """Write everything into this file, which may be replaced. Tells ``BackedUp``."""

    file: str


@dataclass(frozen=True, slots=True)
class RestoreBackup:
    """Put this backup in place; what is here is moved aside. Tells ``Restored``."""

    file: str
    typed: str = field(repr=False)


OfSettings = (
    LookAtSettings
    | SetOption
    | ResetOption
    | ShowRecoveryKey
    | TestRecoveryKey
    | MakeBackup
    | RestoreBackup
)


# -- what it is told ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SettingsSeen:
    """How everything is set.

    Attributes:
        options: In the order of ``settings.options``.
        connections: That were ever made, the newest first.
        folder: Where everything lies, for people.
        models: Names of the speech models for people that are here.
        record: Whether there is a record; ``None``: a session runs, which has it.
        open: Whether it is open.
    """

    options: tuple[OptionSeen, ...]
    connections: tuple[Connection, ...]
    folder: str
    models: tuple[str, ...]
    record: bool | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class OptionRefused:
    """It was not set: the two sentences."""

    id: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RecoveryKeySeen:
    """The key, in groups with hyphens."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoveryKeyFits:
    """The key on paper opens these sessions, or does not."""

    fits: bool


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The backup is written.

    Attributes:
        sessions: How many are in it.
        size: Bytes of the file.
    """

    sessions: int
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup is in place.

    Attributes:
        sessions: How many it held.
        aside: Where the record went that was here before, or ``""``.
        notice: What is left to do, or ``""``.
    """

    sessions: int
    aside: str
    notice: str


@dataclass(frozen=True, slots=True)
class SettingsRefused:
    """It was not done: the two sentences."""

    message: str
    remedy: str


SettingsNews = (
    SettingsSeen
    | OptionRefused
    | RecoveryKeySeen
    | RecoveryKeyFits
    | BackedUp
    | Restored
    | SettingsRefused
)
