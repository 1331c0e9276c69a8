"""The coach looks at a session afterwards, decides about it, and what that teaches.

One decision is one stored event and the session's lessons as they are then, together or
not at all. So recognition never knows a decision that was taken back, and undoing needs
no more than what stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from sidelight.domain.clock_time import clock
from sidelight.domain.decisions import Decisions, places
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    AboutMoment,
    AboutWords,
    DecisionRestored,
    DecisionTakenBack,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentRemoved,
    PassagesMerged,
    PassageSplit,
    SpeakerChanged,
    StoredEvent,
    UtteranceHeard,
    WordsEdited,
)
from sidelight.domain.known import Known
from sidelight.domain.moments import (
    ADDED,
    DIRECTION,
    PROCESS_KINDS,
    Form,
    Moment,
    MomentId,
    Origin,
)
from sidelight.domain.session import Mode, Session
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.domain.versions import as_chosen, in_version
from sidelight.partnering.kinds import KINDS, kind
from sidelight.session.decision_acts import (
    AddMissed,
    ConfirmMoment,
    CorrectMoment,
    DecisionAct,
    RedoDecision,
    RemoveMoment,
    UndoDecision,
)
from sidelight.session.word_acts import (
    ChangeSpeaker,
    EditWords,
    MergePassages,
    SplitPassage,
)
from sidelight.session.word_decisions import Rereading, about_words, with_found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.events import Decision
    from sidelight.domain.transcript import Utterance
    from sidelight.partnering.learned.lessons import Lesson, Taught
    from sidelight.session.word_acts import WordAct

    Decided = Decision | DecisionTakenBack | DecisionRestored

NEAR_MS: Final = 5_000
"""A moment is added to the words at the named time, or so close to it: a time is read
off a clock that shows seconds, and people name when it began, more or less."""

_ADDED_REASON: Final = "you added it"


class DecidedFiles(Protocol):
    """What of a session's store is decided with: ``record.events.SessionStore``."""

    @property
    def session(self) -> Session:
        """Its fixed facts."""
        ...

    def events(self, after: int = 0) -> list[StoredEvent]:
        """Of the version of the transcript that is shown."""
        ...

    def every_version(self) -> list[StoredEvent]:
        """Of all versions."""
        ...

    def next_decision(self) -> int:
        """A number that no decision has."""
        ...

    def decide(self, event: Decided, lessons: Sequence[Taught] | None) -> StoredEvent:
        """Store a decision with what it teaches."""
        ...

    def known_lessons(self, model: str) -> tuple[Lesson, ...]:
        """What this model was taught, in all sessions."""
        ...


class Teaching(Rereading, Protocol):
    """Makes lessons: ``partnering.learned.teaching.Teacher``."""

    def taught(self, story: Story) -> list[Taught]:
        """Every lesson of a session."""
        ...


OpenTeaching = Callable[[], Teaching | None]
"""``None``: there is no model that could be taught."""


def nobody_teaches() -> Teaching | None:
    """Where there is no model, or nobody decides."""
    return None


class Decider:
    """Decides about the moments and words of one session.

    Thread: the one that writes the record.

    Args:
        files: Of the session.
        teacher: Makes lessons; ``None``: there is no model that could be taught, and
            what is decided now is learned once there is one.
    """

    def __init__(self, files: DecidedFiles, teacher: Teaching | None) -> None:
        self._files = files
        self._teacher = teacher
        self._read: list[StoredEvent] | None = None

    def do(self, act: DecisionAct) -> StoredEvent:  # noqa: PLR0911 - one arm an act
        """What was asked for from a window.

        Raises:
            UserError: It does not fit the session, or the record cannot be written.
        """
        match act:
            case ConfirmMoment(moment=moment):
                return self.confirm(moment)
            case CorrectMoment(moment=moment, kind=kind_id, form=form):
                return self.correct(moment, kind_id, form)
            case RemoveMoment(moment=moment):
                return self.remove(moment)
            case AddMissed(kind=kind_id, at=at, form=form):
                return self._store(self._added(kind_id, at, form))
            case EditWords() | MergePassages() | SplitPassage() | ChangeSpeaker():
                return self.reword(act)
            case UndoDecision():
                return self._store(_taking_back(self.story))
            case RedoDecision():
                return self._store(_restoring(self.story))
            case _:
                assert_never(act)

    @property
    def story(self) -> Story:
        """The session as it is now.

        Raises:
            UserError: The record cannot be read.
        """
        return tell(as_chosen(self._every_version()))

    def _seen(self, version: int) -> Story:
        """The session as it was seen by who decides about something of this version.

        A review stays open while the session is refined behind it, and shows the
        version before until it is opened again.

        Args:
            version: Of the moment or passage; of what belongs to none: the newest.
        """
        story = self.story
        if version == story.transcript:
            return story
        events = self._every_version()
        told = any(
            isinstance(one.event, UtteranceHeard)
            and one.event.utterance.id.transcript == version
            for one in events
        )
        return tell(in_version(events, version)) if told else story

    def confirm(self, moment_id: MomentId) -> StoredEvent:
        """It is what it was taken for.

        Raises:
            UserError: There is no such moment, it is confirmed already, or the record
                cannot be written.
        """
        story = self._seen(moment_id.transcript)
        moment = _moment(story, moment_id)
        if moment_id in story.confirmed:
            raise UserError(
                f"You decided about {moment_id} already: {moment.kind}.",
                "Correct or remove it, or undo: sidelight moments SESSION undo",
            )
        counts = moment.hollow and moment.kind in PROCESS_KINDS
        episode = self._episode(story, moment) if counts else None
        return self._store(
            MomentConfirmed(story.position, self._number(), moment_id, episode)
        )

    def correct(
        self, moment_id: MomentId, kind_id: str, form: Form | None = None
    ) -> StoredEvent:
        """It is something else.

        Raises:
            UserError: There is no such moment or kind, it is that already, or the
                record cannot be written.
        """
        story = self._seen(moment_id.transcript)
        moment = _moment(story, moment_id)
        _check(kind_id, form)
        if (moment.kind, moment.form) == (kind_id, form) and not moment.hollow:
            raise UserError(
                f"{moment_id} is {kind_id} already.",
                f"Say that it is right: sidelight moments SESSION confirm {moment_id}",
            )
        if moment.kind != kind_id:
            _refuse_twice(story, kind_id, moment)
        episode = None
        if kind_id in PROCESS_KINDS:
            episode = moment.episode or self._episode(story, moment)
        return self._store(
            MomentCorrected(
                story.position, self._number(), moment_id, kind_id, form, episode
            )
        )

    def remove(self, moment_id: MomentId) -> StoredEvent:
        """There was no such moment.

        Raises:
            UserError: There is none with this number, or the record cannot be written.
        """
        story = self._seen(moment_id.transcript)
        _moment(story, moment_id)
        return self._store(MomentRemoved(story.position, self._number(), moment_id))

    def add(self, kind_id: str, at: Millis, form: Form | None = None) -> Moment:
        """There was a moment that nothing found.

        Args:
            kind_id: What it was.
            at: When: while the coach said it, or up to ``NEAR_MS`` beside that.
            form: Only with ``direction``.

        Returns:
            It.

        Raises:
            UserError: There is no such kind, the coach said nothing then, it is there
                already, or the record cannot be written.
        """
        event = self._added(kind_id, at, form)
        self._store(event)
        return event.moment

    def _added(self, kind_id: str, at: Millis, form: Form | None) -> MomentAdded:
        story = self.story
        _check(kind_id, form)
        said = _said_at(story, at)
        number = self._number()
        moment = Moment(
            id=MomentId(ADDED, number),
            kind=kind_id,
            form=form,
            episode=None,
            span=said.span,
            transcript=story.transcript,
            utterance_ids=(said.id,),
            quote=said.text,
            confidence=1.0,
            reason=_ADDED_REASON,
            detector_version="",
            origin=Origin.COACH,
        )
        _refuse_twice(story, kind_id, moment)
        if kind_id in PROCESS_KINDS:
            moment = replace(moment, episode=self._episode(story, moment))
        return MomentAdded(story.position, number, moment)

    def reword(self, act: WordAct) -> StoredEvent:
        """The words were others, in other pieces, or somebody else's.

        Words that are the coach's now are read once more by the detector.

        Raises:
            UserError: It does not fit what is shown, or the record cannot be written.
        """
        story = self._seen(act.passage.transcript)
        event = about_words(story, act, self._number())
        if isinstance(event, SpeakerChanged) and self._teacher is not None:
            shown = self._with(event)
            known = self._files.known_lessons(self._teacher.version)
            given = Known.of(self._every_version()).last_episode
            event = with_found(event, shown, self._teacher, known, given)
        return self._store(event)

    def undo(self) -> Decision:
        """Take the newest decision that holds back.

        Returns:
            What was taken back.

        Raises:
            UserError: There is none, or the record cannot be written.
        """
        event = _taking_back(self.story)
        self._store(event)
        return self._numbered(event)

    def redo(self) -> Decision:
        """Let the decision hold again that was taken back last.

        Returns:
            What holds again.

        Raises:
            UserError: There is none, or the record cannot be written.
        """
        event = _restoring(self.story)
        self._store(event)
        return self._numbered(event)

    def _numbered(self, event: DecisionTakenBack | DecisionRestored) -> Decision:
        made = self.story.decided.made
        return next(one for one in made if one.decision == event.decision)

    def _number(self) -> int:
        return self._files.next_decision()

    def _episode(self, story: Story, moment: Moment) -> int:
        """That of a process moment in the same words, or a new one."""
        beside = (
            one.episode
            for one in story.moments
            if one.episode is not None
            and set(one.utterance_ids) & set(moment.utterance_ids)
        )
        given = Known.of(self._every_version()).last_episode
        return next(beside, given + 1)

    def _every_version(self) -> list[StoredEvent]:
        """What is stored, read once until something is decided: it takes its time."""
        if self._read is None:
            self._read = self._files.every_version()
        return self._read

    def _store(self, event: Decided) -> StoredEvent:
        lessons = self._lessons(event)
        self._read = None
        return self._files.decide(event, lessons)

    def _lessons(self, event: Decided) -> list[Taught] | None:
        """What the session teaches once this has happened."""
        if self._files.session.mode is not Mode.KEEP:
            return []
        if self._teacher is None:
            # What was taught of what is taken back must not outlive it.
            return [] if isinstance(event, DecisionTakenBack) else None
        if isinstance(event, AboutWords) and not self._taught:
            return []
        return self._teacher.taught(self._with(event))

    @property
    def _taught(self) -> bool:
        """Whether anything was ever decided that teaches."""
        made = Decisions.of(one.event for one in self._every_version()).made
        return any(isinstance(one, AboutMoment) for one in made)

    def _with(self, event: Decided) -> Story:
        """The session once this has happened."""
        before = self._every_version()
        after = StoredEvent(before[-1].seq + 1, event.at, 0, event)
        return tell(as_chosen([*before, after]))


def decided_words(decision: Decision) -> str:
    """A decision in a few words, without anything that was said."""
    match decision:
        case MomentConfirmed(moment_id=about):
            return f"{about} confirmed"
        case MomentCorrected(moment_id=about, kind=corrected):
            return f"{about} corrected to {corrected}"
        case MomentRemoved(moment_id=about):
            return f"{about} removed"
        case MomentAdded(moment=moment):
            return f"{moment.id} added as {moment.kind}"
        case WordsEdited() | PassagesMerged() | PassageSplit() | SpeakerChanged():
            at = clock(places(decision)[0].span.start)
            return f"{_DONE[type(decision)]} at {at}"
        case _:
            assert_never(decision)


_DONE: Final = {
    WordsEdited: "words edited",
    PassagesMerged: "passages merged",
    PassageSplit: "passage split",
    SpeakerChanged: "speaker changed",
}


def _taking_back(story: Story) -> DecisionTakenBack:
    newest = story.decided.to_undo
    if newest is None:
        raise UserError(
            "You have decided nothing about this session that could be undone.",
            "See its moments: sidelight moments SESSION list",
        )
    return DecisionTakenBack(story.position, newest.decision)


def _restoring(story: Story) -> DecisionRestored:
    gone = story.decided.to_redo
    if gone is None:
        raise UserError(
            "Nothing was taken back since your last decision.",
            "See the session's moments: sidelight moments SESSION list",
        )
    return DecisionRestored(story.position, gone.decision)


def _moment(story: Story, moment_id: MomentId) -> Moment:
    for moment in (*story.moments, *story.hollow):
        if moment.id == moment_id:
            return moment
    raise UserError(
        f"There is no moment {moment_id} in this session.",
        "See its moments: sidelight moments SESSION list",
    )


def _check(kind_id: str, form: Form | None) -> None:
    try:
        known = kind(kind_id)
    except KeyError:
        known = None
    if known is None or known.needs_sound:
        ids = ", ".join(one.id for one in KINDS if not one.needs_sound)
        raise UserError(
            f"{kind_id} is no kind of moment that words can show.", f"Kinds: {ids}"
        )
    if form is not None and kind_id != DIRECTION:
        raise UserError(
            f"Only {DIRECTION} has a form, {kind_id} has none.", "Leave --form out."
        )


def _refuse_twice(story: Story, kind_id: str, moment: Moment) -> None:
    for one in story.moments:
        shared = set(one.utterance_ids) & set(moment.utterance_ids)
        if one.kind == kind_id and shared and one.id != moment.id:
            raise UserError(
                f"These words are {kind_id} already: {one.id}.",
                f"Say that it is right: sidelight moments SESSION confirm {one.id}",
            )


def _said_at(story: Story, at: Millis) -> Utterance:
    """The coach's utterance at this time; where nobody knows who speaks, anybody's."""
    # A named second is all of it.
    second = Span(at, Millis(at + 1000))
    near = [
        (_distance(one.span, second), one.span.start, one)
        for one in story.utterances
        if one.speaker is not Speaker.CLIENT
        and one.doubt is not Doubt.ECHO
        and _distance(one.span, second) <= NEAR_MS
    ]
    if not near:
        raise UserError(
            "You said nothing at that time, as far as was heard.",
            "Name a time at which you speak: sidelight sessions show SESSION",
        )
    return min(near, key=lambda one: one[:2])[2]


def _distance(span: Span, other: Span) -> int:
    return max(0, span.start - other.end, other.start - span.end)
