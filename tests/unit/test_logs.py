"""Logs say where, never what; a border tells once and lets the program go on."""

import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sidelight import logs

CANARY = "I told my brother about the money"


@pytest.fixture
def logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A process's log file; everything is put back afterwards."""
    logger, root = logging.getLogger("sidelight"), logging.getLogger()
    handlers, level = list(logger.handlers), logger.level
    root_handlers = list(root.handlers)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs.set_up(tmp_path / "logs", "engine")
    yield tmp_path / "logs" / "engine.log"
    for handler in set(logger.handlers) - set(handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)
    root.handlers[:] = root_handlers


def _fail() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        raise KeyError(CANARY) from error


def test_an_exception_is_logged_as_types_and_places(logged: Path) -> None:
    try:
        _fail()
    except KeyError:
        logging.getLogger("sidelight.session").info("failed", exc_info=True)
    text = logged.read_text(encoding="utf-8")
    assert "KeyError at test_logs.py" in text
    assert "from ValueError at test_logs.py" in text
    assert "_fail" in text
    assert CANARY not in text


def test_other_libraries_have_nowhere_to_log(
    logged: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("faster_whisper").info("%s", CANARY)
    logging.getLogger("sidelight").info("ready")
    assert CANARY not in logged.read_text(encoding="utf-8")
    assert CANARY not in capfd.readouterr().err


def test_a_border_logs_each_fault_and_tells_of_the_first(
    logged: Path, expect_log: object
) -> None:
    assert callable(expect_log)
    expect_log("CRITICAL sidelight: unexpected error")
    told: list[str] = []
    logs.install_borders(lambda: told.append("told"))
    for _ in range(2):
        thread = threading.Thread(target=_fail)
        thread.start()
        thread.join()
    error = RuntimeError(CANARY)
    sys.excepthook(RuntimeError, error, None)
    assert told == ["told"]
    text = logged.read_text(encoding="utf-8")
    assert text.count("unexpected error") == 3
    assert CANARY not in text


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_the_log_folder_is_private(logged: Path) -> None:
    logging.getLogger("sidelight").info("ready")
    assert stat.S_IMODE(logged.parent.stat().st_mode) == 0o700


def test_without_a_folder_there_is_no_log_and_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    root_handlers = list(logging.getLogger().handlers)
    logs.set_up(tmp_path / "file" / "logs", "engine")
    logging.getLogger("sidelight").info("nowhere")
    logging.getLogger().handlers[:] = root_handlers
