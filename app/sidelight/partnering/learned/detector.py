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
from sidelight.partnering.learned.views import views
from sidelight.partnering.reading import read
from sidelight.partnering.replies import is_backchannel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.learned.encoding import Encoded, WordPieces
    from sidelight.partnering.learned.lessons import Lessons
    from sidelight.partnering.learned.model import Read

_FORM_WORDS: Final = {
    Form.OPEN: "leaves the choice open",
    Form.MENU_OPEN: "names possibilities and leaves a way out",
    Form.NARROW: "offers one way, or a list without a way out",
}


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
        seen = views(self._model.pieces, turn, context)
        reads = self._model.read(seen)
        scores = self._scores(reads)
        return self._judgement(turn, scores, seen[0], reads)

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
        scores: Mapping[str, float],
        whole: Encoded,
        reads: Sequence[Read],
    ) -> Judgement:
        kinds = self._counting(scores)
        room = turn.speaker is Speaker.UNKNOWN
        hollow: list[Kind] = []
        if room:
            sure = [kind for kind in kinds if self._decisive(kind, scores)]
            hollow = [kind for kind in kinds if kind.clock and kind not in sure]
            kinds = sure
        places = self._places(turn, (*kinds, *hollow), whole, reads[0])
        surest = max(reads, key=lambda one: float(one.scores.max()))
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
        self, turn: Turn, kinds: Sequence[Kind], whole: Encoded, one: Read
    ) -> dict[str, tuple[int, int]]:
        """For each kind the sentence whose words speak most for it, in the mean."""
        sentences = [sentence.place for sentence in read(turn.text)]
        if len(sentences) <= 1:
            only = sentences[0] if sentences else (0, len(turn.text))
            return {kind.id: only for kind in kinds}
        within = [
            [at for at, (start, _) in enumerate(whole.places) if first <= start < end]
            for first, end in sentences
        ]
        return {
            kind.id: sentences[self._best(kind.id, within, one.worth)] for kind in kinds
        }

    def _best(
        self, kind: str, within: Sequence[list[int]], worth: NDArray[np.float32]
    ) -> int:
        if kind not in self._model.labels:
            return len(within) - 1
        row = worth[self._model.labels.index(kind)]
        means = [float(row[at].mean()) if at else -math.inf for at in within]
        return max(range(len(within)), key=means.__getitem__)


def _sigmoid(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
