"""At home: lets sound go in the morning, and tells what goes next."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sidelight.record.record import DATABASE_NAME, Record, RecordTaken
from sidelight.session.keeping import Looked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidelight.record.vault import Vault
    from sidelight.session.keeping import Keeper


class KeepingDesk:
    """Opens the record for each look. Whoever writes it now is not waited for.

    Args:
        vault: The open vault, when it is needed.
        keeper: Knows the rule and the day.
    """

    def __init__(self, vault: Callable[[], Vault], keeper: Keeper) -> None:
        self._vault = vault
        self._keeper = keeper
        self._looked = Looked()
        self._stale = True

    @property
    def due(self) -> bool:
        """Whether nobody has looked since something changed, or today."""
        return self._stale or self._keeper.due

    def look(self) -> Looked:
        """What has gone since the last look, and what goes next.

        Raises:
            UserError: The record cannot be written.
        """
        if self.due and (self._vault().folder / DATABASE_NAME).exists():
            with suppress(RecordTaken), self._open() as record:
                self._looked = self._keeper.look(record)
                self._stale = False
        return self._looked

    def longer(self, sessions: Sequence[str]) -> None:
        """Keep the sound of these longer.

        Raises:
            UserError: The record cannot be written.
        """
        with self._open() as record:
            self._keeper.longer(record, sessions)
        self._stale = True

    def look_again(self) -> None:
        """Sessions or rules are others now."""
        self._stale = True

    def _open(self) -> Record:
        vault = self._vault()
        return Record.open(vault.folder, vault)
