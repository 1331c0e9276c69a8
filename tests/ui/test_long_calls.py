"""Qt holds out: hundreds of thousands of calls and emitted signals from Python.

On Python 3.10 and 3.11, PySide6 6.12.0 drops a reference of ``None`` with every call
that returns nothing, and of ``True`` with every emitted signal; the process aborts once
the last one is gone. Short tests stay green. This one would have caught it.
"""

import subprocess
import sys

CALLS = 300_000
EMISSIONS = 300_000

LONG_CALLS = f"""
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

class Source(QObject):
    happened = Signal(int)

application = QApplication([])
widget = QWidget()
for turn in range({CALLS}):
    widget.setEnabled(turn % 2 == 0)

heard = 0
def hear(number):
    global heard
    heard += 1

source = Source()
source.happened.connect(hear)
for turn in range({EMISSIONS}):
    source.happened.emit(turn)
print(heard, widget.isEnabled())
"""


def test_qt_survives_very_many_calls_and_signals() -> None:
    """In a process of its own, because an abort would take the tests along."""
    result = subprocess.run(
        [sys.executable, "-c", LONG_CALLS],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )

    assert result.returncode == 0, (
        "Qt aborted Python in mid-run; is this PySide6 version fit for this Python "
        f"(docs/decisions/0001-pyside6-pin.md)?\n{result.stderr}"
    )
    assert result.stdout.split() == [str(EMISSIONS), "False"]
