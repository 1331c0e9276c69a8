"""A session is heard once more, as a whole, in the process that asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.bootstrap.knowing import coach_voice, lessons_of

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.session import Session
    from sidelight.record.vault import Vault
    from sidelight.session.refining.refiner import Refiner
    from sidelight.speech.fitness import Way
    from sidelight.speech.recognizer import PlainRecognizer
    from sidelight.speech.weights import ModelFolder


def open_plain(model: ModelFolder, way: Way) -> PlainRecognizer:
    """Load a model to hear whole sessions with, in this process.

    Raises:
        UserError: It cannot be loaded.
    """
    from sidelight.speech.backends import FASTER_WHISPER
    from sidelight.speech.recognizer import PlainRecognizer

    found = FASTER_WHISPER.open(
        model.path, way.threads, name=model.name, device=way.device
    )
    if not isinstance(found, PlainRecognizer):
        msg = f"{FASTER_WHISPER.id} hears no long sound"
        raise TypeError(msg)
    return found


def refiner(
    session: Session, recognizer: PlainRecognizer, folder: Path, vault: Vault
) -> Refiner:
    """What makes a refined version of this session's transcript.

    Args:
        session: Has ended.
        recognizer: The model.
        folder: Of the record.
        vault: Opens it.
    """
    from sidelight.partnering.detector import default_detector
    from sidelight.partnering.listener import Listener
    from sidelight.record.record import Record
    from sidelight.session.refining.refiner import Refiner
    from sidelight.speech.speakers import CoachVoice
    from sidelight.speech.vad import SileroModel

    known = coach_voice(session.layout, folder, vault)
    with Record.open(folder, vault, read_only=True) as record:
        lessons = lessons_of(record)
    return Refiner(
        session.layout,
        recognizer,
        SileroModel().detector,
        lambda transcript: Listener(default_detector(lessons), transcript),
        coach_voice=None if known is None else CoachVoice.from_bytes(known),
    )
