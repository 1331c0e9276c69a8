"""The same named device, or an explicit question: never a silent swap."""

from __future__ import annotations

import random

import pytest

from sidelight.audio.devices import DeviceName, find_device
from sidelight.domain.errors import UserError

DESK = DeviceName("Desk: USB Audio (hw:1,0)", "ALSA")
WEBCAM = DeviceName("Webcam: USB Audio (hw:2,0)", "ALSA")
HEADSET = DeviceName("Headset (2- Jabra)", "Windows WASAPI")
OTHERS = [WEBCAM, HEADSET, DeviceName("default", "ALSA")]


def test_the_order_of_the_list_does_not_matter() -> None:
    present = [DESK, *OTHERS]
    for seed in range(20):
        random.Random(seed).shuffle(present)
        assert present[find_device(DESK, present)] == DESK


@pytest.mark.parametrize(
    ("wanted", "now"),
    [
        (DESK, DeviceName("Desk: USB Audio (hw:3,0)", "ALSA")),
        (HEADSET, DeviceName("Headset (3- Jabra)", "Windows WASAPI")),
        (HEADSET, DeviceName("Headset (Jabra)", "Windows WASAPI")),
    ],
)
def test_the_number_of_a_socket_is_no_name(wanted: DeviceName, now: DeviceName) -> None:
    present = [DeviceName("default", "ALSA"), now]
    assert find_device(wanted, present) == 1


@pytest.mark.parametrize(
    "present",
    [
        OTHERS,
        [],
        [DeviceName(DESK.name, "JACK")],
        [DeviceName("Desk: USB Audio 2 (hw:1,0)", "ALSA")],
    ],
    ids=["gone", "none at all", "another sound system", "nearly the same name"],
)
def test_another_device_is_never_taken_for_it(present: list[DeviceName]) -> None:
    with pytest.raises(UserError, match="not there"):
        find_device(DESK, present)


def test_two_alike_are_a_question() -> None:
    twins = [
        DeviceName("Desk: USB Audio (hw:3,0)", "ALSA"),
        DeviceName("Desk: USB Audio (hw:4,0)", "ALSA"),
    ]
    with pytest.raises(UserError, match="2 devices"):
        find_device(DESK, twins)
