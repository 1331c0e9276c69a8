"""A model tried out in a process of its own, before a session depends on it.

Where a library does not fit the processor or the graphics driver it ends the whole
process, without an exception to catch; so the first passes of a model on a computer
happen in a child, and only the child can be lost.
"""

from __future__ import annotations

import multiprocessing
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight import logs
from sidelight.domain.errors import UserError
from sidelight.speech.fitness import LONGEST_FINAL_S, Tried, Way
from sidelight.speech.recognizer import Device

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

LONGEST_S: Final = 60.0
"""After this the computer is too slow, or the model hangs."""

_LATER = "Record now and transcribe later, on another computer or with a smaller model."

_SOUND_S: Final = 12
"""With its slack it makes a short window of 1500 columns."""

_TOKENS: Final = 30
_BEFORE: Final = 40
"""Tokens of previous text: a usual utterance."""

_HOPELESS: Final = 3.0
"""A way this many times too slow: no other number of threads would be enough."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a child is to try.

    Attributes:
        folder: A checked model folder.
        device: Where to compute.
        threads: How many, one try each, the most first.
    """

    folder: Path
    device: Device
    threads: tuple[int, ...]


def time_ways(attempt: Attempt) -> tuple[Way, ...]:
    """Load a model and time its passes, here and now.

    Returns:
        Those that were worth timing; none where ctranslate2 sees no such device.

    Raises:
        UserError: It cannot be loaded.
    """
    from sidelight.speech.process import prepare_process  # noqa: PLC0415

    prepare_process()  # before the imports below
    from sidelight.speech.backends import faster_whisper as backend  # noqa: PLC0415

    if attempt.device is Device.CUDA and not backend.graphics_processors():
        return ()
    ways: list[Way] = []
    for threads in attempt.threads:
        way = backend.time_passes(
            attempt.folder,
            attempt.device,
            threads,
            seconds=_SOUND_S,
            before=_BEFORE,
            tokens=_TOKENS,
        )
        ways.append(way)
        if way.final_s > _HOPELESS * LONGEST_FINAL_S:
            break
    return tuple(ways)


def try_out(
    folder: Path,
    most_threads: int,
    *,
    longest_s: float = LONGEST_S,
    graphics: bool | None = None,
    work: Callable[[Attempt], tuple[Way, ...]] = time_ways,
) -> Tried:
    """``time_ways`` in child processes, for each device there may be.

    Args:
        folder: A checked model folder.
        most_threads: How many CPU threads a pass may have, ≥ 1.
        longest_s: When to give a child up.
        graphics: Whether to try a graphics processor; ``None``: if one seems there.
        work: What the child does: a function of a module.
    """
    threads = tuple(sorted({most_threads, -(-most_threads // 2), 1}, reverse=True))
    attempts = [Attempt(folder, Device.CPU, threads)]
    if seems_to_have_graphics() if graphics is None else graphics:
        attempts.append(Attempt(folder, Device.CUDA, (1,)))
    ways: list[Way] = []
    fault = ""
    for attempt in attempts:
        try:
            ways += _in_child(work, attempt, longest_s)
        except UserError as error:
            fault = error.message
    return Tried(tuple(ways), fault)


def seems_to_have_graphics() -> bool:
    """Whether trying one is worth a child process: NVIDIA's driver is installed."""
    return Path("/dev/nvidiactl").exists() or shutil.which("nvidia-smi") is not None


def _in_child(
    work: Callable[[Attempt], tuple[Way, ...]], attempt: Attempt, longest_s: float
) -> tuple[Way, ...]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_report, args=(theirs, work, attempt), daemon=True)
    child.start()
    theirs.close()
    try:
        return _answer(ours, longest_s)
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()


def _answer(ours: Connection, longest_s: float) -> tuple[Way, ...]:
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
    if not isinstance(answer, tuple):
        msg = f"unexpected answer: {type(answer)}"
        raise TypeError(msg)
    return answer


def _report(
    theirs: Connection,
    work: Callable[[Attempt], tuple[Way, ...]],
    attempt: Attempt,
) -> None:
    logs.silence_streams()  # a library's last words are no news for the terminal
    try:
        theirs.send(work(attempt))
    except UserError as error:
        theirs.send(error)
    except Exception:  # noqa: BLE001 - a border: libraries raise what they like
        theirs.send(
            UserError("The speech model does not run on this computer.", _LATER)
        )
