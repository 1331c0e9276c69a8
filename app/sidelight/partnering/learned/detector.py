"""The learned detector: the model's scores become findings.

The model judges the turn as it stands so far, and its newest utterance alone with the
rest of the turn as surroundings; what either shows is found. What a turn takes back
does not count. Where the speaker is unknown the words alone must be decisive.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.moments import DIRECTION, PROCESS_KINDS, TOOK_BACK, Form
from sidelight.domain.transcript import Speaker
from sidelight.partnering.judgement import Finding, Judgement
from sidelight.partnering.kind import Group, Kind
from sidelight.partnering.learned.encoding import Encoded, WordPieces, encode
from sidelight.partnering.learned.views import views
from sidelight.partnering.reading import read
from sidelight.partnering.replies import is_backchannel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.learned.lessons import Lessons
    from sidelight.partnering.learned.model import Read
    from sidelight.partnering.reading import Sentence

_FORM_WORDS: Final = {
    Form.OPEN: "leaves the choice open",
    Form.MENU_OPEN: "names possibilities and leaves a way out",
    Form.NARROW: "offers one way, or a list without a way out",
}

_SENTENCES: Final = 8
"""The last ones of a turn, in which its words are looked for."""


class TurnModel(Protocol):
    """What judges: ``learned.model.PartneringModel``."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Kind ids, in the order of ``Read.scores``."""
        ...

    @property
    def forms(self) -> tuple[str, ...]:
        """Form ids, in the order of ``Read.forms``."""
        ...

    @property
    def pieces(self) -> WordPieces:
        """Splits text as the model was trained on it."""
        ...

    @property
    def version(self) -> str:
        """Kept with every moment."""
        ...

    def read(self, turns: Sequence[Encoded]) -> list[Read]:
        """What it makes of each turn."""
        ...


@dataclass(frozen=True, slots=True)
class Room:
    """What it takes where nobody knows who speaks.

    Attributes:
        decisive: Confidence from which a process kind counts; below it, and above the
            kind's own threshold, it is a hollow mark.
    """

    decisive: float


class LearnedDetector:
    """Judges turns by the model.

    Attributes:
        version: Name and version, kept with every moment.
    """

    def __init__(
        self,
        kinds: tuple[Kind, ...],
        model: TurnModel,
        room: Room,
        lessons: Lessons,
    ) -> None:
        """Put together.

        Args:
            kinds: All there are; those that need sound are left out.
            model: Loaded.
            room: For one microphone.
            lessons: What this coach taught, and the kinds the model does not know yet.
        """
        self.version: str = model.version
        self._model = model
        self._room = room
        self._lessons = lessons
        self._kinds = {kind.id: kind for kind in kinds if not kind.needs_sound}
        self._in_room = frozenset(
            kind.id for kind in kinds if kind.group in (Group.PROCESS, Group.PARTNERING)
        )

    def judge(self, turn: Turn, context: Context) -> Judgement:
        """What this turn leaves with the client. A client's turn leaves nothing."""
        if turn.speaker is Speaker.CLIENT or is_backchannel(turn.text):
            return Judgement()
        reads = self._model.read(views(self._model.pieces, turn, context))
        scores = self._scores(reads)
        surest = max(reads, key=lambda one: float(one.scores.max()))
        return self._judgement(turn, context, scores, surest)

    def _scores(self, reads: Sequence[Read]) -> dict[str, float]:
        """Confidence of every kind: of the views the one that is surest of it."""
        found = dict.fromkeys(self._kinds, 0.0)
        for one in reads:
            known = dict(zip(self._model.labels, one.scores.tolist(), strict=True))
            for kind in self._kinds:
                log_odds = self._lessons.judge(kind, known.get(kind), one.place)
                found[kind] = max(found[kind], _sigmoid(log_odds))
        return found

    def _judgement(
        self,
        turn: Turn,
        context: Context,
        scores: Mapping[str, float],
        surest: Read,
    ) -> Judgement:
        kinds = self._counting(scores)
        room = turn.speaker is Speaker.UNKNOWN
        hollow: list[Kind] = []
        if room:
            sure = [kind for kind in kinds if self._decisive(kind, scores)]
            hollow = [kind for kind in kinds if kind.clock and kind not in sure]
            kinds = sure
        places = self._places(turn, context, (*kinds, *hollow))
        form = self._form(surest) if any(k.id == DIRECTION for k in kinds) else None

        def finding(kind: Kind) -> Finding:
            words = _FORM_WORDS[form] if form and kind.id == DIRECTION else ""
            reason = "; ".join(filter(None, (kind.reason, words)))
            return Finding(kind.id, round(scores[kind.id], 3), places[kind.id], reason)

        return Judgement(
            tuple(map(finding, kinds)),
            form,
            tuple(map(finding, hollow)),
            MappingProxyType({kind: round(score, 3) for kind, score in scores.items()}),
        )

    def _counting(self, scores: Mapping[str, float]) -> list[Kind]:
        """The kinds that reach their threshold; what is taken back does not count."""
        found = [k for k in self._kinds.values() if scores[k.id] >= k.threshold]
        process = [k for k in found if k.id in PROCESS_KINDS]
        back = [k for k in found if k.id == TOOK_BACK]
        if process and back:
            handed = max(scores[k.id] for k in process)
            gone = process if scores[TOOK_BACK] >= handed else back
            found = [k for k in found if k not in gone]
        return found

    def _decisive(self, kind: Kind, scores: Mapping[str, float]) -> bool:
        if kind.id not in self._in_room:
            return False
        return not kind.clock or scores[kind.id] >= self._room.decisive

    def _form(self, one: Read) -> Form:
        return Form(self._model.forms[int(one.forms.argmax())])

    def _places(
        self, turn: Turn, context: Context, kinds: Sequence[Kind]
    ) -> dict[str, tuple[int, int]]:
        """For each kind the range of characters that speaks most for it."""
        sentences = read(turn.text)[-_SENTENCES:]
        if len(sentences) <= 1 or not kinds:
            whole = sentences[0].place if sentences else (0, len(turn.text))
            return {kind.id: whole for kind in kinds}
        reads = self._model.read(
            [
                encode(
                    self._model.pieces,
                    turn.text[slice(*sentence.place)],
                    turn.speaker,
                    (),
                    context.turns,
                )
                for sentence in sentences
            ]
        )
        return {kind.id: self._best(kind, sentences, reads) for kind in kinds}

    def _best(
        self, kind: Kind, sentences: Sequence[Sentence], reads: Sequence[Read]
    ) -> tuple[int, int]:
        if kind.id not in self._model.labels:
            return sentences[-1].place
        at = self._model.labels.index(kind.id)
        best = max(range(len(reads)), key=lambda n: float(reads[n].scores[at]))
        return sentences[best].place


def _sigmoid(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
