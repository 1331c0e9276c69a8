"""Fails a test during which something is logged at WARNING or above unexpectedly."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass
class ExpectedLogs:
    """The log lines a test says will come.

    Attributes:
        patterns: Regular expressions, searched in ``LEVEL logger: message``.
    """

    patterns: list[str] = field(default_factory=list)

    def __call__(self, pattern: str) -> None:
        """Expect at least one line that the pattern is found in.

        Args:
            pattern: Regular expression, such as ``"WARNING sidelight.audio: late"``.
        """
        self.patterns.append(pattern)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def expect_log() -> Iterator[ExpectedLogs]:
    """Watch the log; ask for it by name to say which warnings belong to the test."""
    expected = ExpectedLogs()
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield expected
    root.removeHandler(collector)
    unexpected = [
        line
        for line in collector.lines
        if not any(re.search(pattern, line) for pattern in expected.patterns)
    ]
    if unexpected:
        pytest.fail("logged unexpectedly: " + "; ".join(unexpected), pytrace=False)
    missed = [
        pattern
        for pattern in expected.patterns
        if not any(re.search(pattern, line) for line in collector.lines)
    ]
    if missed:
        pytest.fail("expected but not logged: " + "; ".join(missed), pytrace=False)
