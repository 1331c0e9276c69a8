"""A session takes its time: minutes in it are no sign of a test that hangs."""

import faulthandler

import pytest


@pytest.fixture(autouse=True)
def no_alarm_after_a_minute() -> None:
    """Take back what pytest set up for this test (``faulthandler_timeout``)."""
    faulthandler.cancel_dump_traceback_later()
