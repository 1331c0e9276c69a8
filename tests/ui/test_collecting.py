"""Windows are destroyed in their own thread, whichever other one needs memory."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from sidelight.ui.collecting import collect_here


class _Forgotten(QObject):
    """Nobody has it any more but itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def _need_memory() -> None:
    """What a reader of a long session does: many new things that stay."""
    kept = [[number] for number in range(200_000)]
    del kept


@pytest.mark.usefixtures("theme")
def test_another_thread_that_needs_memory_destroys_no_window(qtbot: QtBot) -> None:
    ended_in: list[int] = []
    forgotten = _Forgotten()
    forgotten.destroyed.connect(
        lambda: ended_in.append(threading.get_ident()),
        Qt.ConnectionType.DirectConnection,
    )
    del forgotten
    reader = threading.Thread(target=_need_memory)
    reader.start()
    reader.join()
    assert ended_in == []
    kept = [[number] for number in range(10_000)]  # it is not yet time without these
    qtbot.waitUntil(lambda: bool(ended_in))
    assert ended_in == [threading.get_ident()]
    del kept


@pytest.mark.usefixtures("theme")
def test_python_does_not_collect_by_itself() -> None:
    assert not gc.isenabled()


@pytest.mark.usefixtures("theme")
def test_there_is_one_collector() -> None:
    assert collect_here() is collect_here()
