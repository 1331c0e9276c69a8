"""The conversation as it is heard: every final utterance in, findings out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.domain.events import (
    MomentNoticed,
    MomentWithdrawn,
    RequestHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import (
    DIRECTION,
    PROCESS_KINDS,
    TOOK_BACK,
    Moment,
    MomentId,
    Origin,
)
from sidelight.partnering.arming import Arming
from sidelight.partnering.context import Conversation
from sidelight.partnering.episodes import Episodes
from sidelight.partnering.evidence import evidence
from sidelight.partnering.request import Requests

if TYPE_CHECKING:
    from sidelight.domain.known import Known
    from sidelight.domain.moments import MomentArmed
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import Partial, Utterance, UtteranceId
    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.detector import Detector
    from sidelight.partnering.judgement import Finding, Judgement

Heard = MomentNoticed | MomentWithdrawn | RequestHeard


class Listener:
    """Turns utterances into moments; deterministic, without a clock.

    A turn is judged again with each of its utterances. Whatever is found for the first
    time is noticed; a hand-over that the turn itself takes back is withdrawn; what was
    noticed stays noticed otherwise. Where nobody can tell who speaks, a hand-over that
    the words alone do not decide is a hollow mark: it places no episode and resets no
    clock.
    """

    def __init__(self, detector: Detector, transcript: int = 1) -> None:
        self._detector = detector
        self._transcript = transcript
        self._conversation = Conversation()
        self._arming = Arming(detector, transcript)
        self._episodes = Episodes()
        self._requests = Requests()
        self._moments = 0
        self._turn: UtteranceId | None = None
        self._noticed: dict[str, Moment] = {}
        self._hollow: dict[str, Moment] = {}

    def hear(self, utterance: Utterance, at: Millis) -> list[Heard]:
        """Take the next final utterance.

        Args:
            utterance: In order of decision.
            at: Position of the sound when it became final; stamped on the events.

        Returns:
            What it changes, in order of decision.
        """
        turn, context = self._conversation.hear(utterance)
        events: list[Heard] = []
        request = self._requests.hear(turn, context)
        if request is not None:
            events.append(RequestHeard(at, *evidence(turn, request)))
        judgement = self._detector.judge(turn, context)
        self._conversation.note(turn, frozenset(judgement.labels))
        if not judgement.findings and not judgement.hollow:
            return events
        if turn.utterances[0].id != self._turn:
            self._turn = turn.utterances[0].id
            self._noticed = {}
            self._hollow = {}
        events += self._withdrawn(judgement, at)
        events += self._found(judgement, turn, context, at)
        events += self._marked(judgement, turn, at)
        return events

    def foresee(self, partial: Partial) -> list[MomentArmed]:
        """What the partial's stable words prepare; no event depends on it."""
        noticed = {} if self._turn is None else {self._turn: frozenset(self._noticed)}
        return self._arming.foresee(partial, self._conversation, noticed)

    def resume(self, known: Known) -> None:
        """Rebuild the context after a restart; what it finds was noticed before."""
        for utterance in known.utterances:
            self.hear(utterance, utterance.span.end)
        # Numbers are those that were given, which erased moments have taken with them.
        given = {
            (m.kind, m.utterance_ids): m
            for m in known.moments
            if m.origin is Origin.DETECTOR and not m.hollow
        }
        self._moments = max(self._moments, known.last_moment)
        self._noticed = {
            kind: given.get((kind, moment.utterance_ids)) or self._unstored(moment)
            for kind, moment in self._noticed.items()
        }
        self._episodes.resume(known.last_episode)

    def _unstored(self, moment: Moment) -> Moment:
        """It counts by the coach's word: no other moment has this number."""
        self._moments += 1
        return replace(moment, id=MomentId(self._transcript, self._moments))

    def _withdrawn(self, judgement: Judgement, at: Millis) -> list[Heard]:
        if TOOK_BACK not in judgement.labels:
            return []
        gone = [kind for kind in PROCESS_KINDS if kind in self._noticed]
        return [
            MomentWithdrawn(at, self._noticed.pop(kind).id, WithdrawalCause.TOOK_BACK)
            for kind in gone
            if kind not in judgement.labels
        ]

    def _found(
        self, judgement: Judgement, turn: Turn, context: Context, at: Millis
    ) -> list[Heard]:
        new = [f for f in judgement.findings if f.kind not in self._noticed]
        process = frozenset(f.kind for f in new if f.kind in PROCESS_KINDS)
        episode = self._episodes.place(process, turn, context) if process else None
        events: list[Heard] = []
        for finding in new:
            moment = replace(
                self._moment(finding, turn),
                form=judgement.form if finding.kind == DIRECTION else None,
                episode=episode if finding.kind in process else None,
            )
            self._noticed[finding.kind] = moment
            events.append(MomentNoticed(at, moment))
        return events

    def _marked(self, judgement: Judgement, turn: Turn, at: Millis) -> list[Heard]:
        """Hollow marks: once a turn, and not beside a moment that counts."""
        known = self._noticed.keys() | self._hollow.keys()
        events: list[Heard] = []
        for finding in judgement.hollow:
            if finding.kind not in known:
                moment = replace(self._moment(finding, turn), hollow=True)
                self._hollow[finding.kind] = moment
                events.append(MomentNoticed(at, moment))
        return events

    def _moment(self, finding: Finding, turn: Turn) -> Moment:
        self._moments += 1
        span, utterance_ids, quote = evidence(turn, finding.quote)
        return Moment(
            id=MomentId(self._transcript, self._moments),
            kind=finding.kind,
            form=None,
            episode=None,
            span=span,
            transcript=self._transcript,
            utterance_ids=utterance_ids,
            quote=quote,
            confidence=finding.confidence,
            reason=finding.reason,
            detector_version=self._detector.version,
        )
