"""The instruments themselves: a late loop is seen, and the first answer is noted."""

import logging
import time

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sidelight.cli import bench_window
from sidelight.ui.answering import ANSWERS, KNOWS, FirstAnswer, FirstPaint
from sidelight.ui.loop_meter import LoopMeter


def test_a_loop_that_computes_for_80_ms_is_late_once(
    qapp: QApplication, qtbot: QtBot
) -> None:
    del qapp
    meter = LoopMeter()
    done: list[bool] = []

    def compute() -> None:
        until = time.thread_time() + 0.08
        while time.thread_time() < until:
            pass
        done.append(True)

    meter.begin()
    compute()
    meter.beat()
    QTimer.singleShot(15, compute)
    qtbot.waitUntil(lambda: len(done) == 2)
    qtbot.wait(30)
    figures = meter.figures()
    assert figures.stalls == 1
    assert figures.worst_ms >= 69
    assert figures.beats > 2
    assert figures.cpu > 0  # of the time before the heart beat


class Source(QObject):
    news = Signal(int)


def test_the_first_answer_is_noted_once_after_a_turn_of_the_loop(
    qapp: QApplication, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    del qapp
    source = Source()
    FirstAnswer(source.news, source)
    with caplog.at_level(logging.INFO, "sidelight.ui.answering"):
        source.news.emit(1)
        assert caplog.messages == []
        qtbot.waitUntil(lambda: caplog.messages == [ANSWERS])
        source.news.emit(2)
        qtbot.wait(10)
    assert caplog.messages == [ANSWERS]
    assert ANSWERS.encode() == bench_window._ANSWERS
    assert KNOWS.encode() == bench_window._KNOWS


def test_the_first_painting_is_told_once_whichever_window_it_is(
    qapp: QApplication, qtbot: QtBot
) -> None:
    told: list[bool] = []
    window = QWidget()
    first = FirstPaint(qapp, window)
    first.painted.connect(lambda: told.append(True))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: told == [True])
    window.repaint()
    assert told == [True]
