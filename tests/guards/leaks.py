"""Fails a test that leaves a thread, a process, a timer or a window behind."""

import gc
import multiprocessing.resource_tracker
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

T = TypeVar("T")

GRACE_S = 3.0  # a busy machine takes its time to end a thread
POLL_S = 0.01
# tqdm, which the model libraries use, keeps one thread for the whole process.
LASTING_THREADS = {"TMonitor"}


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Compare what runs before and after the test and its other fixtures.

    Endings that are under way get a moment to finish. Processes found are ended, so
    that one untidy test does not fail the tests after it.
    """
    timers: weakref.WeakSet[QTimer] = weakref.WeakSet()
    _record_started_timers(monkeypatch, timers)
    threads, processes, windows = _threads(), _processes(), _windows()
    yield
    _delete_what_qt_postponed()
    left_threads = _after_grace(lambda: _threads() - threads)
    left_processes = _after_grace(lambda: _processes() - processes)
    left_timers = [timer for timer in timers if _is_running(timer)]
    left = [
        *(f"thread {thread.name!r}" for thread in left_threads),
        *(f"process {_describe(process)}" for process in left_processes),
        *(f"timer {timer!r}" for timer in left_timers),
        *(f"window {name}" for name in _new_windows(windows)),
    ]
    for process in left_processes:
        process.kill()
    for timer in left_timers:
        timer.stop()
    if left:
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


def _record_started_timers(
    monkeypatch: pytest.MonkeyPatch, timers: weakref.WeakSet[QTimer]
) -> None:
    original: Callable[..., None] = QTimer.start

    def start(self: QTimer, *interval: Any) -> None:  # noqa: ANN401  (two overloads)
        timers.add(self)
        original(self, *interval)

    monkeypatch.setattr(QTimer, "start", start)


def _threads() -> set[threading.Thread]:
    # Qt's own threads show up as dummies once they called Python, and stay for good.
    return {
        thread
        for thread in threading.enumerate()
        if not isinstance(thread, threading._DummyThread)
        and type(thread).__name__ not in LASTING_THREADS
    }


def _processes() -> set[psutil.Process]:
    if not _has_any_child():
        return set()
    tracker = multiprocessing.resource_tracker._resource_tracker._pid  # type: ignore[attr-defined]
    return {
        child
        for child in psutil.Process().children(recursive=True)
        if child.pid != tracker
    }


def _has_any_child() -> bool:
    """Saves most tests on Linux a slow look at all processes; elsewhere unsure."""
    lists = list(Path("/proc/self/task").glob("*/children"))
    try:
        return not lists or any(file.read_text(encoding="ascii") for file in lists)
    except OSError:  # a thread ended meanwhile
        return True


def _describe(process: psutil.Process) -> str:
    try:
        return f"{process.pid} ({process.name()})"
    except psutil.Error:
        return str(process.pid)


def _windows() -> set[int]:
    if not isinstance(QApplication.instance(), QApplication):
        return set()
    return {id(window) for window in QApplication.topLevelWidgets()}


def _new_windows(before: set[int]) -> list[str]:
    """Top-level widgets that the test made and that nothing took down.

    One that only a reference cycle still holds is no leak, so the cycles go first;
    that is slow, so only where it matters.
    """
    if _windows() <= before:
        return []
    gc.collect()
    _delete_what_qt_postponed()
    return [
        f"{type(window).__name__}({window.objectName()})"
        for window in QApplication.topLevelWidgets()
        if id(window) not in before and _is_ours(window)
    ]


def _is_ours(window: QWidget) -> bool:
    # Qt keeps one tool-tip label and the like for the whole process, without a parent.
    return Shiboken.ownedByPython(window) or window.isVisible()


def _is_running(timer: QTimer) -> bool:
    return Shiboken.isValid(timer) and timer.isActive()


def _delete_what_qt_postponed() -> None:
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _after_grace(left: Callable[[], set[T]]) -> set[T]:
    """What is still there once endings under way had time to finish."""
    deadline = time.monotonic() + GRACE_S
    while (still := left()) and time.monotonic() < deadline:
        time.sleep(POLL_S)
    return still
