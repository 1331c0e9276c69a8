"""Sessions that are read: of the demo, and of the coach's record."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidelight.domain.story import Story
    from sidelight.record.events import SessionStore
    from sidelight.record.record import Record
    from sidelight.settings.paths import Paths

DEMO_SESSION: Final = "demo"
"""The demo's only session: as a session's id, and on the command line."""


def demo_record(paths: Paths) -> Path:
    """Where the demo keeps its vault, database and sound."""
    return paths.demo / "record"


def demo_was_played(paths: Paths) -> bool:
    """Whether a demo that ran through is on this computer and can be read."""
    from sidelight.record.record import DATABASE_NAME

    if not (demo_record(paths) / DATABASE_NAME).exists():
        return False
    try:
        with _demo_to_read(paths) as record:
            return any(summary.ended for summary in record.sessions.list())
    except UserError:
        return False  # of another version, or damaged: playing it again replaces it


def read_demo(paths: Paths) -> Story:
    """The demo as it is stored.

    Raises:
        UserError: It was never played, or cannot be read.
    """
    from sidelight.domain.story import tell

    with open_demo(paths) as store:
        return tell(store.events())


@contextmanager
def open_demo(paths: Paths) -> Iterator[SessionStore]:
    """The demo, to be read, as long as it is needed.

    Raises:
        UserError: It was never played, or cannot be read.
    """
    with _demo_to_read(paths) as record:
        yield record.sessions.get(DEMO_SESSION)


@contextmanager
def open_session(
    paths: Paths,
    wanted: str | None,
    passphrase: Path | None,
    ask: Callable[[], str] | None,
) -> Iterator[tuple[SessionStore, str]]:
    """A session of the coach's record, to be read, and the consent to hand it in.

    Args:
        paths: Where it lies.
        wanted: Its id; ``None``: the newest.
        passphrase: A file that holds the passphrase.
        ask: Asks a person for it; ``None``: nobody is there.

    Raises:
        UserError: There is no such session, or the record cannot be opened.
    """
    from sidelight.record.keystore import SystemKeyring
    from sidelight.record.record import Record
    from sidelight.record.vault import Vault, Ways
    from sidelight.session.consenting import consent_to_hand_in

    if not paths.record.is_dir() or not any(paths.record.iterdir()):
        raise UserError("There is no session yet.", "Record one: sidelight start")
    vault = Vault.open(paths.record, Ways.find(SystemKeyring(), passphrase, ask))
    with Record.open(paths.record, vault, read_only=True) as record:
        sessions = record.sessions.list()
        if wanted is None and not sessions:
            raise UserError("There is no session yet.", "Record one: sidelight start")
        chosen = wanted or sessions[0].session.id
        yield record.sessions.get(chosen), consent_to_hand_in(record, chosen)


def _demo_to_read(paths: Paths) -> Record:
    from sidelight.record.record import Record
    from sidelight.record.vault import Vault

    vault = Vault.open_local(demo_record(paths))
    return Record.open(demo_record(paths), vault, read_only=True)
