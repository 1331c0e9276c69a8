"""Makes a refined version of one session's transcript, stretch by stretch.

The record is opened for a moment to read a stretch and for a moment to store what was
heard in it; nobody else is kept out while the computer computes. Stopped at any time,
it goes on after the last stretch that was stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    OffRecord,
    SessionEnded,
    StoredEvent,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
)
from sidelight.domain.known import Known
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import LIVE_TRANSCRIPT
from sidelight.domain.versions import chosen, follow_ups, of_version
from sidelight.session.refining.stretches import Readable, end_of, next_stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from sidelight.domain.events import Event
    from sidelight.domain.session import Session
    from sidelight.session.refining.refiner import Refiner
    from sidelight.session.refining.stretches import Stretch

LEAST_SHARE: Final = 0.5
"""A refined version with fewer words than this share of those of the transcript that is
shown is kept beside it and not shown by itself: the model does not suit this sound."""


class ClosedLater(Readable, Protocol):
    """The session's sound, opened for reading."""

    def close(self) -> None:
        """Close the file."""


class RefiningFiles(Protocol):
    """What the record keeps of a session: ``record.events.SessionStore``.

    Attributes:
        session: Its fixed facts.
    """

    session: Session

    def every_version(self) -> Sequence[StoredEvent]:
        """The stored events of all versions of the transcript."""
        ...

    def append_all(
        self, events: Sequence[Event], committed_at: Millis
    ) -> Sequence[StoredEvent]:
        """Store all of these, or none."""
        ...

    def read_spool(self) -> ClosedLater:
        """Its sound."""
        ...


@dataclass(frozen=True, slots=True)
class Version:
    """One refined version of a transcript.

    Attributes:
        transcript: Its number.
        model: What it is made with.
        to: How far it is.
        whole: Whether it reaches the end of the session.
    """

    transcript: int
    model: str
    to: Millis
    whole: bool


@dataclass(frozen=True, slots=True)
class Refined:
    """What came of it.

    Attributes:
        version: It is whole.
        shown: Whether the session is shown in it now.
    """

    version: Version
    shown: bool


def versions(events: Sequence[StoredEvent]) -> list[Version]:
    """The refined versions of a session, in the order they were begun.

    Args:
        events: Of every version.
    """
    end = ended_at(events)
    found: dict[int, Version] = {}
    for stored in events:
        match stored.event:
            case TranscriptRefined(at=at, transcript=number, model=model):
                whole = end is not None and at >= end
                found[number] = Version(number, model, at, whole)
            case _:
                pass
    return [found[number] for number in sorted(found)]


def ended_at(events: Sequence[StoredEvent]) -> Millis | None:
    """Where the session ended; ``None``: it has not."""
    for stored in events:
        if isinstance(stored.event, SessionEnded):
            return stored.event.at
    return None


def require_refinable(session: Session, events: Sequence[StoredEvent]) -> Millis:
    """Where a session ended whose sound can be heard again.

    Raises:
        UserError: Its sound was not kept, or it goes on.
    """
    if session.mode is not Mode.KEEP:
        raise UserError(
            f"The sound of session {session.id} was not kept.",
            "Only what is kept can be heard again.",
        )
    end = ended_at(events)
    if end is None:
        raise UserError(
            f"The session {session.id} has no end yet.",
            "End it, or if it was cut off: sidelight recover keep " + session.id,
        )
    return end


def refine(
    read: Callable[[], AbstractContextManager[RefiningFiles]],
    write: Callable[[], AbstractContextManager[RefiningFiles]],
    refiner: Refiner,
    look_up: Callable[[Millis], None],
) -> Refined:
    """Hear a whole session, or the rest of it, and show it in what was heard.

    Args:
        read: Opens the session for reading.
        write: Opens it for storing, and waits for its turn.
        refiner: For this session's layout.
        look_up: Told now and then about how far it is. Whatever it raises stops the
            work; what was stored stays.

    Raises:
        UserError: The sound cannot be read, the session cannot be refined or is
            refined with this model already, or the record cannot be written.
    """
    while True:
        with read() as files:
            events = files.every_version()
            end = require_refinable(files.session, events)
            version = _under_way(events, refiner.model)
            stretch = _next(files, events, version, refiner)
        look_up(version.to)
        heard: list[Event] = []
        if stretch is not None:
            heard = refiner.hear(
                stretch,
                _known(events, version.transcript),
                version.transcript,
                look_up,
            )
        to = end if stretch is None else min(end, end_of(stretch))
        done = TranscriptRefined(Millis(to), version.transcript, version.model)
        new = [*heard, done]
        with write() as files:
            if to == end:
                return _finish(files, new, done)
            files.append_all(new, end)


def _known(events: Sequence[StoredEvent], version: int) -> Known:
    """What this version has so far, in the language that the session was held in."""
    spoken = Known.of(events).language
    return replace(Known.of(of_version(events, version)), language=spoken)


def _under_way(events: Sequence[StoredEvent], model: str) -> Version:
    """The version to go on with, or a new one."""
    before = versions(events)
    for version in reversed(before):
        if version.model == model and not version.whole:
            return version
        if version.model == model:
            raise UserError(
                f"The transcript is refined with {model} already:"
                f" version {version.transcript}.",
                "Name another model: sidelight sessions refine SESSION --model NAME",
            )
    number = max((one.transcript for one in before), default=LIVE_TRANSCRIPT) + 1
    return Version(number, model, Millis(0), whole=False)


def _next(
    files: RefiningFiles,
    events: Sequence[StoredEvent],
    version: Version,
    refiner: Refiner,
) -> Stretch | None:
    off_record = [
        stored.event.span for stored in events if isinstance(stored.event, OffRecord)
    ]
    sound = files.read_spool()
    try:
        return next_stretch(
            sound, version.to, off_record, refiner.detector, refiner.policy
        )
    finally:
        sound.close()


def _finish(
    files: RefiningFiles, new: Sequence[Event], done: TranscriptRefined
) -> Refined:
    """Store the last stretch, and with it that the version is shown.

    Unless the model plainly did not understand this sound.
    """
    end, transcript = done.at, done.transcript
    before = files.every_version()
    events = [*before, *(StoredEvent(0, end, 0, event) for event in new)]
    mine, shown = (_words(events, one) for one in (transcript, chosen(events)))
    good = mine >= LEAST_SHARE * shown
    choice = [TranscriptChosen(end, transcript), *follow_ups(events, transcript, end)]
    files.append_all([*new, *(choice if good else ())], end)
    return Refined(Version(transcript, done.model, end, whole=True), good)


def _words(events: Sequence[StoredEvent], version: int) -> int:
    return sum(
        len(one.event.utterance.words)
        for one in of_version(events, version)
        if isinstance(one.event, UtteranceHeard)
    )
