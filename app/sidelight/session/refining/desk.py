"""Opens the record for a moment: to read a session, to store what was heard of it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sidelight.record.record import Record, RecordTaken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidelight.record.events import SessionStore
    from sidelight.record.vault import Vault

PATIENCE_S: Final = 60.0
"""A backup or a deletion holds the writer's place for a while."""

_TRY_FOR_S: Final = 0.5


class RecordDesk:
    """One session of a record that others use too.

    Args:
        folder: Of the record.
        vault: Opens it.
        session: The session's id.
        look: Called before each attempt to write; what it raises ends the waiting.
    """

    def __init__(
        self, folder: Path, vault: Vault, session: str, look: Callable[[], None]
    ) -> None:
        self._folder = folder
        self._vault = vault
        self.session = session
        self._look = look

    @contextmanager
    def read(self) -> Iterator[SessionStore]:
        """The session, for reading; nobody is kept out.

        Raises:
            UserError: It is gone, or the record cannot be read.
        """
        with Record.open(self._folder, self._vault, read_only=True) as record:
            yield record.sessions.get(self.session)

    @contextmanager
    def write(self) -> Iterator[SessionStore]:
        """The session, for storing; keep it for a moment only.

        Raises:
            UserError: It is gone, the record cannot be written, or somebody else has
                been writing for ``PATIENCE_S``.
        """
        with when_free(self._folder, self._vault, self._look) as record:
            yield record.sessions.get(self.session)


def when_free(folder: Path, vault: Vault, look: Callable[[], None]) -> Record:
    """The record, open for writing, once nobody else writes it.

    Args:
        folder: Of the record.
        vault: Opens it.
        look: Called before each attempt; what it raises ends the waiting.

    Raises:
        UserError: The record cannot be written, or somebody else has been writing for
            ``PATIENCE_S``.
    """
    give_up_at = time.monotonic() + PATIENCE_S
    while True:
        look()
        try:
            return Record.open(folder, vault, patience_s=_TRY_FOR_S)
        except RecordTaken:
            if time.monotonic() >= give_up_at:
                raise
