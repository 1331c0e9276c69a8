"""The recogniser backends: one file each, one line here.

Backends are imported when first opened: importing one costs up to half a second and
belongs into the worker process.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

from sidelight.speech.recognizer import Device
from sidelight.speech.short_windows import Evidence

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.speech.recognizer import Recognizer

NOTHING_KNOWN: Final = Evidence()


class _Opener(Protocol):
    def __call__(
        self,
        folder: Path,
        threads: int,
        *,
        name: str,
        language: str | None,
        evidence: Evidence,
        device: Device,
    ) -> Recognizer: ...


@dataclass(frozen=True, slots=True)
class Backend:
    """One way to run a model.

    Attributes:
        id: Short name.
        module: Where its ``open_recognizer`` is.
    """

    id: str
    module: str

    def open(
        self,
        folder: Path,
        threads: int,
        *,
        name: str = "",
        language: str | None = None,
        evidence: Evidence = NOTHING_KNOWN,
        device: Device = Device.CPU,
    ) -> Recognizer:
        """Load a model folder.

        Args:
            folder: The model's files; check it first for a kinder sentence.
            threads: CPU threads one pass may use, ≥ 1.
            name: What to call the model; the folder's name otherwise.
            language: ISO 639, for models that know several; ``None``: each pass tells
                its own.
            evidence: What is known of the model in short windows, on this computer.
            device: Where to compute.

        Raises:
            UserError: The folder cannot be loaded as a model of this backend.
        """
        opener = cast("_Opener", import_module(self.module).open_recognizer)
        return opener(
            folder,
            threads,
            name=name or folder.name,
            language=language,
            evidence=evidence,
            device=device,
        )


FASTER_WHISPER: Final = Backend(
    "faster-whisper", "sidelight.speech.backends.faster_whisper"
)

BACKENDS: Final = (FASTER_WHISPER,)
"""Every backend. A new one is one file beside this and one line here; the contract
tests run on each."""
