"""A child that is going has an end, and that has a code."""

import os
import sys
import time
from multiprocessing.connection import Connection, wait

import pytest

from sidelight.session.process import ChildProcess

_BETWEEN_S = 0.4


def _hang_up_first(connection: Connection) -> None:
    """As the system does with every process, but slowly enough to be seen."""
    del connection
    os.closerange(3, 256)
    time.sleep(_BETWEEN_S)
    os._exit(7)


@pytest.mark.skipif(sys.platform == "win32", reason="a handle is told with its end")
def test_a_code_asked_for_between_hanging_up_and_the_end_is_waited_for() -> None:
    child = ChildProcess(_hang_up_first, (), "hangs up")
    try:
        assert wait([child.sentinel], timeout=30)
        assert child.exit_code == 7
    finally:
        child.end()


def test_one_that_runs_has_no_code_yet() -> None:
    child = ChildProcess(_wait_for_word, (), "runs")
    try:
        assert child.exit_code is None
        child.connection.send("go")
        assert wait([child.sentinel], timeout=30)
        assert child.exit_code == 0
    finally:
        child.end()


def _wait_for_word(connection: Connection) -> None:
    connection.recv()
