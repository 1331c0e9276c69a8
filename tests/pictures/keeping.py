"""A keyring as desktops have one, in a file that lies beside what it opens."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

VARIABLE = "SIDELIGHT_PICTURES_KEYRING"
"""Where the file is."""


class FileKeyring(KeyringBackend):
    """``PYTHON_KEYRING_BACKEND=tests.pictures.keeping.FileKeyring``."""

    priority = 5.0  # the library's own backends do so

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        kept = self._read() | {f"{service}/{username}": password}
        self._path.write_text(json.dumps(kept), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        del kept[f"{service}/{username}"]
        self._path.write_text(json.dumps(kept), encoding="utf-8")

    @property
    def _path(self) -> Path:
        return Path(os.environ[VARIABLE])

    def _read(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        kept: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        return kept
