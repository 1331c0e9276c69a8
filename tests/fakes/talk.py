"""Conversations in a few lines: utterances with plausible times from plain text."""

from __future__ import annotations

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId, Word

WORD_MS = 300
PAUSE_MS = 700


class Talk:
    """Makes the utterances of one conversation, one after the other."""

    def __init__(self) -> None:
        self._at = 0
        self._number = 0

    def says(
        self, speaker: Speaker, text: str, *, after_ms: int = PAUSE_MS
    ) -> Utterance:
        """The next utterance, ``after_ms`` after the last (negative: overlaps)."""
        self._number += 1
        at = max(0, self._at + after_ms)
        words = []
        for word in text.split():
            words.append(Word(word, Span(Millis(at), Millis(at + WORD_MS - 20)), 0.9))
            at += WORD_MS
        span = Span(words[0].span.start, words[-1].span.end)
        self._at = max(self._at, at)
        return Utterance(
            UtteranceId(1, self._number),
            speaker,
            span,
            tuple(words),
            " ".join(text.split()),
        )

    def coach(self, text: str, *, after_ms: int = PAUSE_MS) -> Utterance:
        """The coach's next utterance."""
        return self.says(Speaker.COACH, text, after_ms=after_ms)

    def client(self, text: str, *, after_ms: int = PAUSE_MS) -> Utterance:
        """The client's next utterance."""
        return self.says(Speaker.CLIENT, text, after_ms=after_ms)

    def room(self, text: str, *, after_ms: int = PAUSE_MS) -> Utterance:
        """Somebody's next utterance, heard by one microphone."""
        return self.says(Speaker.UNKNOWN, text, after_ms=after_ms)
