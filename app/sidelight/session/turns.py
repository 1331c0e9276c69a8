"""Which turn something was said in: cut as the detector cuts, from stored events."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import MomentNoticed, UtteranceHeard
from sidelight.domain.transcript import (
    LIVE_TRANSCRIPT,
    Doubt,
    Speaker,
    Utterance,
    UtteranceId,
)
from sidelight.partnering.context import Conversation

if TYPE_CHECKING:
    from sidelight.domain.events import Event
    from sidelight.domain.timeline import Span
    from sidelight.partnering.context import Turn

_REMEMBERED: Final = 16
"""Turns; what the coach says about one with a key is about the last of them."""


class Turns:
    """The newest turns that may be the coach's."""

    def __init__(self) -> None:
        self._conversation = Conversation()
        self._newest: Turn | None = None
        self._labels: frozenset[str] = frozenset()
        self._turns: deque[Turn] = deque(maxlen=_REMEMBERED)

    def after(self, event: Event) -> None:
        """Take the next event."""
        match event:
            case UtteranceHeard(utterance=said) if said.doubt is not Doubt.ECHO:
                self._hear(said)
            case MomentNoticed(moment=moment) if self._newest is not None:
                # It decides what a "yes" is: an answer to this, or only listening.
                self._labels |= {moment.kind}
                self._conversation.note(self._newest, self._labels)
            case _:
                pass

    def around(self, speech: Span, speaker: Speaker) -> Span:
        """The whole turn that this is part of, as far as it is known.

        Args:
            speech: Of an utterance that was heard, or of words that are not final yet.
            speaker: Whose.
        """
        for turn in reversed(self._turns):
            if turn.span.overlaps(speech):
                return turn.span
        coming = Utterance(UtteranceId(LIVE_TRANSCRIPT, 0), speaker, speech, (), "")
        turn, _ = self._conversation.with_more(coming)
        return turn.span

    def _hear(self, said: Utterance) -> None:
        turn, _ = self._conversation.hear(said)
        before, self._newest = self._newest, turn
        if before is None or before.utterances[0].id != turn.utterances[0].id:
            self._labels = frozenset()
        if said.speaker is Speaker.CLIENT:
            return
        if self._turns and self._turns[-1].utterances[0].id == turn.utterances[0].id:
            self._turns.pop()
        self._turns.append(turn)
