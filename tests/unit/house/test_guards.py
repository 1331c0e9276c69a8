"""The guards of ``tests/conftest.py`` catch what they should, and nothing else."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SETTINGS = r"""
[pytest]
addopts = -p no:cacheprovider --import-mode=importlib
filterwarnings = error
qt_api = pyside6
qt_log_level_fail = WARNING
qt_log_ignore = ^This plugin does not support
"""


@pytest.fixture
def guarded(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    """A folder of tests under the same guards as ours, run in a process of its own."""
    conftest = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    pytester.makeconftest(conftest)
    pytester.makeini(SETTINGS)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "app")]))
    return pytester


UNTIDY = {
    "thread": (
        """
        import threading
        def test_untidy():
            stop = threading.Event()
            thread = threading.Thread(target=stop.wait, args=(60,), name="t7")
            thread.daemon = True
            thread.start()
        """,
        "left behind: thread 't7'",
    ),
    "process and its child": (
        """
        import psutil, subprocess, sys
        kept = []
        def test_untidy():
            inner = "subprocess.Popen([sys.executable, '-c', 'input()'])"
            outer = "import subprocess, sys; " + inner + "; input()"
            process = subprocess.Popen([sys.executable, "-c", outer], stdin=-1)
            kept.append(process)
            while not psutil.Process(process.pid).children():
                pass
        """,
        "left behind: process*, process",
    ),
    "timer": (
        """
        from PySide6.QtCore import QTimer
        kept = []
        def test_untidy(qapp):
            timer = QTimer()
            timer.start(50)
            kept.append(timer)
        """,
        "left behind: timer",
    ),
    "window": (
        """
        from PySide6.QtWidgets import QWidget
        kept = []
        def test_untidy(qapp):
            window = QWidget(objectName="w7")
            window.show()
            kept.append(window)
        """,
        "left behind: window QWidget(w7)",
    ),
    "hidden window": (
        """
        from PySide6.QtWidgets import QWidget
        kept = []
        def test_untidy(qapp):
            kept.append(QWidget(objectName="w8"))
        """,
        "left behind: window QWidget(w8)",
    ),
    "warning": (
        """
        import logging
        def test_untidy():
            logging.getLogger("sidelight.audio").warning("late by %d", 7)
        """,
        "logged unexpectedly: WARNING sidelight.audio: late by 7",
    ),
    "expected line that never comes": (
        """
        def test_untidy(expect_log):
            expect_log("late by")
        """,
        "expected but not logged: late by",
    ),
    "message of Qt": (  # pytest-qt names its reason in the report only
        """
        from PySide6.QtCore import qWarning
        def test_untidy(qapp):
            qWarning("seven")
        """,
        "",
    ),
    "connection": (
        """
        import pytest, socket
        def test_untidy():
            with socket.socket() as made, pytest.raises(OSError):
                made.connect(("192.0.2.7", 80))
        """,
        "touched the network: 192.0.2.7",
    ),
    "name": (
        """
        import contextlib, socket
        def test_untidy():
            with contextlib.suppress(OSError):
                socket.getaddrinfo("host.invalid", 80)
        """,
        "touched the network: host.invalid",
    ),
    "datagram": (
        """
        import contextlib, socket
        def test_untidy():
            with socket.socket(type=socket.SOCK_DGRAM) as made:
                with contextlib.suppress(OSError):
                    made.sendto(b"x", ("192.0.2.7", 80))
        """,
        "touched the network: 192.0.2.7",
    ),
    "stall": (
        """
        import time
        def test_untidy(stall_guard, qtbot):
            qtbot.wait(50)
            time.sleep(0.3)
        """,
        "the window stood still at:",
    ),
}


def test_untidy_tests_fail_with_the_reason(
    guarded: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All in one run: each fails by itself, and none takes another one along."""
    guarded.makepyfile(
        **{f"test_{name.replace(' ', '_')}": code for name, (code, _) in UNTIDY.items()}
    )
    monkeypatch.setenv("COLUMNS", "200")  # else pytest shortens the reasons

    result = guarded.runpytest_subprocess("--tb=no", "-rfE")

    outcomes = result.parseoutcomes()
    assert outcomes["errors"] + outcomes.get("failed", 0) == len(UNTIDY)
    for name, (_, reason) in UNTIDY.items():
        file = f"test_{name.replace(' ', '_')}.py"
        result.stdout.fnmatch_lines_random([f"*{file}::test_untidy*{reason}*"])


TIDY = """
    import logging, os, socket, subprocess, sys, threading
    from pathlib import Path

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QComboBox, QMenu, QWidget


    def test_a_thread_that_ends_a_moment_later():
        threading.Timer(0.2, lambda: None).start()


    def test_a_process_that_was_waited_for():
        subprocess.run([sys.executable, "-c", ""], check=True)


    def test_a_window_given_to_qtbot(qtbot):
        window = QWidget()
        qtbot.addWidget(window)
        window.setFixedSize(90, 40)
        window.show()
        QMenu(window)
        combo = QComboBox(window)
        combo.addItems(["a", "b"])
        combo.showPopup()


    def test_a_window_in_a_cycle(qapp):
        window = QWidget()
        window.itself = window


    def test_a_timer_that_was_stopped(qapp):
        timer = QTimer()
        timer.start(10)
        timer.stop()
        kept.append(timer)

    kept = []


    def test_a_warning_that_was_announced(expect_log):
        expect_log("WARNING sidelight: late")
        logging.getLogger("sidelight").warning("late")


    def test_a_note_below_warning():
        logging.getLogger("sidelight").info("on time")


    def test_talk_with_this_computer():
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname()).close()
            server.accept()[0].close()


    def test_home_is_fresh(tmp_path):
        assert Path(os.environ["SIDELIGHT_HOME"]).parent == tmp_path


    def test_an_event_loop_that_turns(stall_guard, qtbot):
        qtbot.wait(300)
"""


def test_tidy_tests_pass(guarded: pytest.Pytester) -> None:
    guarded.makepyfile(TIDY)

    result = guarded.runpytest_subprocess()

    result.assert_outcomes(passed=TIDY.count("def test_"))
