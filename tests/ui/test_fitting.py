"""Where a window stands that another one opened."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from sidelight.ui.platform.fitting import middle

SECOND = QRect(1920, 40, 1366, 728)
"""A second screen, right of the first, less a panel."""

PLACES = st.integers(-500, 4_000)


def test_it_stands_in_the_middle_of_the_other() -> None:
    at = middle(QSize(400, 300), QRect(2000, 100, 1000, 600), SECOND)
    assert at == QPoint(2300, 250)


@given(PLACES, PLACES, st.integers(1, 1366), st.integers(1, 728))
def test_it_is_whole_on_the_screen(
    left: int, top: int, width: int, height: int
) -> None:
    size = QSize(width, height)
    at = middle(size, QRect(left, top, 980, 640), SECOND)
    assert SECOND.contains(QRect(at, size))


def test_of_what_is_larger_than_the_screen_the_upper_left_is_seen() -> None:
    at = middle(QSize(1400, 900), QRect(2000, 100, 1000, 600), SECOND)
    assert at == SECOND.topLeft()
