"""The input devices of this moment, seen by a process of its own.

PortAudio lists the devices once; a new list ends every running stream. A child has
none to lose.
"""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Final

from sidelight.audio.devices import DeviceName
from sidelight.audio.microphone import list_microphones

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_PATIENCE_S: Final = 10.0
_END_S: Final = 1.0


def list_in_child(patience_s: float = _PATIENCE_S) -> list[DeviceName]:
    """Names of the input devices; none where the child could not tell in time.

    Takes about half a second. Thread: any, and better not one that records.
    """
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_list, args=(theirs,), name="sound devices")
    child.start()
    theirs.close()
    try:
        names: list[DeviceName] = mine.recv() if mine.poll(patience_s) else []
    except EOFError:
        names = []  # the sound system ended the child
    finally:
        mine.close()
        child.join(_END_S)
        if child.exitcode is None:
            child.kill()
            child.join()
        child.close()
    return names


def _list(connection: Connection) -> None:
    found = list_microphones()
    connection.send([DeviceName(one.name, one.host) for one in found])
