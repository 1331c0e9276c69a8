"""What the coach decided about a session, as lessons: where the decided turns lie.

The session is heard once more from its utterances, turn by turn, as the detector heard
it. A moment that the coach confirmed, corrected or added is an example of its kind; one
that was removed, or is something else, is an example against what it was taken for. So
the lessons are a function of the session's events and of the model: they can be made
again at any time, and what is undone is simply not among them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sidelight.domain.decisions import subject
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.partnering.context import Conversation
from sidelight.partnering.detector import DECISIVE
from sidelight.partnering.kinds import KINDS
from sidelight.partnering.learned.detector import LearnedDetector, Room
from sidelight.partnering.learned.encoding import encode
from sidelight.partnering.learned.examples import shown
from sidelight.partnering.learned.lessons import Lesson, Lessons, Taught
from sidelight.partnering.learned.views import looked_at, views
from sidelight.partnering.rereading import labels_of, read_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import UtteranceId
    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.learned.model import PartneringModel, Read

_HEARD_ONLY = frozenset(kind.id for kind in KINDS if kind.needs_sound)


@dataclass(frozen=True, slots=True)
class Point:
    """What one decided moment teaches.

    Attributes:
        at: The last utterance that it rests on.
        kind: Kind id.
        positive: Whether it is of the kind.
    """

    at: UtteranceId
    kind: str
    positive: bool


def points(story: Story) -> list[Point]:
    """What the decisions of a session that hold have to teach, in order."""
    before = {m.id: m for m in (*story.found.counting, *story.found.hollow)}
    now = {moment.id: moment for moment in story.moments}
    found: list[Point] = []
    for moment_id in dict.fromkeys(map(subject, story.decided.standing)):
        if moment_id is None:
            continue  # it was about words
        was, is_ = before.get(moment_id), now.get(moment_id)
        if is_ is not None:
            found += _point(is_, positive=True)
        if was is not None and (is_ is None or is_.kind != was.kind):
            found += _point(was, positive=False)
    return found


def _point(moment: Moment, *, positive: bool) -> list[Point]:
    if not moment.utterance_ids or moment.kind in _HEARD_ONLY:
        return []  # there are no words to learn from
    return [Point(moment.utterance_ids[-1], moment.kind, positive)]


@dataclass(slots=True)
class _Learning:
    """The turn that is being heard, and what was said in it that it is not."""

    first: UtteranceId | None = None
    against: list[Point] = field(default_factory=list)


class Teacher:
    """Finds where turns lie. Thread: one at a time.

    Args:
        model: Loaded.
        quiet: Places that lessons must not reach; see ``learned.lessons.Lessons``.

    Attributes:
        version: Of the model; places of another version mean nothing to it.
    """

    def __init__(
        self, model: PartneringModel, quiet: NDArray[np.float32] | None = None
    ) -> None:
        self.version: str = model.version
        self._model = model
        self._quiet = quiet

    def taught(self, story: Story) -> list[Taught]:
        """Every lesson of a session, in order of time; none where no words were kept.

        Args:
            story: Of the chosen version of its transcript.
        """
        wanted: dict[UtteranceId, list[Point]] = {}
        for point in points(story):
            wanted.setdefault(point.at, []).append(point)
        if not wanted:
            return []
        conversation, learning = Conversation(), _Learning()
        labels = labels_of(story)
        found: list[Taught] = []
        for utterance in story.utterances:
            if utterance.doubt is Doubt.ECHO or not utterance.text:
                continue
            turn, context = conversation.hear(utterance)
            conversation.note(
                turn,
                frozenset().union(*(labels.get(u.id, ()) for u in turn.utterances)),
            )
            if turn.speaker is Speaker.CLIENT:
                continue
            if turn.utterances[0].id != learning.first:
                learning = _Learning(turn.utterances[0].id)
            here = wanted.get(utterance.id, [])
            if here or learning.against:
                found += self._lessons(turn, context, here, learning.against)
            learning.against += [point for point in here if not point.positive]
        return found

    def read_again(
        self, story: Story, asked: frozenset[UtteranceId], lessons: Sequence[Lesson]
    ) -> list[Moment]:
        """What these utterances show, now that they are the coach's.

        Args:
            story: As its words are shown.
            asked: Utterances of it.
            lessons: What this model was taught.
        """
        known = Lessons(lessons, shown(self._model, KINDS), self._quiet)
        detector = LearnedDetector(KINDS, self._model, Room(DECISIVE), known)
        return read_again(detector, story, asked)

    def places(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Where wordings of the coach's lie by themselves, nothing said before them."""
        pieces = self._model.pieces
        return [
            read.place
            for text in texts
            # One by one: what a text is padded with must not move it.
            for read in self._model.read([encode(pieces, text, Speaker.COACH, ())])
        ]

    def _lessons(
        self,
        turn: Turn,
        context: Context,
        here: Sequence[Point],
        against: Sequence[Point],
    ) -> Iterator[Taught]:
        reads = self._model.read(views(self._model.pieces, turn, context))
        span = looked_at(turn, context)

        def taught(point: Point, read: Read) -> Taught:
            lesson = Lesson(point.kind, read.place, point.positive)
            return Taught(span, turn.text, self.version, lesson)

        for point in here:
            if point.positive:
                yield taught(point, self._surest(point.kind, reads))
            else:
                yield from (taught(point, read) for read in reads)
        # The turn went on after what it is not: all of it is not that either.
        yield from (taught(point, reads[0]) for point in against)

    def _surest(self, kind: str, reads: Sequence[Read]) -> Read:
        """The view that shows most of the kind; of an unknown kind the newest."""
        if kind not in self._model.labels:
            return reads[-1]
        at = self._model.labels.index(kind)
        return max(reads, key=lambda read: float(read.scores[at]))
