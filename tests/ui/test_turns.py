"""Long work leaves the event loop its turns."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type

from sidelight.ui.turns import in_turns


def test_between_two_steps_the_loop_does_what_else_is_due(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    beat = QTimer(owner, interval=0)
    beat.timeout.connect(lambda: done.append("else"))
    beat.start()
    in_turns(owner, lambda: done.append("first"), lambda: done.append("second"))
    assert done == [], "nothing before the caller is done"
    qtbot.waitUntil(lambda: "second" in done)
    beat.stop()
    assert "else" in done[done.index("first") : done.index("second")]


def test_with_its_owner_goes_what_was_not_done(qtbot: QtBot) -> None:
    owner, other, done = QObject(), QObject(), list[str]()
    in_turns(owner, lambda: done.append("never"))
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    nothing = [lambda: None] * 3
    in_turns(other, *nothing, lambda: done.append("after it"))
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["after it"]
