"""What the computer plays becomes a device to record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sidelight.audio.loopback import WasapiLoopback, alsa_config, prepare_alsa
from sidelight.audio.pulse import PulseSource
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DESK = PulseSource("alsa_input.usb-desk", "Desk", None, 48_000, default=True)
CALL = PulseSource("out.monitor", 'Say "hi" \\ {', "out", 44_100, default=True)


def test_a_source_keeps_its_device_name() -> None:
    again = PulseSource(DESK.name, "Another title", None, 16_000, default=False)
    assert again.pcm == DESK.pcm != CALL.pcm
    assert CALL.pcm.startswith("sidelight_client_")


def test_every_source_is_offered_after_the_systems_own(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    path = prepare_alsa(tmp_path, [DESK, CALL], environment)
    assert environment == {"ALSA_CONFIG_PATH": str(path)}
    text = path.read_text("utf-8")
    assert text.startswith("</usr/share/alsa/alsa.conf>\n")
    for source in (DESK, CALL):
        assert f"pcm.{source.pcm} {{" in text
        assert f'device "{source.name}"' in text
    assert list(tmp_path.iterdir()) == [path]


def test_a_title_cannot_break_out_of_the_configuration() -> None:
    text = alsa_config([CALL])
    assert r"Say \"hi\" \\ {" in text
    broken = PulseSource("a\nb", "c\nd", None, 16_000, default=False)
    assert "a b" in alsa_config([broken])


@dataclass
class FakeWasapi:
    """As PyAudioWPatch's documentation describes it; it was never seen running."""

    paFloat32 = 1  # noqa: N815
    paContinue = 0  # noqa: N815
    refuses: bool = False
    opened: dict[str, Any] = field(default_factory=dict)
    closed: int = 0
    terminated: int = 0

    def PyAudio(self) -> FakeWasapi:  # noqa: N802
        return self

    def get_default_wasapi_loopback(self) -> dict[str, Any]:
        return next(self.get_loopback_device_info_generator())

    def get_loopback_device_info_generator(self) -> Iterator[dict[str, Any]]:
        for index, name in enumerate(("Speakers (A)", "Headset (B)"), 17):
            yield {
                "index": index,
                "name": f"{name} [Loopback]",
                "defaultSampleRate": 48_000.0,
                "maxInputChannels": 2,
            }

    def open(self, **options: Any) -> FakeWasapi:  # noqa: ANN401
        if self.refuses:
            raise OSError(-9999, "Unanticipated host error")
        self.opened = options
        return self

    def is_active(self) -> bool:
        return not self.closed

    def close(self) -> None:
        self.closed += 1

    def terminate(self) -> None:
        self.terminated += 1

    def play(self, samples: np.ndarray[Any, np.dtype[np.float32]]) -> None:
        callback: Callable[..., object] = self.opened["stream_callback"]
        assert callback(samples.tobytes(), len(samples), {}, 0) == (None, 0)


def test_windows_gives_what_an_output_plays() -> None:
    library = FakeWasapi()
    stream = WasapiLoopback("Headset (B)", lambda: 5.0, library)
    assert stream.rate == 48_000
    assert library.opened["input_device_index"] == 18
    library.play(np.tile(np.array([0.5, 0.1], np.float32), (480, 1)))
    (chunk,) = stream.read()
    assert chunk.arrived == 5.0
    np.testing.assert_allclose(chunk.samples, np.full(480, 0.3), rtol=1e-6)
    assert not stream.ended
    stream.close()
    stream.close()
    assert (library.closed, library.terminated, stream.ended) == (1, 1, True)


@pytest.mark.parametrize(
    ("output", "refuses", "sentence"),
    [("Beamer", False, "not there"), (None, True, "does not give the sound")],
)
def test_windows_refuses(output: str | None, refuses: bool, sentence: str) -> None:  # noqa: FBT001
    library = FakeWasapi(refuses=refuses)
    with pytest.raises(UserError, match=sentence) as error:
        WasapiLoopback(output, lambda: 0.0, library)
    assert error.value.remedy
    assert library.terminated == 1
