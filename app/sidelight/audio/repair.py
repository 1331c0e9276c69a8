"""One try to open devices again, on a thread of its own.

Opening takes from some milliseconds to many seconds (Bluetooth), closing may never
return: meanwhile the other side of the session is read as ever.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.audio.choosing import Via
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.audio.choosing import Device
    from sidelight.audio.system import SoundSystem, Stream

_END_S: Final = 5.0


@dataclass(slots=True)
class Wanted:
    """A device to open again, and what came of it.

    Attributes:
        device: As it was; as it is now, once it was found.
        old: The stream to close first, if there is one.
        stream: The new one.
        why: Why it could not be opened although it is there.
    """

    device: Device
    old: Stream | None
    stream: Stream | None = None
    why: UserError | None = None


class Repair:
    """Closes, looks and opens. Started by its constructor.

    Args:
        system: Opens.
        wanted: What is to run again.
        alone: Whether no other stream through PortAudio runs, so that its list of
            devices can be made anew.
    """

    def __init__(
        self, system: SoundSystem, wanted: Sequence[Wanted], *, alone: bool
    ) -> None:
        self.wanted = wanted
        self.needs_all = False
        """A device is back, but to open it every other stream has to be closed."""
        self._system = system
        self._alone = alone
        self._thread = threading.Thread(target=self._run, name="repair", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether the try is over; only then its results may be looked at."""
        return not self._thread.is_alive()

    def abandon(self) -> None:
        """Wait a little for its end and close what it opened."""
        self._thread.join(_END_S)
        if not self.done:
            self._system.leave_alone()
            return
        for one in self.wanted:
            if one.stream is not None:
                self._system.close(one.stream)

    def _run(self) -> None:
        for one in self.wanted:
            if one.old is not None:
                self._system.close(one.old)
        try:
            if self._may_open():
                for one in self.wanted:
                    self._open(one)
        except UserError as error:
            for one in self.wanted:
                one.why = error

    def _may_open(self) -> bool:
        """Make PortAudio's list anew where needed; whether opening can go on."""
        listed = [w.device for w in self.wanted if w.device.via is Via.PORTAUDIO]
        if listed and not self._alone:
            self.needs_all = any(map(self._system.is_back, listed))
            return False
        if listed:
            self._system.refresh()
        return True

    def _open(self, one: Wanted) -> None:
        found = self._system.present(one.device)
        if found is None:
            return
        try:
            one.stream = self._system.open(found)
            one.device = found
        except UserError as error:
            one.why = error
