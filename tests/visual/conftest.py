"""The option that approves what the window draws now."""

import pytest
from tests.ui.conftest import OFFSCREEN_SAYS, theme

__all__ = ["theme"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--approve-goldens`` writes the pictures instead of comparing them."""
    parser.addoption("--approve-goldens", action="store_true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """As for every test of the window."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_SAYS, extend=True))
