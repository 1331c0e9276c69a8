"""A Linux sound server without a process: it moves streams without asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from tests.fakes.portaudio import FakeInput, FakeSound, FakeStream

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sidelight.audio.pulse import PulseSource


@dataclass
class _Watch:
    server: FakeServer
    attached: Callable[[Mapping[int, str]], None]
    lost: Callable[[], None]
    preferred: Callable[[str, str], None]

    def __enter__(self) -> Self:
        self.server.watches.append(self)
        self.attached(self.server.attached)
        self.preferred(*self.server.chosen)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.watches.remove(self)


@dataclass
class FakeServer:
    """Knows its sources, and PortAudio's devices that stand for them.

    Attributes:
        sources: What can be recorded now.
        sound: The PortAudio that offers them; made anew of ``sources``.
        outputs: The record streams by number, with the source each records.
        chosen: Titles of the system's input and output.
    """

    sources: list[PulseSource]
    sound: FakeSound = field(default_factory=FakeSound)
    outputs: dict[int, tuple[FakeStream, str]] = field(default_factory=dict)
    watches: list[_Watch] = field(default_factory=list)
    chosen: tuple[str, str] = ("", "")
    dead: bool = False

    def __post_init__(self) -> None:
        self.sound.inputs = [
            FakeInput(source.pcm, 32, source.rate) for source in self.sources
        ]
        self.sound._initialize()
        self.sound.started = self._started

    def list_sources(self) -> list[PulseSource]:
        if self.dead:
            raise UserError("No sound server answers.", "Start it.")
        return list(self.sources)

    def watch(self, *told: Any) -> Any:  # noqa: ANN401 - stands for PulseWatch
        return _Watch(self, *told)

    def stream(self, source: PulseSource) -> FakeStream:
        """The running stream that was opened for a source."""
        (found,) = (s for s in self.sound.running if s.device.name == source.pcm)
        return found

    def unplug(self, source: PulseSource, moved_to: PulseSource | None) -> None:
        """A source is gone; its streams go on from another, if there is one."""
        self.sources.remove(source)
        for number, (stream, of) in list(self.outputs.items()):
            if of != source.name or stream.closed:
                continue
            if moved_to is None:
                stream.finished()
            else:
                self.move(number, moved_to)

    def move(self, number: int, to: PulseSource) -> None:
        """A record stream is led to another source."""
        self.outputs[number] = (self.outputs[number][0], to.name)
        self._tell()

    def renumber(self, source: PulseSource) -> None:
        """The stream of a source gets a new number, as after a late callback."""
        (number,) = (n for n, (_, of) in self.outputs.items() if of == source.name)
        self.outputs[max(self.outputs) + 100] = self.outputs.pop(number)
        self._tell()

    def plug(self, source: PulseSource) -> None:
        """A source is back; the other sources are listed in another order."""
        self.sources.insert(0, source)

    def choose(self, input_: str, output: str) -> None:
        """The system prefers other devices."""
        self.chosen = (input_, output)
        for watch in self.watches:
            watch.preferred(input_, output)

    def die(self) -> None:
        """The server is gone; no stream is told, the callbacks just stop."""
        self.dead = True
        for watch in list(self.watches):
            watch.lost()
        self.outputs.clear()

    def live(self) -> None:
        """It was started again."""
        self.dead = False

    def _started(self, stream: FakeStream) -> None:
        (name,) = (s.name for s in self.sources if s.pcm == stream.device.name)
        number = max(self.outputs, default=0) + 1
        self.outputs[number] = (stream, name)
        self._tell()

    @property
    def attached(self) -> dict[int, str]:
        """The record streams that run, each with the source it records."""
        return {
            number: source
            for number, (stream, source) in self.outputs.items()
            if not stream.closed
        }

    def _tell(self) -> None:
        for watch in self.watches:
            watch.attached(self.attached)
