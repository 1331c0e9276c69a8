"""Everything that can happen in a session: one closed union, stored in order.

A session *is* its list of events; sidebar, review, export and recovery are folds over
it. Whoever matches on ``Event`` ends with ``assert_never``, so that mypy lists every
place to extend when one is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sidelight.domain.cues import Cue, Hold
from sidelight.domain.directives import Directive
from sidelight.domain.moments import Form, Mark, Moment, MomentId
from sidelight.domain.notes import NotePart, Section
from sidelight.domain.session import Session
from sidelight.domain.timeline import Gap, Millis, Span
from sidelight.domain.transcript import Place, Speaker, Utterance, UtteranceId


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """The first event of every session."""

    at: Millis
    session: Session


@dataclass(frozen=True, slots=True)
class UtteranceHeard:
    """An utterance became final. ``at`` is where in the sound the policy decided."""

    at: Millis
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class MomentNoticed:
    """A finding. ``at`` is where in the sound it was decided."""

    at: Millis
    moment: Moment


class WithdrawalCause(StrEnum):
    """Why a moment no longer counts."""

    TOOK_BACK = "took_back"
    """The same turn went on and answered or replaced the question."""

    UNDONE = "undone"
    """The coach undid it."""

    REMOVED = "removed"
    """The coach looked at it afterwards and took it away."""

    NOT_SAID = "not_said"
    """The coach looked at the words: they are the client's, or nobody said them."""


@dataclass(frozen=True, slots=True)
class MomentWithdrawn:
    """A noticed moment no longer counts; the clock returns to the one before."""

    at: Millis
    moment_id: MomentId
    cause: WithdrawalCause


@dataclass(frozen=True, slots=True)
class MomentConfirmed:
    """The coach says that a moment is what it was taken for.

    Attributes:
        at: Where the session was; its end, afterwards. So with every decision.
        decision: Number of the coach's decision in this session, from 1. So with every
            decision; ``DecisionTakenBack`` and ``DecisionRestored`` name it.
        moment_id: Which. A hollow one counts from now on.
        episode: Of a process moment that was hollow; else ``None``.
    """

    at: Millis
    decision: int
    moment_id: MomentId
    episode: int | None = None


@dataclass(frozen=True, slots=True)
class MomentCorrected:
    """The coach says that a moment is something else.

    Attributes:
        at: See ``MomentConfirmed``.
        decision: See ``MomentConfirmed``.
        moment_id: Which; it keeps its number, its span and its words.
        kind: What it is; may be what it was, with another form.
        form: Only with ``direction``.
        episode: Only with a process kind.
    """

    at: Millis
    decision: int
    moment_id: MomentId
    kind: str
    form: Form | None
    episode: int | None


@dataclass(frozen=True, slots=True)
class MomentRemoved:
    """The coach says that there was no such moment. Fields: see ``MomentConfirmed``."""

    at: Millis
    decision: int
    moment_id: MomentId


@dataclass(frozen=True, slots=True)
class MomentAdded:
    """The coach says that there was a moment, which nothing had found.

    Fields: see ``MomentConfirmed``; the moment's number is of ``ADDED``.
    """

    at: Millis
    decision: int
    moment: Moment


@dataclass(frozen=True, slots=True)
class WordsEdited:
    """The coach says what was said. What was heard stays in the record.

    Attributes:
        at: See ``MomentConfirmed``.
        decision: See ``MomentConfirmed``.
        place: Whose words these were.
        text: What was said instead; ``""``: nothing.
    """

    at: Millis
    decision: int
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class PassagesMerged:
    """The coach says that two passages of one person are one.

    Attributes:
        at: See ``MomentConfirmed``.
        decision: See ``MomentConfirmed``.
        first: The earlier one.
        second: The one that goes on after it.
    """

    at: Millis
    decision: int
    first: Place
    second: Place


@dataclass(frozen=True, slots=True)
class PassageSplit:
    """The coach says that a passage is two.

    Attributes:
        at: See ``MomentConfirmed``.
        decision: See ``MomentConfirmed``.
        place: The passage.
        words: How many of its words come first.
        of: How many words it had; with another number the sound decides.
        cut: Where in the sound the second one begins.
    """

    at: Millis
    decision: int
    place: Place
    words: int
    of: int
    cut: Millis


@dataclass(frozen=True, slots=True)
class SpeakerChanged:
    """The coach says who spoke.

    Attributes:
        at: See ``MomentConfirmed``.
        decision: See ``MomentConfirmed``.
        place: The passage.
        speaker: Who it was.
        found: What the detector finds in the words now that they are the coach's; of
            ``REREAD``. It counts as long as this decision holds.
    """

    at: Millis
    decision: int
    place: Place
    speaker: Speaker
    found: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionTakenBack:
    """A decision of the coach's no longer holds: what was before it is again."""

    at: Millis
    decision: int


@dataclass(frozen=True, slots=True)
class DecisionRestored:
    """A decision that was taken back holds again."""

    at: Millis
    decision: int


@dataclass(frozen=True, slots=True)
class RequestHeard:
    """What the client wants from this session, in their words; the newest counts."""

    at: Millis
    span: Span
    utterance_ids: tuple[UtteranceId, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class MarkPlaced:
    """The coach set a bookmark."""

    at: Millis
    mark: Mark


@dataclass(frozen=True, slots=True)
class MarkWithdrawn:
    """The coach took back the newest bookmark that stands at this position."""

    at: Millis
    placed_at: Millis


@dataclass(frozen=True, slots=True)
class GapFound:
    """Sound was lost, or not recorded on purpose."""

    at: Millis
    gap: Gap


@dataclass(frozen=True, slots=True)
class SessionPaused:
    """The clocks stop here."""

    at: Millis


@dataclass(frozen=True, slots=True)
class SessionResumed:
    """The clocks go on. The position did not advance more than the pause's silence."""

    at: Millis


@dataclass(frozen=True, slots=True)
class RecognitionStarted:
    """A worker is ready and recognises from ``at`` on."""

    at: Millis
    model: str


@dataclass(frozen=True, slots=True)
class LanguageDecided:
    """What is spoken, for good: said at the start, or heard in the first sentences.

    Attributes:
        at: Position of the sound where it was decided; 0 when it was said.
        language: ISO 639 code, as Whisper knows it.
    """

    at: Millis
    language: str


class InterruptionCause(StrEnum):
    """Why recognition stopped for a while. The recording went on."""

    WORKER_DIED = "worker_died"
    WORKER_HUNG = "worker_hung"
    MODEL_FAILED = "model_failed"


@dataclass(frozen=True, slots=True)
class RecognitionInterrupted:
    """The worker is gone; it is started again and catches up from ``at``."""

    at: Millis
    cause: InterruptionCause


@dataclass(frozen=True, slots=True)
class DirectiveGiven:
    """The supervisor adapted the pipeline to the machine."""

    at: Millis
    directive: Directive


@dataclass(frozen=True, slots=True)
class CueShown:
    """A cue appeared at ``at``; it stands for ``domain.cues.SHOWN_MS``."""

    at: Millis
    cue: Cue


@dataclass(frozen=True, slots=True)
class CueHeld:
    """A cue that was due is not shown, for good.

    Attributes:
        at: When it was given up.
        cue: Which.
        because: Why, the reason that lasted longest first; what ended its waiting, if
            anything but time did, before all others. Never empty.
    """

    at: Millis
    cue: Cue
    because: tuple[Hold, ...]


class OffRecordCause(StrEnum):
    """Why a stretch was erased."""

    ASKED = "asked"
    """Somebody in the session asked for it."""

    WITHDRAWN = "withdrawn"
    """The consent to keep it was withdrawn."""


@dataclass(frozen=True, slots=True)
class OffRecord:
    """Everything that was said in the span is gone, and what rested on it.

    The event holds no content. Its span covers each utterance that it touched whole;
    nothing that overlaps it exists, before this event or after it.
    """

    at: Millis
    span: Span
    cause: OffRecordCause


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The session is over: every sound before ``at`` was recognised or given up.

    What comes after it is about versions of its transcript.

    Attributes:
        at: Where the session ended.
        recovered: The program was cut off; the end was set afterwards, where the sound
            and the events that had been kept end.
    """

    at: Millis
    recovered: bool = False


@dataclass(frozen=True, slots=True)
class TranscriptRefined:
    """A later version of the transcript is whole up to ``at``; nothing shows it yet.

    Comes after the end of the session, once for each stretch of sound, together with
    what was heard in it. At the session's end the version is whole.

    Attributes:
        at: Where a recogniser goes on that was stopped here.
        transcript: Number of the version.
        model: Name of the speech model it is made with.
    """

    at: Millis
    transcript: int
    model: str


@dataclass(frozen=True, slots=True)
class TranscriptChosen:
    """From now on this version of the transcript is the session's; the newest counts.

    Choosing the one before again undoes it.
    """

    at: Millis
    transcript: int


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """The coach's private note; the newest counts, and the record keeps no other.

    Attributes:
        at: The session's end. So with everything of the wrap-up.
        text: All of it; ``""``: there is none any more.
    """

    at: Millis
    text: str


@dataclass(frozen=True, slots=True)
class LineAccepted:
    """The coach accepted a drafted line of the client note: it may leave.

    Attributes:
        at: See ``NoteWritten``.
        line: Number within the session, from 1; shared with ``LineWritten``.
        section: Where it stands.
        quote: The words as they were accepted, whatever later versions hear.
        speaker: Who said them.
        span: Their sound.
        utterance_ids: The utterances they come from.
    """

    at: Millis
    line: int
    section: Section
    quote: str
    speaker: Speaker
    span: Span
    utterance_ids: tuple[UtteranceId, ...]


@dataclass(frozen=True, slots=True)
class LineWritten:
    """The coach wrote a line of the client note in their own words: it may leave.

    A number that was given before: that line says this now, and nothing else is kept.

    Attributes:
        at: See ``NoteWritten``.
        line: See ``LineAccepted``.
        section: Where it stands.
        text: All of it.
        heading: Of the part, where the coach added it; else ``""``.
        span: The sound of the quotation that it stands in place of, or ``None``. It was
            made from what was said there, and goes where that goes.
        utterance_ids: Of that quotation.
    """

    at: Millis
    line: int
    section: Section
    text: str
    heading: str = ""
    span: Span | None = None
    utterance_ids: tuple[UtteranceId, ...] = ()


@dataclass(frozen=True, slots=True)
class LineWithdrawn:
    """A line may not leave any more; what it said is not kept. See ``LineAccepted``."""

    at: Millis
    line: int


@dataclass(frozen=True, slots=True)
class NoteShaped:
    """The client note consists of these parts; the newest counts.

    Attributes:
        at: See ``NoteWritten``.
        parts: In the order in which they are read.
    """

    at: Millis
    parts: tuple[NotePart, ...]


@dataclass(frozen=True, slots=True)
class WrapUpFinished:
    """The coach looked through the wrap-up and is done; it can be opened again."""

    at: Millis


AboutMoment = MomentConfirmed | MomentCorrected | MomentRemoved | MomentAdded
"""What a coach can decide about a moment; see ``domain.decisions``."""

AboutWords = WordsEdited | PassagesMerged | PassageSplit | SpeakerChanged
"""What a coach can decide about words; see ``domain.rewording``."""

Decision = AboutMoment | AboutWords
"""Whatever has a number and can be taken back."""

OfWrapUp = (
    NoteWritten
    | LineAccepted
    | LineWritten
    | LineWithdrawn
    | NoteShaped
    | WrapUpFinished
)
"""What a coach writes and accepts after a session; see ``domain.wrap_up``."""

Event = (
    SessionStarted
    | UtteranceHeard
    | MomentNoticed
    | MomentWithdrawn
    | MomentConfirmed
    | MomentCorrected
    | MomentRemoved
    | MomentAdded
    | WordsEdited
    | PassagesMerged
    | PassageSplit
    | SpeakerChanged
    | DecisionTakenBack
    | DecisionRestored
    | RequestHeard
    | MarkPlaced
    | MarkWithdrawn
    | GapFound
    | SessionPaused
    | SessionResumed
    | RecognitionStarted
    | LanguageDecided
    | RecognitionInterrupted
    | DirectiveGiven
    | CueShown
    | CueHeld
    | OffRecord
    | SessionEnded
    | TranscriptRefined
    | TranscriptChosen
    | NoteWritten
    | LineAccepted
    | LineWritten
    | LineWithdrawn
    | NoteShaped
    | WrapUpFinished
)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as the record holds it.

    Attributes:
        seq: 1, 2, 3 … within the session; readers ask for "everything after seq".
            Erasure leaves holes, and no number is given twice.
        committed_at: Session position of the newest captured sound when it was stored.
        delay_ms: Wall-clock milliseconds between the capture of the sound that the
            decision needed (``event.at``) and the commit: compute plus queueing. At
            replay speeds other than 1 it is still wall-clock time.
        event: What happened.
    """

    seq: int
    committed_at: Millis
    delay_ms: int
    event: Event
