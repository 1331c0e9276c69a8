"""Voice activity, window by window, with the state that makes streaming exact.

Silero VAD v6 (https://github.com/snakers4/silero-vad, MIT) through onnxruntime; the
weights come with faster-whisper. The network is recurrent: its state and the last 64
samples are carried from call to call.

A state that remembers the whole session could not be had again by a recogniser that is
started in its middle, and then the same sound would be cut differently. So the state is
renewed every ``PERIOD`` by a second one that has listened for ``WARM_UP`` already: what
the detector says depends on the last 12 s of sound at most, and on nothing before.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import onnxruntime

from sidelight.domain.timeline import Samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW: Final = 512
"""Samples the detector judges at a time (32 ms)."""

PERIOD: Final = Samples(250 * WINDOW)
"""8 s. A detector that begins at a multiple of this agrees, from the next multiple on,
bit for bit with one that has heard everything before."""

WARM_UP: Final = Samples(125 * WINDOW)
"""4 s: a fresh state's probabilities are within a few hundredths long before."""

_CONTEXT: Final = 64
_STATE: Final = (1, 1, 128)


class VoiceDetector(Protocol):
    """Says of each window in turn how likely somebody speaks in it."""

    def probabilities(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Judge the next windows.

        Args:
            samples: float32, shape (n · ``WINDOW``,), 16 kHz mono, -1..1; the sound
                that follows on the last call's. Not changed.

        Returns:
            float32, shape (n,), 0..1. Cutting the sound into calls differently
            changes nothing.
        """
        ...


class SileroModel:
    """The loaded network; makes any number of independent detectors."""

    def __init__(self, path: Path | None = None) -> None:
        options = onnxruntime.SessionOptions()
        # One thread: the network is tiny, and the recogniser needs the cores.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(path or bundled_weights()),
            sess_options=options,
            providers=["CPUExecutionProvider"],
        )

    def detector(self) -> SileroDetector:
        """A fresh detector for one channel."""
        return SileroDetector(self._session)


class SileroDetector:
    """One channel's detector; it begins at a multiple of ``PERIOD``."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._state = _State(session)
        self._successor: _State | None = None
        self._at = 0
        """Samples since the period began."""

    def probabilities(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """See ``VoiceDetector.probabilities``."""
        if len(samples) % WINDOW:
            msg = f"{len(samples)} samples are no whole windows"
            raise ValueError(msg)
        pieces = []
        position = 0
        while position < len(samples):
            border = PERIOD - WARM_UP if self._successor is None else PERIOD
            piece = samples[position : position + border - self._at]
            pieces.append(self._state.hear(piece))
            if self._successor is not None:
                self._successor.hear(piece)
            position += len(piece)
            self._pass_on(len(piece))
        return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)

    def _pass_on(self, heard: int) -> None:
        self._at += heard
        if self._at == PERIOD - WARM_UP:
            self._successor = _State(self._session)
        elif self._at == PERIOD and self._successor is not None:
            self._state, self._successor, self._at = self._successor, None, 0


class _State:
    """What the network remembers."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session
        self._h = np.zeros(_STATE, np.float32)
        self._c = np.zeros(_STATE, np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)

    def hear(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities of whole windows, at least one."""
        windows = samples.reshape(-1, WINDOW)
        before = np.empty((len(windows), _CONTEXT), np.float32)
        before[0] = self._context
        before[1:] = windows[:-1, -_CONTEXT:]
        speech, self._h, self._c = self._session.run(
            None,
            {
                "input": np.concatenate([before, windows], axis=1),
                "h": self._h,
                "c": self._c,
            },
        )
        self._context = windows[-1, -_CONTEXT:].copy()
        return np.asarray(speech, np.float32).reshape(-1)


def bundled_weights() -> Path:
    """The network's file inside the installed faster-whisper, which is not imported.

    Raises:
        FileNotFoundError: The installation is broken.
    """
    spec = find_spec("faster_whisper")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "assets" / "silero_vad_v6.onnx"
        if path.is_file():
            return path
    msg = "faster-whisper is installed without its voice detector"
    raise FileNotFoundError(msg)
