"""Clients who have agreed to a session of a mode."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sidelight.domain.consent import NEEDED, Form
from sidelight.record.record import Record
from sidelight.session.consenting import Answer, note

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.session import Mode
    from sidelight.record.vault import Vault

DAY: Final = date(2026, 11, 3)


def agree(folder: Path, vault: Vault, client: str, mode: Mode) -> None:
    """The client was asked, and said yes."""
    with Record.open(folder, vault) as record:
        note(record, client, Answer(NEEDED[mode], Form.SPOKEN, DAY), DAY)
