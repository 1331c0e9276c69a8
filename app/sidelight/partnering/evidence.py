"""From characters in a turn to sound: which words, which utterances, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.timeline import Span

if TYPE_CHECKING:
    from sidelight.domain.transcript import Utterance, UtteranceId
    from sidelight.partnering.context import Turn


def _heard(utterance: Utterance, start: int, end: int) -> Span:
    """When these characters of the utterance sound; all of it if its words differ."""
    at = 0
    spans = []
    for word in utterance.words:
        found = utterance.text.find(word.text, at)
        if found < 0:
            return utterance.span
        at = found + len(word.text)
        if found < end and start < at:
            spans.append(word.span)
    if not spans:
        return utterance.span
    first = max(min(span.start for span in spans), utterance.span.start)
    last = min(max(span.end for span in spans), utterance.span.end)
    return Span(first, last) if first <= last else utterance.span


def evidence(
    turn: Turn, quote: tuple[int, int]
) -> tuple[Span, tuple[UtteranceId, ...], str]:
    """Where a quote of ``turn.text`` sounds, its utterances, and its words."""
    start, end = quote
    touched = [
        (utterance, _heard(utterance, start - first, end - first))
        for utterance, first, last in turn.pieces()
        if start < last and first < end
    ]
    if not touched:
        newest = turn.utterances[-1]
        return newest.span, (newest.id,), newest.text
    span = touched[0][1]
    for _, other in touched[1:]:
        span = span.hull(other)
    ids = tuple(utterance.id for utterance, _ in touched)
    return span, ids, turn.text[start:end].strip()
