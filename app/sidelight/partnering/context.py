"""Turns from utterances, and the conversation before a turn."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.transcript import Speaker
from sidelight.partnering.reading import read, word_set
from sidelight.partnering.replies import is_backchannel

if TYPE_CHECKING:
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Utterance

FLOOR_LEFT_MS: Final = 10_000
"""After so long a silence the floor was the other's: whoever goes on begins a new turn.
Otherwise a lost answer would look like a question that was taken back."""

REMEMBERED: Final = 12
"""Turns kept as context."""

_DANGLING = word_set(
    "a an the to of for with in on at from and or but so we you i is are do does "
    "would could shall should what where how which your my our that like want if "
    "because into about than as by will can"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says before the other really speaks.

    Attributes:
        speaker: Whose; ``UNKNOWN`` where one microphone hears both.
        utterances: In order of decision, at least one.
    """

    speaker: Speaker
    utterances: tuple[Utterance, ...]

    @property
    def text(self) -> str:
        """The utterances' texts, one space between."""
        return " ".join(utterance.text for utterance in self.utterances)

    @property
    def span(self) -> Span:
        """From the first to the last word."""
        first, *others = (utterance.span for utterance in self.utterances)
        for other in others:
            first = first.hull(other)
        return first

    def pieces(self) -> list[tuple[Utterance, int, int]]:
        """Each utterance with the range of characters it has in ``text``."""
        found = []
        at = 0
        for utterance in self.utterances:
            found.append((utterance, at, at + len(utterance.text)))
            at += len(utterance.text) + 1
        return found


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier turn and what was found in it."""

    turn: Turn
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Context:
    """The conversation before a turn.

    Attributes:
        previous: The last real turns, oldest first, at most ``REMEMBERED``.
        turns: How many real turns the session has had before this one.
        heard: Every kind found in the session so far.
    """

    previous: tuple[Past, ...] = ()
    turns: int = 0
    heard: frozenset[str] = frozenset()

    def last(self, speaker: Speaker) -> Past | None:
        """The newest turn of this speaker."""
        return next(
            (p for p in reversed(self.previous) if p.turn.speaker is speaker), None
        )


def _unfinished(text: str) -> bool:
    sentences = read(text)
    return (
        bool(sentences)
        and not text.rstrip().endswith((".", "?", "!"))
        and sentences[-1].words[-1] in _DANGLING
    )


@dataclass(frozen=True, slots=True)
class _Open:
    """A turn that may still go on, and the context it began in."""

    turn: Turn
    context: Context
    labels: frozenset[str] = frozenset()


@dataclass(slots=True)
class Conversation:
    """Builds turns as utterances become final.

    The same speaker's utterances join one turn unless the other speaks a real turn in
    between; a backchannel is none, unless it answers a question. Where the speaker is
    unknown every utterance is a turn, except that an unfinished sentence goes on.
    """

    _open: _Open | None = None
    _context: Context = field(default_factory=Context)

    def hear(self, utterance: Utterance) -> tuple[Turn, Context]:
        """Take the next utterance.

        Returns:
            Its turn so far, and the conversation before that turn.
        """
        going = self._open
        if going is not None and self._goes_on(going.turn, utterance):
            turn = Turn(going.turn.speaker, (*going.turn.utterances, utterance))
            self._open = _Open(turn, going.context, going.labels)
            return turn, going.context
        turn = Turn(utterance.speaker, (utterance,))
        if going is not None and self._only_listens(going, utterance):
            return turn, self._context_with(going)
        self._close()
        self._open = _Open(turn, self._context)
        return turn, self._context

    def with_more(self, utterance: Utterance) -> tuple[Turn, Context]:
        """What ``hear`` would return; nothing is remembered of it."""
        return copy(self).hear(utterance)  # all it holds is frozen

    def note(self, turn: Turn, labels: frozenset[str]) -> None:
        """Remember what was found in the turn, for the turns after it."""
        if self._open is not None and self._open.turn == turn:
            self._open = _Open(turn, self._open.context, labels)

    def _close(self) -> None:
        if self._open is not None:
            self._context = self._context_with(self._open)
            self._open = None

    @staticmethod
    def _context_with(done: _Open) -> Context:
        context = done.context
        return Context(
            (*context.previous, Past(done.turn, done.labels))[-REMEMBERED:],
            context.turns + 1,
            context.heard | done.labels,
        )

    @staticmethod
    def _goes_on(turn: Turn, utterance: Utterance) -> bool:
        if utterance.speaker is not turn.speaker:
            return False
        pause = utterance.span.start - turn.utterances[-1].span.end
        if turn.speaker is Speaker.UNKNOWN:
            return pause < FLOOR_LEFT_MS and _unfinished(turn.utterances[-1].text)
        return pause < FLOOR_LEFT_MS

    @staticmethod
    def _only_listens(going: _Open, utterance: Utterance) -> bool:
        other = going.turn
        if utterance.speaker is Speaker.UNKNOWN or not is_backchannel(utterance.text):
            return False
        newest = other.utterances[-1]
        if utterance.span.start < newest.span.end:
            return True
        sentences = read(newest.text)
        asked = bool(sentences) and sentences[-1].asked
        return not (asked or going.labels & frozenset(PROCESS_KINDS))
