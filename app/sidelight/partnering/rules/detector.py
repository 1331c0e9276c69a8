"""The rules detector: cues add up sentence by sentence, the best sentence speaks.

A kind is considered in a sentence when one of its signs fires there. Its log-odds are
then a constant plus the strongest sign, part of the other signs, and all shades. The
weights are set by hand on sentences of our own (``tests/data/partnering``), so that a
confidence reads like a probability, but nobody has fitted them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import DIRECTION, PROCESS_KINDS, TOOK_BACK
from sidelight.domain.transcript import Speaker
from sidelight.partnering.judgement import Finding, Judgement
from sidelight.partnering.kind import Group, Kind
from sidelight.partnering.reading import Sentence, read
from sidelight.partnering.rules.cue import Cue, Role
from sidelight.partnering.rules.forms import form_of
from sidelight.partnering.rules.situation import facts_of_sentence, facts_of_turn
from sidelight.partnering.rules.took_back import taken_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidelight.partnering.context import Context, Turn

VERSION: Final = "rules-1"

START: Final = -2.4
"""Log-odds of a kind before anything fired: most sentences are none."""

OTHER_SIGNS: Final = 0.4
"""Share that further signs of a kind add: they often see the same words."""

ROOM: Final = -0.8
"""Added where the speaker is unknown: the words alone must be decisive. What this alone
keeps from counting is hollow."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One kind in one sentence."""

    kind: str
    sentence: int
    log_odds: float
    cues: tuple[Cue, ...]

    @property
    def confidence(self) -> float:
        return 1.0 / (1.0 + math.exp(-self.log_odds))


class RulesDetector:
    """Judges turns by cues.

    Attributes:
        version: Name and version, kept with every moment.
    """

    def __init__(self, kinds: tuple[Kind, ...], cues: tuple[Cue, ...]) -> None:
        self.version: str = VERSION
        self._kinds = {kind.id: kind for kind in kinds if not kind.needs_sound}
        self._process = _about(cues, PROCESS_KINDS)
        self._in_room = frozenset(
            kind.id for kind in kinds if kind.group in (Group.PROCESS, Group.PARTNERING)
        )
        self._partnering = _about(cues, self._in_room - set(PROCESS_KINDS))
        self._others = _about(cues, self._kinds.keys() - self._in_room)

    def judge(self, turn: Turn, context: Context) -> Judgement:
        """What this turn leaves with the client. A client's turn leaves nothing."""
        sentences = read(turn.text)
        if turn.speaker is Speaker.CLIENT or not sentences:
            return Judgement()
        facts = facts_of_turn(turn, context, sentences)
        best = self._best(self._process, sentences, facts)
        handed = {kind: case for kind, case in best.items() if self._counts(case)}
        if handed:
            best |= self._without_taken_back(handed, sentences)
            facts |= {"handed_over_here"}
        best |= self._best(self._partnering, sentences, facts)
        if any(kind in self._in_room and self._counts(best[kind]) for kind in best):
            facts |= {"partners"}
        best |= self._best(self._others, sentences, facts)
        return self._judgement(best, sentences, turn.speaker)

    def _best(
        self,
        cues: tuple[Cue, ...],
        sentences: tuple[Sentence, ...],
        facts: frozenset[str],
    ) -> dict[str, _Case]:
        """The strongest case for each kind that any sign speaks for."""
        best: dict[str, _Case] = {}
        signs = [cue for cue in cues if cue.role is Role.SIGN]
        shades = [cue for cue in cues if cue.role is Role.SHADE]
        for number, sentence in enumerate(sentences):
            known = facts | facts_of_sentence(number, sentences)
            fired = [cue for cue in signs if _fires(cue, sentence, known)]
            kinds = {kind for cue in fired for kind in cue.weights}
            fired += [
                cue
                for cue in shades
                if kinds & cue.weights.keys() and _fires(cue, sentence, known)
            ]
            for case in _cases(number, fired, room="room" in known):
                if case.kind not in best or case.log_odds > best[case.kind].log_odds:
                    best[case.kind] = case
        return best

    def _counts(self, case: _Case) -> bool:
        return case.confidence >= self._kinds[case.kind].threshold

    @staticmethod
    def _without_taken_back(
        handed: dict[str, _Case], sentences: tuple[Sentence, ...]
    ) -> dict[str, _Case]:
        """Process cases whose question the turn answers become one ``took_back``."""
        newest = max(case.sentence for case in handed.values())
        if taken_back(newest, sentences) is None:
            return {}
        strongest = max(handed.values(), key=lambda case: case.log_odds)
        lost = {
            kind: _Case(kind, case.sentence, -case.log_odds, case.cues)
            for kind, case in handed.items()
        }
        back = _Case(TOOK_BACK, strongest.sentence, strongest.log_odds, ())
        return lost | {TOOK_BACK: back}

    def _judgement(
        self,
        best: Mapping[str, _Case],
        sentences: tuple[Sentence, ...],
        speaker: Speaker,
    ) -> Judgement:
        findings = []
        form = None
        for kind in self._kinds.values():
            case = best.get(kind.id)
            if case is None or not self._counts(case):
                continue
            if speaker is Speaker.UNKNOWN and kind.id not in self._in_room:
                continue
            sentence = sentences[case.sentence]
            findings.append(_finding(kind, case, sentence))
            if kind.id == DIRECTION:
                form = form_of(sentence, sentences)
        room = speaker is Speaker.UNKNOWN
        hollow = self._hollow(best, sentences) if room else ()
        scores = {
            kind: round(best[kind].confidence, 3) if kind in best else 0.0
            for kind in self._kinds
        }
        return Judgement(tuple(findings), form, hollow, MappingProxyType(scores))

    def _hollow(
        self, best: Mapping[str, _Case], sentences: tuple[Sentence, ...]
    ) -> tuple[Finding, ...]:
        """Process kinds that only not knowing who speaks keeps from counting."""
        found = []
        for id_ in PROCESS_KINDS:
            case = best.get(id_)
            if case is None or self._counts(case):
                continue
            surely = replace(case, log_odds=case.log_odds - ROOM)
            if self._counts(surely) and taken_back(case.sentence, sentences) is None:
                found.append(_finding(self._kinds[id_], case, sentences[case.sentence]))
        return tuple(found)


def _about(cues: tuple[Cue, ...], kinds: Iterable[str]) -> tuple[Cue, ...]:
    wanted = frozenset(kinds)
    return tuple(cue for cue in cues if wanted & cue.weights.keys())


def _fires(cue: Cue, sentence: Sentence, facts: frozenset[str]) -> bool:
    if not cue.when <= facts or cue.unless & facts:
        return False
    return cue.phrases is None or cue.phrases.find(sentence.line) is not None


def _cases(number: int, fired: list[Cue], *, room: bool) -> list[_Case]:
    """A case for every kind that a sign speaks for."""
    kinds = dict.fromkeys(
        kind for cue in fired if cue.role is Role.SIGN for kind in cue.weights
    )
    found = []
    for kind in kinds:
        about = sorted(
            (cue for cue in fired if kind in cue.weights),
            key=lambda cue: -cue.weights[kind],
        )
        signs = [cue.weights[kind] for cue in about if cue.role is Role.SIGN]
        shades = [cue.weights[kind] for cue in about if cue.role is Role.SHADE]
        log_odds = (
            START
            + signs[0]
            + OTHER_SIGNS * sum(signs[1:])
            + sum(shades)
            + (ROOM if room else 0.0)
        )
        found.append(_Case(kind, number, log_odds, tuple(about)))
    return found


def _finding(kind: Kind, case: _Case, sentence: Sentence) -> Finding:
    return Finding(
        kind.id, round(case.confidence, 3), sentence.place, _reason(kind, case)
    )


def _reason(kind: Kind, case: _Case) -> str:
    """What fired, in words: at most two different sayings."""
    said = dict.fromkeys(
        cue.says for cue in case.cues if cue.says and cue.weights[kind.id] > 0
    )
    return "; ".join(list(said)[:2]) or kind.reason
