"""Full-text search over every utterance of a record.

Hits come newest first, not best first: with one utterance a hit there is little to rank
by, and ranking has to read every place of a word before it can show one. "Where did we
talk about the key?" is answered by when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker, UtteranceId

if TYPE_CHECKING:
    from sidelight.record.database import Database

LOOKED_AT: Final = 1_000
"""Of a word that is everywhere, only the places that were stored last are sorted."""

LEAST_BEGINNING: Final = 3
"""Letters from which on the last word may be the beginning of one: fewer begin so many
words that finding them all takes seconds."""

_AROUND: Final = 14
"""Words of an utterance that a snippet shows."""

_OPEN, _SHUT = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a snippet.

    Attributes:
        text: As it was said.
        found: Whether it was looked for.
    """

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An utterance that was found.

    Attributes:
        session: The id of its session.
        started_at: When that session began.
        client: Whose it was, or ``""``.
        utterance_id: Which utterance.
        speaker: Who said it.
        span: When.
        text: What was said.
        snippet: The part of it around what was found, with an ellipsis where it was
            cut.
    """

    session: str
    started_at: datetime
    client: str
    utterance_id: UtteranceId
    speaker: Speaker
    span: Span
    text: str
    snippet: tuple[Piece, ...]


class Search:
    """Finds utterances by their words, in the transcripts that the sessions show."""

    def __init__(self, database: Database) -> None:
        """Take the record's database."""
        self._database = database

    def find(self, words: str, limit: int = 100) -> list[Hit]:
        """Utterances that hold every word: the newest session first, each in order.

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
            "SELECT utterance.session, started_at, client, utterance.transcript,"
            "   number, speaker, start_ms, end_ms, utterance.text, snip"
            " FROM (SELECT rowid AS at,"
            "   snippet(utterance_text, 0, ?, ?, '…', ?) AS snip"
            "   FROM utterance_text WHERE utterance_text MATCH ?"
            "   ORDER BY rowid DESC LIMIT ?)"
            "   JOIN utterance ON row = at"
            "   JOIN session ON session.id = utterance.session"
            "   AND session.transcript = utterance.transcript"
            " WHERE NOT EXISTS ("
            # Hidden, soon to be destroyed.
            "   SELECT 1 FROM erasure WHERE erasure.session = utterance.session"
            "   AND utterance.start_ms < erasure.end_ms"
            "   AND utterance.end_ms > erasure.start_ms)"
            " ORDER BY started_at DESC, utterance.session DESC, start_ms LIMIT ?",
            (_OPEN, _SHUT, _AROUND, query, LOOKED_AT, limit),
        )
        return [
            Hit(
                session=session,
                started_at=datetime.fromisoformat(started_at),
                client=client,
                utterance_id=UtteranceId(transcript, number),
                speaker=Speaker(speaker),
                span=Span(Millis(start), Millis(end)),
                text=text,
                snippet=_pieces(snippet),
            )
            for (
                session,
                started_at,
                client,
                transcript,
                number,
                speaker,
                start,
                end,
                text,
                snippet,
            ) in found
        ]


def _pieces(snippet: str) -> tuple[Piece, ...]:
    """A snippet with its marks as pieces."""
    pieces: list[Piece] = []
    for part in snippet.split(_OPEN):
        inside, shut, outside = part.partition(_SHUT)
        if not shut:
            inside, outside = "", part
        pieces += [Piece(inside, found=True), Piece(outside, found=False)]
    return tuple(piece for piece in pieces if piece.text)


def _query(words: str) -> str:
    """The typed words as an FTS5 query: each quoted, so that none is an operator."""
    # What cannot be stored cannot be found: half a sign, as a wrong byte is typed.
    storable = words.encode("utf-8", "replace").decode().replace("\0", " ")
    # A word without a letter or digit has no token, and FTS5 would match nothing.
    terms = [word for word in storable.split() if any(map(str.isalnum, word))]
    if not terms:
        return ""
    last = terms[-1]
    # Each once: pages of text that are pasted would be looked for word by word.
    different = dict.fromkeys(term.casefold() for term in terms[:-1])
    different.pop(last.casefold(), None)
    quoted = ['"' + term.replace('"', " ") + '"' for term in (*different, last)]
    # Where words have one letter or two, or are not written apart, any may begin one.
    may_begin = len(last) >= LEAST_BEGINNING or not last.isascii()
    return " ".join(quoted) + ("*" if may_begin else "")
