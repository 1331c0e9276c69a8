"""Whatever the screens are, the sidebar is never out of sight, and comes back."""

from hypothesis import given
from hypothesis import strategies as st

from sidelight.settings.sidebar import SidebarChoice
from sidelight.ui.platform.placing import (
    TITLE_BAR,
    Box,
    Screen,
    beside_camera,
    inside,
    next_screen,
    place_of,
    screen_of,
    standing_at,
    where,
)
from sidelight.ui.sidebar.sizes import Widths

GAP = (24, 8)
COORDINATES = st.integers(-20_000, 20_000)
BOXES = st.builds(
    Box, COORDINATES, COORDINATES, st.integers(1, 900), st.integers(1, 900)
)


@st.composite
def screens_of_any_size(draw: st.DrawFn) -> list[Screen]:
    """One to four, side by side, with bars of the desktop on some edges."""
    screens: list[Screen] = []
    left = draw(COORDINATES)
    for number in range(draw(st.integers(1, 4))):
        width, height = draw(st.integers(1, 8_000)), draw(st.integers(1, 5_000))
        whole = Box(left, draw(COORDINATES), width, height)
        bar = draw(st.integers(0, min(width, height) - 1))
        top = draw(st.booleans())
        room = Box(
            whole.x + (0 if top else bar),
            whole.y + (bar if top else 0),
            whole.width - (0 if top else bar),
            whole.height - (bar if top else 0),
        )
        screens.append(Screen(f"screen {number}", whole, room, primary=number == 0))
        left += width
    return screens


SCREENS = screens_of_any_size()


def in_sight(box: Box, screens: list[Screen]) -> bool:
    """All of it, or as much as any screen has room for, from its upper left on."""
    for screen in screens:
        room = screen.room
        width, height = min(box.width, room.width), min(box.height, room.height)
        visible = box.common(room) == width * height
        if visible and box.x >= room.x and box.y >= room.y:
            return True
    return False


@given(BOXES, SCREENS, st.data())
def test_it_is_never_out_of_sight(
    box: Box, screens: list[Screen], data: st.DataObject
) -> None:
    """Remembered on screens of other sizes, some of which are gone."""
    choice = SidebarChoice()
    for screen in data.draw(SCREENS):
        choice = choice.standing(place_of(data.draw(BOXES), screen))
    assert in_sight(where(box, screens, choice.places, GAP), screens)
    assert in_sight(where(box, screens, (), GAP), screens)
    here = screen_of(box, screens)
    assert here is not None
    assert in_sight(inside(box, here.room), screens)
    assert in_sight(beside_camera(box, next_screen(here, screens), GAP), screens)


@given(BOXES, SCREENS, st.data())
def test_a_screen_that_comes_back_brings_it_back_to_the_pixel(
    box: Box, screens: list[Screen], data: st.DataObject
) -> None:
    home = data.draw(st.sampled_from(screens))
    box = inside(box, home.room)
    choice = SidebarChoice().standing(place_of(box, home))
    elsewhere = [screen for screen in screens if screen is not home]
    away = where(box, elsewhere, choice.places, GAP)
    assert not elsewhere or in_sight(away, elsewhere)
    smaller = Screen(home.identity, Box(0, 0, 640, 480), Box(0, 0, 640, 480))
    assert in_sight(where(away, [smaller], choice.places, GAP), [smaller])
    assert where(away, screens, choice.places, GAP) == box


@given(BOXES, SCREENS)
def test_what_is_in_sight_is_not_moved(box: Box, screens: list[Screen]) -> None:
    room = screens[0].room
    once = inside(box, room)
    assert inside(once, room) == once
    again = standing_at(place_of(once, screens[0]), once, screens[0])
    assert again == once


@given(
    st.integers(100, 500),
    st.integers(100, 900),
    st.integers(100, 900),
    st.floats(-1e6, 1e6),
    st.floats(0, 10),
)
def test_no_width_is_outside_of_what_is_supported(
    least: int, usual: int, most: int, wanted: float, breadth: float
) -> None:
    least, usual, most = sorted((least, usual, most))
    widths = Widths(least, usual, most)
    assert least <= widths.nearest(wanted) <= most
    assert least <= widths.of(breadth) <= most
    assert widths.of(widths.breadth(widths.nearest(wanted))) == widths.nearest(wanted)


def test_beside_the_camera_the_buttons_of_a_call_stay_free_where_there_is_room() -> (
    None
):
    laptop = Box(0, 0, 1366, 768)
    screen = Screen("laptop", laptop, laptop)
    assert beside_camera(Box(0, 0, 300, 258), screen, GAP).y == TITLE_BAR
    assert beside_camera(Box(0, 0, 450, 577), screen, GAP).y == GAP[1]
