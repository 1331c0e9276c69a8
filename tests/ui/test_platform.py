"""What a window system cannot do is not offered; what it may do is asked for."""

import pytest
from tests.fakes.sharing import FakeAppKit, FakeUser32

from sidelight.ui.platform.abilities import Abilities, abilities
from sidelight.ui.platform.sharing import (
    SHARING_NONE,
    SHARING_READ_ONLY,
    can_shield,
    shield_here,
)


@pytest.mark.parametrize("platform", ["xcb", "windows", "cocoa", "offscreen"])
def test_everything_is_offered_where_windows_are_blended(platform: str) -> None:
    assert abilities(platform, composited=True) == Abilities()


def test_nothing_shines_through_where_windows_are_not_blended() -> None:
    assert abilities("xcb", composited=False) == Abilities(see_through=False)


@pytest.mark.parametrize("platform", ["wayland", "wayland-egl"])
def test_native_wayland_offers_what_it_can_keep_and_says_the_rest(
    platform: str,
) -> None:
    can = abilities(platform, composited=True)
    assert can.see_through
    assert not any((can.place, can.on_top, can.unfocused, can.click_through))
    assert "stay on top" in can.missing


@pytest.mark.parametrize(
    ("system", "version", "can"),
    [
        ("win32", (19041,), True),
        ("win32", (22631,), True),
        ("win32", (18363,), False),
        ("darwin", (14, 7, 1), True),
        ("darwin", (15, 0), False),
        ("darwin", (26, 1), False),
        ("darwin", (), False),
        ("linux", (6, 1), False),
    ],
)
def test_only_systems_that_can_are_asked(
    system: str, version: tuple[int, ...], *, can: bool
) -> None:
    assert can_shield(system, version) is can


def test_linux_has_no_shield(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert shield_here() is None


def test_windows_covers_a_window_and_lets_it_be_seen_again() -> None:
    system = FakeUser32(windows={7: 0})
    shield = system.shield()
    assert shield.cover(7, covered=True)
    assert system.windows == {7: 0x11}
    assert shield.cover(7, covered=False)
    assert system.windows == {7: 0}


@pytest.mark.parametrize(
    "system",
    [
        FakeUser32(),
        FakeUser32(windows={7: 0}, build=18363),
        FakeUser32(windows={7: 0}, layered={7}),
        FakeUser32(windows={7: 0}, liar=True),
    ],
    ids=["no such window", "an old build", "translucent", "says yes and does nothing"],
)
def test_a_refusal_of_windows_is_noticed(system: FakeUser32) -> None:
    assert not system.shield().cover(7, covered=True)
    assert system.shield().needs_opaque


def test_macos_covers_the_window_of_a_view() -> None:
    system = FakeAppKit(windows={7: SHARING_READ_ONLY})
    shield = system.shield()
    assert shield.cover(7, covered=True)
    assert system.windows == {7: SHARING_NONE}
    assert shield.cover(7, covered=False)
    assert system.windows == {7: SHARING_READ_ONLY}
    assert not shield.cover(8, covered=True)
