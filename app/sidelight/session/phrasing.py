"""Gathers the coach's phrasebook from the record, and keeps what was taught up to date.

A new version of the model sees turns elsewhere than the one before, so what was taught
is made again from the sessions' events. Nothing else is needed: lessons are never the
only place where something is known.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.session import Mode
from sidelight.domain.story import Story, tell
from sidelight.partnering.phrasebook import OwnWay, Phrase, Use, phrasebook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.partnering.learned.lessons import Taught
    from sidelight.record.lessons import KeptPhrase
    from sidelight.record.record import Record

MOST_SESSIONS: Final = 100
"""The newest ones that are looked at: some years of one client, or a busy quarter."""


class Placing(Protocol):
    """Makes lessons and finds places: ``partnering.learned.teaching.Teacher``."""

    @property
    def version(self) -> str:
        """Of the model."""
        ...

    def taught(self, story: Story) -> list[Taught]:
        """Every lesson of a session."""
        ...

    def places(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Where wordings lie by themselves."""
        ...


def gather(record: Record, placing: Placing) -> list[Phrase]:
    """The coach's phrasebook, of the sessions whose words were kept.

    Raises:
        UserError: The record cannot be read.
    """
    said = _said(record)
    own = record.phrases.list()
    texts = list(dict.fromkeys([*(one[1] for one in said), *(p.words for p in own)]))
    places = dict(zip(texts, placing.places(texts), strict=True))
    uses = [
        Use(kind, words, session, when, places[words], sure)
        for kind, words, session, when, sure in said
    ]
    ways = [OwnWay(p.number, p.kind, p.words, places[p.words]) for p in own]
    return phrasebook(uses, ways, PROCESS_KINDS)


def _said(record: Record) -> list[tuple[str, str, str, datetime, bool]]:
    """Kind, words, session, time, and whether the coach said that it was so."""
    found = []
    for summary in record.sessions.list()[:MOST_SESSIONS]:
        session = summary.session
        if session.mode is not Mode.KEEP:
            continue
        story = tell(record.sessions.get(session.id).events())
        found += [
            (
                moment.kind,
                moment.quote,
                session.id,
                session.started_at + timedelta(milliseconds=moment.span.start),
                moment.id in story.confirmed,
            )
            for moment in story.moments
            if moment.kind in PROCESS_KINDS and moment.quote
        ]
    return found


def add_phrase(
    record: Record, placing: Placing | None, kind: str, words: str
) -> KeptPhrase:
    """Write one of the coach's own ways down; recognition knows it from now on.

    Args:
        record: Open for writing.
        placing: Finds its place; ``None``: there is no model yet.
        kind: A process kind.
        words: As typed.

    Raises:
        UserError: The record cannot be written.
    """
    if placing is None:
        return record.phrases.add(kind, words, "", None)
    (place,) = placing.places([words])
    return record.phrases.add(kind, words, placing.version, place)


def bring_up_to_date(record: Record, placing: Placing) -> None:
    """Teach this model what another one was taught, or what none could be.

    Args:
        record: Open for writing.
        placing: Of the model that is in use.

    Raises:
        UserError: The record cannot be read or written; what was done stays.
    """
    for session_id in record.lessons.outdated(placing.version):
        store = record.sessions.get(session_id)
        store.teach(placing.taught(tell(store.events())))
    for phrase in record.phrases.without_place(placing.version):
        (place,) = placing.places([phrase.words])
        record.phrases.place(phrase.number, placing.version, place)
