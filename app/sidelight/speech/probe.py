"""A model tried out in a process of its own, before a session depends on it.

Where a library does not fit the processor it ends the whole process, without an
exception to catch; so the first pass of a model on a computer happens in a child, and
only the child can be lost.
"""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.speech.backends import FASTER_WHISPER
from sidelight.speech.recognizer import PassKind

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

LONGEST_S: Final = 60.0
"""After this the computer is too slow, or the model hangs."""

_LATER = "Record now and transcribe later, on another computer or with a smaller model."


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a model is on this computer.

    Attributes:
        load_s: Seconds until it was loaded, imports included.
        per_second: Wall-clock seconds for each second of sound, one thread.
        words: How many words it heard.
    """

    load_s: float
    per_second: float
    words: int


def measure_speed(folder: Path, samples: NDArray[np.float32]) -> Speed:
    """Load a model and recognise some sound, here and now.

    Args:
        folder: A checked model folder.
        samples: float32, shape (n,), 16 kHz mono, -1..1, at most 30 s.

    Raises:
        UserError: It cannot be loaded.
    """
    began = time.monotonic()
    recognizer = FASTER_WHISPER.open(folder, threads=1)
    loaded = time.monotonic()
    hypothesis = recognizer.recognize(samples, kind=PassKind.FINAL)
    done = time.monotonic()
    return Speed(
        load_s=loaded - began,
        per_second=(done - loaded) * SAMPLE_RATE / len(samples),
        words=len(hypothesis.words),
    )


def probe(
    folder: Path, samples: NDArray[np.float32], *, longest_s: float = LONGEST_S
) -> Speed:
    """``measure_speed`` in a child process.

    Args:
        folder: A checked model folder.
        samples: As for ``measure_speed``.
        longest_s: When to give up.

    Raises:
        UserError: The model cannot be loaded, ends its process, or takes too long.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_report, args=(theirs, folder, samples), daemon=True)
    child.start()
    theirs.close()
    try:
        return _answer(ours, longest_s)
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()


def _answer(ours: Connection, longest_s: float) -> Speed:
    if not ours.poll(longest_s):
        raise UserError(
            f"The speech model did not answer within {longest_s:.0f} seconds.", _LATER
        )
    try:
        answer = ours.recv()
    except EOFError:
        raise UserError(
            "The speech model ended its process: its library and this computer's"
            " processor do not fit.",
            _LATER,
        ) from None
    if isinstance(answer, UserError):
        raise answer
    if not isinstance(answer, Speed):
        msg = f"unexpected answer: {type(answer)}"
        raise TypeError(msg)
    return answer


def _report(theirs: Connection, folder: Path, samples: NDArray[np.float32]) -> None:
    try:
        theirs.send(measure_speed(folder, samples))
    except UserError as error:
        theirs.send(error)
