"""Live sound on devices that come, go and misbehave: nothing is lost unmarked."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.likeness import likeness
from tests.fakes.portaudio import FakeInput, FakeSound, FakeStream
from tests.fakes.pulse import FakeServer

from sidelight.audio.block import AudioBlock
from sidelight.audio.devices import DeviceName
from sidelight.audio.live import LiveSource
from sidelight.audio.microphone import MicrophoneStream, list_microphones
from sidelight.audio.pulse import PulseSource
from sidelight.audio.system import SoundSystem
from sidelight.audio.watch import Trouble
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Gap, GapCause
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from sidelight.audio.choosing import Device

DESK = PulseSource("alsa_input.desk", "Desk", None, 16_000, default=True)
WEBCAM = PulseSource("alsa_input.webcam", "Webcam", None, 16_000, default=False)
SPEAKERS = PulseSource("speakers.monitor", "Speakers", "speakers", 16_000, default=True)

LAPTOP = FakeInput("Laptop", rate=16_000)
HEADSET = FakeInput("Headset (hw:1,0)", rate=16_000)


@pytest.fixture(autouse=True)
def quick_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidelight.audio.live.POLL_S", 0.005)


def noise(seconds: float, seed: int = 0, rate: int = 16_000) -> NDArray[np.float32]:
    generator = np.random.default_rng(seed)
    return (0.1 * generator.standard_normal(round(seconds * rate))).astype(np.float32)


@dataclass
class Session:
    """A source read in a thread of its own; devices and clocks are the test's."""

    system: SoundSystem
    coach: Device
    client: Device | None = None
    now: float = 1000.0
    slept: float = 0.0
    got: list[AudioBlock | Gap] = field(default_factory=list)
    ended_with: list[UserError] = field(default_factory=list)

    def start(self) -> None:
        self.system._clock = lambda: self.now
        self.source = LiveSource(
            self.system,
            self.coach,
            self.client,
            awake=lambda: self.now - self.slept,
        )
        self.blocks = self.source.blocks()
        # A daemon: a test that fails before ``end`` does not keep the rest waiting.
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        self.until(lambda: bool(self.source._channels))

    def _read(self) -> None:
        self.got.extend(self.blocks)

    def until(self, true: Callable[[], bool]) -> None:
        pause = threading.Event()
        for _ in range(1_000):
            if true():
                return
            pause.wait(0.005)
        raise AssertionError("did not come")

    def pass_time(self, true: Callable[[], bool]) -> None:
        """Let the clock run without a sound until something is true."""

        def later() -> bool:
            self.now += 0.1
            return true()

        self.until(later)

    def hear(self, *sounds: tuple[FakeStream, NDArray[np.float32]]) -> None:
        """Deliver sounds of equal length at once, in pieces of 20 ms."""
        rates = [stream.device.rate for stream, _ in sounds]
        for piece in range(round(len(sounds[0][1]) / rates[0] * 50)):
            self.now += 0.02
            for (stream, sound), rate in zip(sounds, rates, strict=True):
                part = sound[piece * rate // 50 : (piece + 1) * rate // 50]
                stream.deliver(part[:, None])
            if piece % 20 == 19:
                self.settle()

    def settle(self) -> None:
        """Wait until everything that was delivered has been read."""
        streams = [channel.stream for channel in self.source._channels]
        rings = [s._ring for s in streams if isinstance(s, MicrophoneStream)]
        self.until(lambda: all(ring._taken == ring._stamped for ring in rings))

    @property
    def troubles(self) -> list[Trouble]:
        return [one.trouble for one in self.source.conditions(self.now)]

    def end(self) -> NDArray[np.float32]:
        self.source.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()
        position = 0
        for block in (item for item in self.got if isinstance(item, AudioBlock)):
            assert block.start == position
            position = block.end
        return np.concatenate(
            [b.samples for b in self.got if isinstance(b, AudioBlock)]
        )

    @property
    def gaps(self) -> list[Gap]:
        return [item for item in self.got if isinstance(item, Gap)]


@dataclass
class Call(Session):
    """A call through a sound server."""

    server: FakeServer = field(default_factory=lambda: FakeServer([]))

    def stream(self, source: PulseSource) -> FakeStream:
        return self.server.stream(source)


@pytest.fixture
def call() -> Iterator[Call]:
    server = FakeServer([SPEAKERS, DESK, WEBCAM], chosen=("Desk", "Speakers"))
    system = SoundSystem(server.sound, sources=server.list_sources, watch=server.watch)
    session = Call(
        system, system.microphone(None), system.client_side(None), server=server
    )
    session.start()
    yield session
    session.source.stop()
    session.thread.join(10)


@dataclass
class Room(Session):
    """A microphone through PortAudio alone, as on macOS, Windows and bare ALSA."""

    sound: FakeSound = field(default_factory=FakeSound)


def room(inputs: list[FakeInput], wanted: str | None = None, second: str = "") -> Room:
    sound = FakeSound(list(inputs))

    def names_now() -> list[DeviceName]:
        return [DeviceName(device.name, "ALSA") for device in sound.inputs]

    system = SoundSystem(sound, names_now=names_now)
    client = system.client_side(second) if second else None
    session = Room(system, system.microphone(wanted), client, sound=sound)
    session.start()
    return session


def test_the_microphone_arrives_sample_for_sample() -> None:
    session = room([LAPTOP])
    sound = noise(2)
    session.hear((session.sound.streams[0], sound))
    heard = session.end()
    assert session.source.layout is Layout.MONO
    assert session.source.name == "Laptop"
    assert session.source.opened_at == pytest.approx(1000)
    np.testing.assert_array_equal(heard[:, 0], sound)
    assert session.gaps == []
    assert session.sound.running == []


def test_both_sides_of_a_call_arrive_sample_for_sample(call: Call) -> None:
    said, answered = noise(2), noise(2, seed=1)
    call.hear((call.stream(DESK), said), (call.stream(SPEAKERS), answered))
    heard = call.end()
    assert call.source.layout is Layout.STEREO
    np.testing.assert_array_equal(heard[:, 0], said)
    np.testing.assert_array_equal(heard[:16_000, 1], answered[:16_000])
    assert call.gaps == []
    assert call.troubles == []


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_any_rate_keeps_pitch_and_duration(rate: int) -> None:
    session = room([FakeInput("Interface", rate=rate)])
    seconds = np.arange(2 * rate) / rate
    tone = (0.5 * np.sin(2 * np.pi * 440 * seconds)).astype(np.float32)
    session.hear((session.sound.streams[0], tone))
    heard = session.end()[:, 0]
    assert len(heard) == pytest.approx(2 * SAMPLE_RATE, rel=1e-3)
    loudest = int(np.argmax(np.abs(np.fft.rfft(heard[:SAMPLE_RATE], SAMPLE_RATE))))
    assert loudest == pytest.approx(440, rel=5e-3)


def test_pulled_out_and_back_after_seven_seconds_with_other_numbers() -> None:
    session = room([LAPTOP, HEADSET], "Headset (hw:1,0)")
    first, second = noise(1), noise(1, seed=1)
    session.hear((session.sound.running[0], first))
    session.sound.inputs = [LAPTOP]
    session.sound.running[0].finished()
    gone = session.now
    session.pass_time(lambda: session.now >= gone + 7)
    assert Trouble.GONE in session.troubles
    assert session.source.conditions(session.now)[0].since <= gone + 3
    # Back on another socket: ALSA numbers it anew, and the list is another.
    session.sound.inputs = [
        FakeInput("Webcam", rate=16_000),
        FakeInput("Headset (hw:2,0)", rate=16_000),
        LAPTOP,
    ]
    session.pass_time(lambda: bool(session.sound.running))
    assert session.sound.running[0].device.name == "Headset (hw:2,0)"
    session.until(lambda: session.source._channels[0].stream is not None)
    back = session.now
    session.hear((session.sound.running[0], second))
    assert session.troubles == [Trouble.RETURNED]
    heard = session.end()[:, 0]
    (gap,) = session.gaps
    assert gap.cause is GapCause.DEVICE_LOST
    assert gap.span.start == 1000
    assert gap.span.length == pytest.approx(1000 * (back - gone), abs=100)
    np.testing.assert_array_equal(heard[:16_000], first)
    np.testing.assert_array_equal(heard[-16_000:], second)


def test_another_device_is_never_taken_instead() -> None:
    session = room([HEADSET])
    session.hear((session.sound.running[0], noise(1)))
    session.sound.inputs = [FakeInput("Webcam", rate=16_000)]
    session.sound.running[0].finished()
    session.pass_time(lambda: session.sound.refreshed >= 3)
    assert session.sound.running == []
    (condition,) = session.source.conditions(session.now)
    assert condition.trouble is Trouble.GONE
    assert "Headset" in condition.message
    session.end()
    assert sum(gap.span.length for gap in session.gaps) >= 4000


def test_callbacks_that_stop_are_told_and_the_stream_is_opened_again() -> None:
    session = room([LAPTOP])
    session.hear((session.sound.streams[0], noise(1)))
    stopped = session.now
    session.pass_time(lambda: Trouble.NO_SOUND in session.troubles)
    assert session.now <= stopped + 3
    session.pass_time(lambda: len(session.sound.streams) == 2)
    session.until(lambda: session.source._channels[0].stream is not None)
    session.hear((session.sound.streams[1], noise(1, seed=1)))
    assert session.troubles == [Trouble.RETURNED]
    session.end()
    (gap,) = session.gaps
    assert gap.cause is GapCause.DEVICE_LOST


def test_exact_zeros_are_told_and_recorded() -> None:
    session = room([LAPTOP])
    session.hear((session.sound.streams[0], np.zeros(4 * 16_000, np.float32)))
    assert session.troubles == [Trouble.ONLY_ZEROS]
    assert len(session.end()) == 4 * SAMPLE_RATE
    assert len(session.sound.streams) == 1, "opening it again would not help"


def test_a_headset_that_begins_after_40_seconds_is_waited_for() -> None:
    session = room([LAPTOP])
    begun = session.now
    session.now += 39
    session.until(lambda: bool(session.got))
    assert session.troubles == [Trouble.WAITING]
    session.hear((session.sound.streams[0], noise(1)))
    assert session.troubles == []
    heard = session.end()
    assert len(heard) == pytest.approx((session.now - begun) * SAMPLE_RATE, rel=0.01)
    assert len(session.sound.streams) == 1


@pytest.mark.parametrize(
    ("inputs", "fault", "sentence"),
    [
        ([], None, "There is no microphone"),
        ([LAPTOP], -9985, "'Laptop' is in use, or not allowed"),
        ([LAPTOP], -9999, "'Laptop' is in use, or not allowed"),
    ],
    ids=["only outputs", "busy", "the system refuses"],
)
def test_what_cannot_begin_says_why(
    inputs: list[FakeInput], fault: int | None, sentence: str
) -> None:
    sound = FakeSound([FakeInput(i.name, rate=i.rate, fault=fault) for i in inputs])
    system = SoundSystem(sound)
    with pytest.raises(UserError, match=sentence) as caught:
        list(LiveSource(system, system.microphone(None)).blocks())
    assert caught.value.remedy


def test_a_client_side_that_cannot_begin_closes_the_microphone() -> None:
    broken = FakeInput("BlackHole 2ch", rate=16_000, fault=-9999)
    sound = FakeSound([LAPTOP, broken])
    system = SoundSystem(sound)
    client = system.client_side("BlackHole 2ch")
    with pytest.raises(UserError, match="BlackHole"):
        list(LiveSource(system, system.microphone(None), client).blocks())
    assert sound.running == []


def test_a_device_that_is_back_but_taken_by_another_program() -> None:
    laptop = FakeInput("Laptop", rate=16_000)
    session = room([laptop])
    session.hear((session.sound.running[0], noise(1)))
    laptop.fault = -9985
    session.sound.running[0].finished()
    session.pass_time(lambda: Trouble.REFUSED in session.troubles)
    assert "in use" in session.source.conditions(session.now)[0].message
    laptop.fault = None
    session.pass_time(lambda: bool(session.sound.running))
    session.until(lambda: session.troubles == [Trouble.RETURNED])
    session.end()


def test_forty_minutes_of_sleep_are_a_marked_gap(call: Call) -> None:
    streams = [(call.stream(DESK), noise(1)), (call.stream(SPEAKERS), noise(1, seed=1))]
    call.hear(*streams)
    with_clock_running = call.now
    call.slept = 40 * 60
    call.now = with_clock_running + 40 * 60
    call.pass_time(lambda: len(call.server.sound.streams) == 4)
    call.until(lambda: all(c.stream is not None for c in call.source._channels))
    assert all(stream.closed for stream, _ in streams), "opened again after waking"
    after = noise(2, seed=2)
    call.hear((call.stream(DESK), after), (call.stream(SPEAKERS), noise(2, seed=3)))
    heard = call.end()
    assert {gap.cause for gap in call.gaps} == {GapCause.SLEEP}
    lost = sum(gap.span.length for gap in call.gaps)
    assert lost == pytest.approx(1000 * (call.now - 3 - 1000), abs=100)
    assert len(heard) == pytest.approx((call.now - 1000) * SAMPLE_RATE, abs=1600)
    np.testing.assert_array_equal(heard[-2 * SAMPLE_RATE :, 0], after)


def test_what_a_sound_server_kept_while_we_stood_still_is_not_taken_for_now(
    call: Call,
) -> None:
    streams = [(call.stream(DESK), noise(1)), (call.stream(SPEAKERS), noise(1, seed=1))]
    call.hear(*streams)
    call.now += 4
    for stream, _ in streams:
        stream.deliver(noise(3.5, seed=4)[:, None])
    call.until(lambda: len(call.server.sound.streams) == 4)
    call.until(lambda: all(c.stream is not None for c in call.source._channels))
    assert all(stream.closed for stream, _ in streams)
    after = noise(2, seed=2)
    call.hear((call.stream(DESK), after), (call.stream(SPEAKERS), noise(2, seed=3)))
    heard = call.end()
    assert {gap.cause for gap in call.gaps} == {GapCause.OVERFLOW}
    assert sum(gap.span.length for gap in call.gaps) == pytest.approx(4000, abs=200)
    assert len(heard) == pytest.approx((call.now - 1000) * SAMPLE_RATE, abs=1600)
    np.testing.assert_array_equal(heard[-2 * SAMPLE_RATE :, 0], after)


def test_a_microphone_led_to_another_source_is_not_recorded(call: Call) -> None:
    desk, speakers = call.stream(DESK), call.stream(SPEAKERS)
    call.hear((desk, noise(1)), (speakers, noise(1, seed=1)))
    call.server.unplug(DESK, moved_to=SPEAKERS)
    desk.deliver(np.full((320, 1), 0.9, np.float32))  # what plays, not the coach
    call.until(lambda: desk.closed)
    assert call.troubles[0] is Trouble.GONE
    away, gone = noise(4, seed=2), call.now
    call.hear((speakers, away))
    assert call.troubles[0] is Trouble.GONE
    call.server.plug(DESK)
    call.pass_time(lambda: len(call.server.sound.streams) == 3)
    call.until(lambda: call.source._channels[0].stream is not None)
    assert call.now <= gone + 4 + 2.2
    call.hear((call.stream(DESK), noise(1, seed=3)), (speakers, noise(1, seed=4)))
    assert call.troubles == [Trouble.RETURNED]
    assert speakers in call.server.sound.running, "the other stream never stopped"
    heard = call.end()
    (gap,) = call.gaps
    assert gap.cause is GapCause.DEVICE_LOST
    assert not (np.abs(heard[:, 0]) > 0.8).any()
    assert likeness(heard[:, 1], away) > 0.99


def test_a_stream_that_got_a_new_number_is_still_watched(call: Call) -> None:
    """Or, on a busy computer, a headset pulled out later would go unnoticed."""
    desk, speakers = call.stream(DESK), call.stream(SPEAKERS)
    call.server.renumber(DESK)
    call.hear((desk, noise(1)), (speakers, noise(1, seed=1)))
    assert call.troubles == []
    call.server.unplug(DESK, moved_to=SPEAKERS)
    call.until(lambda: desk.closed)
    assert call.troubles[0] is Trouble.GONE
    call.end()


def test_the_clients_stream_dies_alone(call: Call) -> None:
    desk, speakers = call.stream(DESK), call.stream(SPEAKERS)
    call.hear((desk, noise(1)), (speakers, noise(1, seed=1)))
    call.server.unplug(SPEAKERS, moved_to=None)
    said = noise(3, seed=2)
    call.hear((desk, said))
    assert call.troubles == [Trouble.GONE]
    assert "Speakers" in call.source.conditions(call.now)[0].message
    call.server.plug(SPEAKERS)
    quiet = noise(3, seed=3)
    call.hear((desk, quiet))
    call.until(lambda: call.source._channels[1].stream is not None)
    both = noise(2, seed=4)
    call.hear((desk, both), (call.stream(SPEAKERS), noise(2, seed=5)))
    heard = call.end()
    assert call.gaps == [], "nothing of the coach's is lost"
    np.testing.assert_array_equal(
        heard[SAMPLE_RATE:, 0], np.concatenate([said, quiet, both])
    )


def test_the_systems_new_choice_is_told_not_followed(call: Call) -> None:
    call.server.choose("Webcam", "Headphones")
    assert call.troubles == [Trouble.DEFAULT_CHANGED] * 2
    messages = [one.message for one in call.source.conditions(call.now)]
    assert ["Webcam" in messages[0], "Headphones" in messages[1]] == [True, True]
    assert call.stream(DESK).running
    call.server.choose("Desk", "Speakers")
    assert call.troubles == []


def test_a_sound_server_that_dies_takes_both_and_gives_both_back(call: Call) -> None:
    call.hear((call.stream(DESK), noise(1)), (call.stream(SPEAKERS), noise(1)))
    call.server.die()
    call.pass_time(lambda: call.server.sound.running == [])
    call.pass_time(lambda: call.troubles == [Trouble.REFUSED])  # once for both
    call.server.live()
    call.pass_time(lambda: len(call.server.sound.running) == 2)
    call.until(lambda: all(c.stream is not None for c in call.source._channels))
    call.hear((call.stream(DESK), noise(1)), (call.stream(SPEAKERS), noise(1)))
    assert set(call.troubles) == {Trouble.RETURNED}
    call.server.move(max(call.server.outputs), WEBCAM)
    call.until(lambda: Trouble.GONE in call.troubles)  # the new server tells, too
    call.end()


def test_a_close_that_hangs_stops_neither_the_session_nor_its_end(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidelight.audio.system.CLOSE_S", 0.05)
    released = threading.Event()
    desk, speakers = call.stream(DESK), call.stream(SPEAKERS)
    desk.close_waits_for = released
    call.hear((desk, noise(1)), (speakers, noise(1, seed=1)))
    desk.finished()
    call.until(lambda: len(call.server.sound.streams) == 3)
    call.until(lambda: call.source._channels[0].stream is not None)
    assert not desk.closed
    again = call.server.sound.streams[-1]
    sound = noise(1, seed=2)
    call.hear((again, sound), (speakers, noise(1, seed=3)))
    again.close_waits_for = released
    heard = call.end()[:, 0]
    released.set()
    assert likeness(heard, sound) > 0.99


def test_a_list_that_must_be_made_anew_costs_the_other_side_a_moment() -> None:
    """As with two plain devices: the other stream is closed only for a sure thing."""
    session = room([LAPTOP, HEADSET], "Laptop", second="Headset (hw:1,0)")
    laptop, headset = session.sound.running
    session.hear((laptop, noise(1)), (headset, noise(1, seed=1)))
    session.sound.inputs = [LAPTOP]
    headset.finished()
    session.hear((laptop, noise(5, seed=2)))
    assert not laptop.closed, "nothing is there to be opened"
    assert session.sound.refreshed == 0
    session.sound.inputs = [HEADSET, LAPTOP]
    session.pass_time(lambda: session.sound.refreshed == 1)
    session.until(lambda: all(c.stream is not None for c in session.source._channels))
    assert [s.device for s in session.sound.running] == [LAPTOP, HEADSET]
    last = noise(1, seed=3)
    session.hear(*((stream, last) for stream in session.sound.running))
    heard = session.end()
    (gap,) = session.gaps
    assert gap.span.start == 6000
    np.testing.assert_array_equal(heard[-SAMPLE_RATE:, 0], last)


def test_what_is_listed_is_what_is_opened(call: Call) -> None:
    assert call.stream(DESK).device.name == DESK.pcm
    assert call.server.outputs[1][1] == call.coach.name.name == DESK.name
    assert list_microphones(call.server.sound)[0].name == SPEAKERS.pcm
