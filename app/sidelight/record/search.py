"""Full-text search over every utterance of a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker, UtteranceId

if TYPE_CHECKING:
    from sidelight.record.database import Database


@dataclass(frozen=True, slots=True)
class Hit:
    """An utterance that was found.

    Attributes:
        session: The id of its session.
        utterance_id: Which utterance.
        speaker: Who said it.
        span: When.
        text: What was said.
    """

    session: str
    utterance_id: UtteranceId
    speaker: Speaker
    span: Span
    text: str


class Search:
    """Finds utterances by their words, in the transcripts that the sessions show."""

    def __init__(self, database: Database) -> None:
        """Take the record's database."""
        self._database = database

    def find(self, words: str, limit: int = 100) -> list[Hit]:
        """Utterances that hold every word, best first.

        Args:
            words: As typed; the last word may be the beginning of one. Case, accents
                and punctuation do not matter.
            limit: At most so many.

        Raises:
            UserError: The record cannot be read.
        """
        query = _query(words)
        if not query:
            return []
        found = self._database.rows(
            "SELECT utterance.session, utterance.transcript, number, speaker,"
            "   start_ms, end_ms, utterance.text"
            " FROM utterance_text JOIN utterance ON row = utterance_text.rowid"
            "   JOIN session ON session.id = utterance.session"
            "   AND session.transcript = utterance.transcript"
            " WHERE utterance_text MATCH ? AND NOT EXISTS ("
            # Hidden, soon to be destroyed.
            "   SELECT 1 FROM erasure WHERE erasure.session = utterance.session"
            "   AND utterance.start_ms < erasure.end_ms"
            "   AND utterance.end_ms > erasure.start_ms)"
            " ORDER BY rank, row DESC LIMIT ?",
            (query, limit),
        )
        return [
            Hit(
                session=session,
                utterance_id=UtteranceId(transcript, number),
                speaker=Speaker(speaker),
                span=Span(Millis(start), Millis(end)),
                text=text,
            )
            for session, transcript, number, speaker, start, end, text in found
        ]


def _query(words: str) -> str:
    """The typed words as an FTS5 query: each quoted, so that none is an operator."""
    # A word without a letter or digit has no token, and FTS5 would match nothing.
    terms = [word for word in words.split() if any(map(str.isalnum, word))]
    quoted = ['"' + term.replace('"', " ").replace("\0", " ") + '"' for term in terms]
    return " ".join(quoted) + "*" if quoted else ""
