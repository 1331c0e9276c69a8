"""One at a time; whoever was killed takes a moment to be gone."""

import threading
from pathlib import Path

import pytest

from sidelight.domain.errors import UserError
from sidelight.session.exclusive import is_taken, only_one

TAKEN = UserError("It runs already.", "Wait.")


def test_a_second_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with only_one(path, TAKEN):
        assert is_taken(path)
        with pytest.raises(UserError, match="runs already"), only_one(path, TAKEN):
            raise AssertionError
    assert not is_taken(path)


def test_a_patient_one_waits_for_the_first_to_be_gone(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with only_one(path, TAKEN):
            held.set()
            leave.wait()

    first = threading.Thread(target=hold)
    first.start()
    held.wait()
    threading.Timer(0.1, leave.set).start()
    with only_one(path, TAKEN, patience_s=10):
        assert leave.is_set()
    first.join()
