"""What each process is given: small, frozen, and all that it knows at its start."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sidelight.speech.recognizer import Device

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.session import Session
    from sidelight.domain.transcript import Layout
    from sidelight.partnering.learned.lessons import Lesson
    from sidelight.session.continuing import Anchor
    from sidelight.session.firstrun.bringing import Errand
    from sidelight.session.importing.wanted import Recording
    from sidelight.speech.short_windows import Evidence

_MOST_THREADS: Final = 4
ANY_MICROPHONE: Final = "default"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """Sound that plays from a file.

    Attributes:
        path: The file.
        layout: As which it plays.
        speed: 1.0 as recorded; ``None`` as fast as it is read.
    """

    path: Path
    layout: Layout
    speed: float | None


@dataclass(frozen=True, slots=True)
class MicrophonePlan:
    """Sound of a microphone.

    Attributes:
        name: Its name; ``None``: the one that was chosen the last time;
            ``ANY_MICROPHONE``: the one the system would choose.
        call: The output that plays the client's side of a call; ``""``: the system's;
            ``None``: there is none, everybody is in the room.
    """

    name: str | None
    call: str | None = None


@dataclass(frozen=True, slots=True)
class UnheardPlan:
    """No sound at all: a session without listening."""


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """No new sound: a session that was cut off is recognised to its end."""


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """A recogniser process.

    Attributes:
        model: Its folder.
        name: What to call it.
        layout: Channels of the sound.
        threads: CPU threads for one pass.
        logs: Folder for its log.
        lighter: Names and folders of models that cost less, the best first.
        coach_voice: The coach's enrolled voice, for a session with one microphone.
        device: Where it computes.
        sums: Names of models and the sums of their weights, for what is measured.
        measured: Folder of what was measured of them; ``None``: nothing is kept.
        evidence: Of short windows, by the models' names.
        lessons: What the coach taught; the same from a session's start to its end.
        waited_for: Whether somebody waits for its words; else there are none before
            they are final, and no pass that may be thrown away.
    """

    model: Path
    name: str
    layout: Layout
    threads: int
    logs: Path
    lighter: tuple[tuple[str, Path], ...] = ()
    coach_voice: bytes | None = field(default=None, repr=False)
    device: Device = Device.CPU
    sums: tuple[tuple[str, str], ...] = ()
    measured: Path | None = None
    evidence: tuple[tuple[str, Evidence], ...] = ()
    # Places cannot be compared as values, and nobody is to see them.
    lessons: tuple[Lesson, ...] = field(default=(), repr=False, compare=False)
    waited_for: bool = True


@dataclass(frozen=True, slots=True)
class EnginePlan:
    """An engine process.

    Attributes:
        session: What is known at the start.
        sound: Where it comes from.
        worker: Who recognises it; ``None``: nobody, now.
        record: Folder of vault, database and sound.
        run: Folder of the control socket.
        fresh: Begin with an empty record: the demo, whose content is public.
        passphrase: Opens the vault where the keyring does not.
        logs: Folder for its log.
        anchor: Go on with the session from here; ``None``: it is new.
        language: What is spoken, ISO 639; ``None``: decided from what is heard.
        cues: Whether the coach is to see cues.
    """

    session: Session
    sound: FilePlan | MicrophonePlan | UnheardPlan | KeptPlan
    worker: WorkerPlan | None
    record: Path
    run: Path
    fresh: bool
    passphrase: str | None = field(repr=False)
    logs: Path
    anchor: Anchor | None = None
    language: str | None = None
    cues: bool = False


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Recordings made elsewhere, brought in as sessions.

    Attributes:
        recordings: Which.
        places: How many at once.
        worker: Who recognises each, whatever its layout.
        record: Folder of vault, database and sound.
        run: Where a session says that it begins.
        logs: Folder for its log.
        passphrase: Opens the vault where the keyring does not.
    """

    recordings: tuple[Recording, ...]
    places: int
    worker: WorkerPlan
    record: Path
    run: Path
    logs: Path
    passphrase: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class EarsPlan:
    """The process that holds the microphone for the start card's meter.

    Attributes:
        run: Where the sound system keeps its list of devices.
        logs: Folder for its log.
    """

    run: Path
    logs: Path


@dataclass(frozen=True, slots=True)
class PlayerPlan:
    """The process that plays recorded sound.

    Attributes:
        logs: Folder for its log.
    """

    logs: Path


@dataclass(frozen=True, slots=True)
class TrialPlan:
    """The process that listens in the first run; see ``session.firstrun.listening``.

    Attributes:
        sound: A microphone, or the demo's file.
        worker: Recognises it, with two channels.
        run: Where the sound system keeps its list of devices.
        language: What is spoken, ISO 639; ``None``: decided from what is heard.
    """

    sound: FilePlan | MicrophonePlan
    worker: WorkerPlan
    run: Path
    language: str | None = None


@dataclass(frozen=True, slots=True)
class BringingPlan:
    """The process that brings a speech model, or measures this computer.

    Attributes:
        errand: What is wanted.
        data: Where everything lies.
        models: Where models are installed.
        threads: Most CPU threads of a pass.
        logs: Folder for its log.
    """

    errand: Errand
    data: Path
    models: Path
    threads: int
    logs: Path


def worker_threads() -> int:
    """CPU threads for recognition: one core stays for everything else."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, min(_MOST_THREADS, cores - 1))
