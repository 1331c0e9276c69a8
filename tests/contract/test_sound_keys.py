"""What every store of data keys promises."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode, Session
from sidelight.domain.transcript import Layout
from sidelight.record.keys import KEY_BYTES, MemoryKeys, SoundKeys
from sidelight.record.record import Record
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["stored", "memory"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SoundKeys]:
    if request.param == "memory":
        yield MemoryKeys()
        return
    with Record.open(tmp_path, Vault(bytes(32))) as record:
        started = datetime(2026, 11, 22, tzinfo=UTC)
        session = Session("01A", started, Layout.MONO, Mode.KEEP)
        yield record.sessions.create(session)._keys


def test_key_stays_what_it_was(keys: SoundKeys) -> None:
    made = keys.make(3)
    assert len(made) == KEY_BYTES
    assert (keys.make(3), keys.find(3)) == (made, (made,))


def test_every_number_has_its_own(keys: SoundKeys) -> None:
    assert len({keys.make(number) for number in (0, 1, 2, 359, 360, 5000)}) == 6


def test_key_that_was_never_made_is_not_made_up(keys: SoundKeys) -> None:
    with pytest.raises(UserError):
        keys.find(9)
