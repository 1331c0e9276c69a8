"""Reads utterances once more that somebody else was thought to have said.

The session is heard again, turn by turn, as the detector heard it; it is asked only
where such an utterance is. What it finds in the words around them was found before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.moments import DIRECTION, REREAD, Moment, MomentId
from sidelight.domain.transcript import Doubt
from sidelight.partnering.context import Conversation
from sidelight.partnering.evidence import evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sidelight.domain.story import Story
    from sidelight.domain.transcript import UtteranceId
    from sidelight.partnering.context import Turn
    from sidelight.partnering.detector import Detector
    from sidelight.partnering.judgement import Judgement


def read_again(
    detector: Detector, story: Story, asked: frozenset[UtteranceId]
) -> list[Moment]:
    """What these utterances show, each kind once a turn, in order.

    Args:
        detector: Judges.
        story: As its words are shown, whose they are included.
        asked: Utterances of it.

    Returns:
        Moments without an episode, whose numbers mean nothing.
    """
    conversation = Conversation()
    labels = labels_of(story)
    found: list[Moment] = []
    seen: set[tuple[UtteranceId, str]] = set()
    for utterance in story.utterances:
        if utterance.doubt is Doubt.ECHO or not utterance.text:
            continue
        turn, context = conversation.hear(utterance)
        known = frozenset().union(*(labels.get(u.id, ()) for u in turn.utterances))
        if utterance.id in asked:
            judgement = detector.judge(turn, context)
            known |= frozenset(judgement.labels)
            for moment in _moments(detector, judgement, turn, story.transcript):
                first = (turn.utterances[0].id, moment.kind)
                if asked >= set(moment.utterance_ids) and first not in seen:
                    seen.add(first)
                    found.append(moment)
        conversation.note(turn, known)
    return found


def labels_of(story: Story) -> Mapping[UtteranceId, frozenset[str]]:
    """The kinds that had been found in each utterance."""
    found: dict[UtteranceId, frozenset[str]] = {}
    seen = (*story.found.counting, *(moment for moment, _ in story.found.withdrawn))
    for moment in seen:
        for one in moment.utterance_ids:
            found[one] = found.get(one, frozenset()) | {moment.kind}
    return found


def _moments(
    detector: Detector, judgement: Judgement, turn: Turn, transcript: int
) -> Iterator[Moment]:
    for number, finding in enumerate(judgement.findings):
        span, ids, quote = evidence(turn, finding.quote)
        yield Moment(
            id=MomentId(REREAD, number),
            kind=finding.kind,
            form=judgement.form if finding.kind == DIRECTION else None,
            episode=None,
            span=span,
            transcript=transcript,
            utterance_ids=ids,
            quote=quote,
            confidence=finding.confidence,
            reason=finding.reason,
            detector_version=detector.version,
        )
