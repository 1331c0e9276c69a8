"""What was measured of speech models on this computer; counts and times, no content.

It holds for one kind of computer and one version of the program: a data folder may be
carried to another computer, and a library may become faster or break with an update.
A file that cannot be read or written only means that it is measured again.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import threading
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sidelight.speech.backends import NOTHING_KNOWN
from sidelight.speech.fitness import Tried, Way
from sidelight.speech.recognizer import Device
from sidelight.speech.short_windows import Evidence, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.speech.short_windows import Compared

FILE_NAME: Final = "measured.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of one model.

    Attributes:
        evidence: Of short windows.
        tried: How fast it is; ``None``: it was not tried.
        date: When something was added last, ISO 8601, or ``""``.
    """

    evidence: Evidence = NOTHING_KNOWN
    tried: Tried | None = None
    date: str = ""


class Measurements:
    """The file. Threads and processes may share it; the last one to write wins."""

    def __init__(self, folder: Path, today: Callable[[], str], machine: str) -> None:
        """Look at a folder; nothing is read yet.

        Args:
            folder: Where the file lies or will lie.
            today: The date, ISO 8601.
            machine: See ``this_computer``.
        """
        self._path = folder / FILE_NAME
        self._today = today
        self._for = {"machine": machine, "program": version("sidelight")}
        self._writing = threading.Lock()

    @classmethod
    def here(cls, folder: Path) -> Measurements:
        """Those of this computer, today."""
        return cls(folder, _today, this_computer())

    def of(self, model: str) -> Measured:
        """What is known of the model with this sum."""
        entry = self._read().get(model)
        try:
            return Measured() if entry is None else _from_dict(entry)
        except (KeyError, TypeError, ValueError):
            return Measured()

    def add_compared(self, model: str, compared: Compared) -> None:
        """One more utterance was decoded in both windows."""
        with self._writing:
            known = self.of(model)
            self._write(model, replace(known, evidence=known.evidence.plus(compared)))

    def set_tried(self, model: str, tried: Tried) -> None:
        """A model was tried."""
        with self._writing:
            self._write(model, replace(self.of(model), tried=tried))

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            if data["version"] != _VERSION or data["for"] != self._for:
                return {}
            models = data["models"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return models if isinstance(models, dict) else {}

    def _write(self, model: str, measured: Measured) -> None:
        entry = asdict(replace(measured, date=self._today()))
        models = self._read() | {model: entry}
        data = {"version": _VERSION, "for": self._for, "models": models}
        fresh = self._path.with_suffix(f".{os.getpid()}.new")
        try:
            fresh.write_text(json.dumps(data, indent=1), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def this_computer() -> str:
    """A name for this kind of computer: its processor, as a sum that tells no more."""
    facts = (platform.system(), platform.machine(), _processor(), str(os.cpu_count()))
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    kept = ("model name", "flags", "Features")
    return "\n".join(sorted({line for line in lines if line.startswith(kept)}))


def _from_dict(entry: dict[str, Any]) -> Measured:
    evidence = dict(entry["evidence"])
    evidence["verdict"] = Verdict(evidence["verdict"])
    tried = entry["tried"]
    if tried is not None:
        ways = tuple(
            Way(**(way | {"device": Device(way["device"])})) for way in tried["ways"]
        )
        tried = Tried(ways, str(tried["fault"]))
    return Measured(Evidence(**evidence), tried, str(entry["date"]))
