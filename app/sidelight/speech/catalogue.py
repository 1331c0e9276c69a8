"""The catalogue: which speech models are on offer, and exactly which bytes they are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidelight import resources
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """One file of a model.

    Attributes:
        name: As in the repository and on disk.
        size: Bytes.
        sha256: Of its content, hexadecimal.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """One model that can be fetched.

    Attributes:
        name: What people call it, and its folder's name; ASCII.
        repository: Where it lies on the hub.
        revision: The commit, 40 hexadecimal digits.
        licence: SPDX id.
        memory_mb: About what it takes when loaded as int8.
        languages: For people.
        translates: Whether it can translate into English.
        good_for: For people, one phrase.
        files: All that is needed, the largest first.
    """

    name: str
    repository: str
    revision: str
    licence: str
    memory_mb: int
    languages: str
    translates: bool
    good_for: str
    files: tuple[OfferedFile, ...]

    @property
    def size(self) -> int:
        """Bytes to fetch."""
        return sum(file.size for file in self.files)

    @property
    def megabytes(self) -> int:
        """Size to fetch in MB (of 1,000,000 bytes), as people are told."""
        return round(self.size / 1_000_000)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every model on offer.

    Attributes:
        models: In the order of the file: small first.
        default: Name of the one to begin with.
    """

    models: tuple[OfferedModel, ...]
    default: str

    @classmethod
    def load(cls, path: Path | None = None) -> Catalogue:
        """Read the catalogue.

        Args:
            path: Another file than the one that comes with the program.
        """
        text = (path or resources.models() / "catalogue.toml").read_text("utf-8")
        data = tomllib.loads(text)
        models = tuple(_model(table) for table in data["model"])
        return cls(models, data["default"])

    def get(self, name: str) -> OfferedModel:
        """The model of this name.

        Raises:
            UserError: There is none.
        """
        for model in self.models:
            if model.name == name:
                return model
        names = ", ".join(model.name for model in self.models)
        raise UserError(f"There is no speech model {name}.", f"Choose one of {names}.")

    def with_weights(self, sha256: str) -> OfferedModel | None:
        """The model whose ``model.bin`` has this sum, whatever its folder is called."""
        for model in self.models:
            for file in model.files:
                if file.sha256 == sha256 and file.name == "model.bin":
                    return model
        return None


def _model(table: Mapping[str, Any]) -> OfferedModel:
    fields = {name: value for name, value in table.items() if name != "files"}
    files = tuple(
        OfferedFile(name, entry["size"], entry["sha256"])
        for name, entry in table["files"].items()
    )
    return OfferedModel(**fields, files=files)
