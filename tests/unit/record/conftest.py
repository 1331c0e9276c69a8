from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sidelight.record.record import Record
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65_534


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
def record(tmp_path: Path, vault: Vault) -> Iterator[Record]:
    with Record.open(tmp_path, vault) as opened:
        yield opened


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder of a user whom permissions bind (root's tests become nobody for it)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        if root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            folder.chmod(0o700)
            if root:
                os.seteuid(0)
