"""What stable words prepare before they are final: read only, told to nobody's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import PROCESS_KINDS, MomentArmed
from sidelight.domain.timeline import Span
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId
from sidelight.partnering.evidence import evidence

if TYPE_CHECKING:
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import Partial
    from sidelight.partnering.context import Conversation
    from sidelight.partnering.detector import Detector

WORTH_JUDGING: Final = 3
"""New stable words that are worth a judgement while more are coming: about a second of
speech. So an utterance of twelve seconds costs about twelve judgements, at most one a
pass. Once every word is stable the speaker has probably stopped, and one new word is
enough: what hands over often stands at the end ("… would you like to go next")."""

_NOT_FINAL: Final = 0
"""No final has this number."""


class Arming:
    """Judges the stable words of one utterance after the other. Knows no events.

    Args:
        detector: The one that judges the finals.
        transcript: Version that the words would be of.
    """

    def __init__(self, detector: Detector, transcript: int) -> None:
        self._detector = detector
        self._id = UtteranceId(transcript, _NOT_FINAL)
        self._of: tuple[Speaker, Millis] | None = None
        self._judged = 0
        self._armed: set[str] = set()

    def foresee(
        self,
        partial: Partial,
        conversation: Conversation,
        known: dict[UtteranceId, frozenset[str]],
    ) -> list[MomentArmed]:
        """What the stable words reach, each process kind once an utterance.

        Where nobody can tell who speaks, hollow ones are armed too: the coach who says
        "I did that" tells it.

        Args:
            partial: The newest of its channel.
            conversation: Before it; left as it is.
            known: Kinds that were noticed in a turn, by its first utterance.
        """
        if partial.speaker is Speaker.CLIENT or not self._grew(partial):
            return []
        turn, context = conversation.with_more(self._utterance(partial))
        judgement = self._detector.judge(turn, context)
        noticed = known.get(turn.utterances[0].id, frozenset())
        found = [
            finding
            for finding in (*judgement.findings, *judgement.hollow)
            if finding.kind in PROCESS_KINDS
            and finding.kind not in self._armed
            and finding.kind not in noticed
        ]
        self._armed.update(finding.kind for finding in found)
        return [
            MomentArmed(one.kind, evidence(turn, one.quote)[0].end) for one in found
        ]

    def _grew(self, partial: Partial) -> bool:
        """Whether enough words are new since the last judgement."""
        utterance = (partial.speaker, partial.start)
        if utterance != self._of:
            self._of, self._judged, self._armed = utterance, 0, set()
        worth = WORTH_JUDGING if partial.stable < len(partial.words) else 1
        if partial.stable < self._judged + worth:
            return False
        self._judged = partial.stable
        return True

    def _utterance(self, partial: Partial) -> Utterance:
        """The stable words, as if they were final."""
        words = partial.words[: partial.stable]
        first, last = words[0].span, words[-1].span
        return Utterance(
            id=self._id,
            speaker=partial.speaker,
            span=Span(first.start, max(first.start, last.end)),
            words=words,
            text=" ".join(word.text for word in words),
        )
