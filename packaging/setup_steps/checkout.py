"""Where things lie in a checkout, and what the committed files ask for."""

import hashlib
import json
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from setup_steps.reporting import SetupError

LockName = Literal["run", "dev", "training"]
LOCK_NAMES: tuple[LockName, ...] = ("run", "dev", "training")


@dataclass(frozen=True)
class LockSize:
    """What a lock costs, measured when it was made.

    Attributes:
        download_mb: Megabytes to fetch.
        installed_mb: Megabytes on disk afterwards.
    """

    download_mb: int
    installed_mb: int


@dataclass(frozen=True)
class Checkout:
    """A folder with this repository in it.

    Attributes:
        root: The folder that holds ``pyproject.toml``.
        environment_name: Name of the virtual environment's folder in it.
    """

    root: Path
    environment_name: str = ".venv"

    @property
    def environment(self) -> Path:
        """Folder of the virtual environment."""
        return self.root / self.environment_name

    @property
    def python(self) -> Path:
        """The virtual environment's Python."""
        if os.name == "nt":
            return self.environment / "Scripts" / "python.exe"
        return self.environment / "bin" / "python"

    @property
    def stamp(self) -> Path:
        """Written last: says for what the virtual environment is complete."""
        return self.environment / "sidelight-setup.json"

    @property
    def unfinished(self) -> Path:
        """Present while a set-up runs, and after one was interrupted."""
        return self.environment / "sidelight-setup-unfinished"

    @property
    def log(self) -> Path:
        """What pip said during the last set-up."""
        return self.environment / "sidelight-setup.log"

    @property
    def guard(self) -> Path:
        """Locked by the one set-up that may work here at a time."""
        return self.root / ".bootstrap.lock"

    def lock(self, name: LockName) -> Path:
        """The hash-checked list of packages for one purpose."""
        return self.root / "packaging" / "locks" / f"{name}.txt"

    def lock_digest(self, name: LockName) -> str:
        """Fingerprint of a lock.

        Raises:
            SetupError: The lock is not there.
        """
        try:
            return hashlib.sha256(self.lock(name).read_bytes()).hexdigest()
        except OSError as error:
            raise SetupError(
                f"The list of packages {self.lock(name)} cannot be read.",
                "Restore it: git checkout -- packaging/locks",
            ) from error

    def lock_size(self, name: LockName) -> LockSize:
        """Size of what a lock asks for, from its header."""
        header = self.lock(name).read_text(encoding="utf-8").partition("\n\n")[0]
        found = re.search(r"(\d+) MB to download, (\d+) MB installed", header)
        if found is None:
            return LockSize(0, 0)
        return LockSize(int(found[1]), int(found[2]))

    def project_digest(self) -> str:
        """Fingerprint of what an installation of the project itself depends on.

        Settings of the checkers are left out: they change often and install nothing.
        """
        settings = tomllib.loads(
            (self.root / "pyproject.toml").read_text(encoding="utf-8")
        )
        parts = {
            "build": settings["build-system"],
            "project": settings["project"],
            "hatch": settings["tool"]["hatch"],
        }
        text = json.dumps(parts, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
