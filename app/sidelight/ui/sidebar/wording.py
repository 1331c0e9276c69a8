"""The words of the sidebar: a pure function of the story and the engine's status.

State, never command: every text answers "how long since" or "how are things", and none
of them ever asks for anything (COACHING.md, section 4). There is no 0:00 and nothing
that grows: "just now", then minutes, from ten on in fives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.cues import Occasion
from sidelight.domain.moments import DIRECTION, ON_TRACK, PROCESS_KINDS, SUPPORT
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Millis, Span
from sidelight.partnering.language import is_understood
from sidelight.session.messages import Health
from sidelight.ui.kindwords import QUESTIONS
from sidelight.ui.timewords import MINUTE, SEPARATOR
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.domain.clocks import Clocks
    from sidelight.domain.cues import Cue
    from sidelight.domain.story import Story
    from sidelight.session.messages import Status

PARTNERED: Final = tr("Last partnered")
PAUSED: Final = tr("Paused")
NOT_YET: Final = tr("not yet")
JUST_BEGUN: Final = tr("just begun")
DASH: Final = "\N{EN DASH}"
"""In a row while the session has just begun; told aloud as ``NOT_YET``."""
JUST_NOW: Final = tr("just now")
ASKED_AT_START: Final = tr("asked at start")

COARSE_FROM: Final = 10
"""Minutes from which "how long since" goes in steps of five."""

COARSE_STEP: Final = 5

OPENING_MS: Final = 6 * MINUTE
"""A question about support in the opening holds for the session: it is then "asked at
start" instead of a count that could only look overdue."""

BEGUN_MS: Final = 5 * MINUTE
"""A session that has just begun owes nothing: before it, nothing is "not yet"."""

SETTLED_MS: Final = 5 * MINUTE
"""How long after it the words change to that."""

CUE_WORDS: Final = {
    (Occasion.AFTER_AGREEMENT, SUPPORT): tr("agreed · support?"),
    (Occasion.AFTER_AGREEMENT, DIRECTION): tr("agreed · where to begin?"),
    (Occasion.FORK, DIRECTION): tr("several threads · which?"),
    (Occasion.HALF_TIME, ON_TRACK): tr("half time · on track?"),
    (Occasion.TEN_LEFT, ON_TRACK): tr("ten minutes · on track?"),
}
"""Where the conversation stands, and what could be asked there: at most four words, and
nothing that the coach must do."""


@dataclass(frozen=True, slots=True)
class Headline:
    """How long since the coach last partnered, and how.

    Attributes:
        label: The words above the time.
        since: The time, or a state.
        how: The kind as a question, or ``""``.
        moment: Identity of the moment it counts from; a change of it is a reset.
        paused: ``since`` is that state, and the time stands in the label.
    """

    label: str
    since: str
    how: str = ""
    moment: str = ""
    paused: bool = False

    @property
    def line(self) -> str:
        """The whole headline as one line, and as a screen reader says it."""
        first = (self.since, self.label) if self.paused else (self.label, self.since)
        return SEPARATOR.join(filter(None, (*first, self.how)))

    @property
    def at_rest(self) -> Headline:
        """The same while the session is paused: that is what has to be read first."""
        label = paused_label(self.since) if self.label else self.since
        return replace(self, label=label, since=PAUSED, how="", paused=True)


@dataclass(frozen=True, slots=True)
class KindLine:
    """One of the three quiet words with its own state."""

    kind: str
    name: str
    state: str
    moment: str = ""

    @property
    def line(self) -> str:
        """As a screen reader says it."""
        return f"{self.name} {NOT_YET if self.state == DASH else self.state}"


class Dot(StrEnum):
    """How the health dot is drawn: a shape for every state."""

    FULL = "full"
    """All well."""

    HALF = "half"
    """Catching up, nothing is lost."""

    RING = "ring"
    """A bar across: the recording goes on without words."""

    STRUCK = "struck"
    """No sound, or nobody there."""

    CORE = "core"
    """Recorded; the words come later."""

    DIAMOND = "diamond"
    """All well so far, and something to know."""

    DASHED = "dashed"
    """Out of touch with the recording, and looking for it."""

    HOLLOW = "hollow"
    """Nothing is heard: not begun, paused, over."""


@dataclass(frozen=True, slots=True)
class HealthLine:
    """The health dot and, when not all is well, a few words beside it.

    Attributes:
        dot: How the dot is drawn.
        words: What has to be known; empty while all is well.
        spoken: What a screen reader says; never empty.
        foot: What stands beside the clock, where it is neither of them.
    """

    dot: Dot
    words: str
    spoken: str
    foot: str = ""

    @property
    def beside(self) -> str:
        """Where there is room for words beside the dot: also that all is well."""
        return self.foot or self.words or self.spoken


class Way(StrEnum):
    """What a note offers to do about itself."""

    RESUME = tr("Resume")
    UNDO = tr("Undo")


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the request's place for as long as it is true.

    Attributes:
        text: A few words, or one sentence about a device.
        brief: The same where there is less room; ``""``: only as it is.
        remedy: What can be done about it; under the pointer, and spoken.
        way: What can be done about it here, or ``None``.
        passing: Good news, shown for a moment.
    """

    text: str
    remedy: str = ""
    way: Way | None = None
    passing: bool = False
    brief: str = ""


@dataclass(frozen=True, slots=True)
class SidebarTexts:
    """Everything the sidebar shows.

    Attributes:
        headline: How long since, and how.
        kinds: The three quiet words.
        clock: The session's own clock.
        health: How things are.
        request: The client's, in their words, or ``""``.
        note: What stands in its place, or ``None``.
        paused: Whether the coach paused.
        running: Whether there is a session to act on.
        cue: The words of the cue on show, or ``""``.
    """

    headline: Headline
    kinds: tuple[KindLine, ...]
    clock: str
    health: HealthLine
    request: str
    note: Note | None = None
    paused: bool = False
    running: bool = True
    cue: str = ""


def spoken(note: Note | None) -> str:
    """A note with its remedy: under the pointer, and for screen readers."""
    return "" if note is None else " ".join(filter(None, (note.text, note.remedy)))


def is_new_state(note: Note | None) -> bool:
    """Whether a note that has just come ends what a key before it came to.

    "On record again" over a pause would be false.
    """
    return note is not None and note.way is not None


def cue_words(cue: Cue | None) -> str:
    """A cue in its few words; no cue is ``""``."""
    return "" if cue is None else CUE_WORDS.get((cue.occasion, cue.kind), "")


def since_words(elapsed: int) -> str:
    """Milliseconds since something, as few and calm words as possible."""
    minutes = elapsed // MINUTE
    if minutes < 1:
        return JUST_NOW
    if minutes >= COARSE_FROM:
        minutes -= minutes % COARSE_STEP
    return tr("{n} min ago", n=minutes)


_LEAD_IN: Final = re.compile(
    r"^(?:(?:so|well|okay|ok|um|yeah|i think|i guess)[,.]? )*"
    r"(?:what i(?:'d| would)? (?:really )?(?:want|like|need|hope for|hope)"
    r"(?: to get| to have)?(?: from| out of| for| in)? ?(?:this (?:session|hour|time)"
    r"|today|us|here|our (?:session|time))?(?: today)? is(?: that| to)?"
    r"|i(?:'d| would)(?: really)? (?:like|love) to|i(?: really)? want to) ",
    re.IGNORECASE,
)
"""What people say before what they want. Two lines are short: the wish itself fits."""

_LEAST_WISH_WORDS: Final = 3


def wish(quote: str) -> str:
    """The client's request as the sidebar shows it: without its lead-in.

    Args:
        quote: As it was said; the review shows all of it.
    """
    lead_in = _LEAD_IN.match(quote)
    if lead_in is None or len(quote[lead_in.end() :].split()) < _LEAST_WISH_WORDS:
        return quote
    return f"… {quote[lead_in.end() :]}"


def has_just_begun(clocks: Clocks, now: Millis) -> bool:
    """Whether nothing could be missing yet."""
    return clocks.active(Span(Millis(0), now)) < BEGUN_MS


def headline(clocks: Clocks, now: Millis) -> Headline:
    """How long since any process moment, and of which kind it was."""
    moment = clocks.last()
    since = clocks.since(now)
    if moment is None or since is None:
        begun = has_just_begun(clocks, now)
        return Headline("", JUST_BEGUN) if begun else Headline(PARTNERED, NOT_YET)
    how = QUESTIONS[moment.kind]
    return Headline(PARTNERED, since_words(since), how, str(moment.id))


def paused_label(since: str) -> str:
    """What stands above "Paused": the quiet place for how long since."""
    return SEPARATOR.join((PARTNERED, since))


def kind_line(kind: str, clocks: Clocks, now: Millis) -> KindLine:
    """One quiet word: the kind and how long since."""
    name = QUESTIONS[kind]
    moment = clocks.last(kind)
    since = clocks.since(now, kind)
    if moment is None or since is None:
        # Minutes after one kind the others are open; before any, nothing is.
        begun = clocks.last() is None and has_just_begun(clocks, now)
        return KindLine(kind, name, DASH if begun else NOT_YET)
    state = since_words(since)
    opening = clocks.active(Span(Millis(0), moment.span.end)) < OPENING_MS
    if kind == SUPPORT and opening and since >= SETTLED_MS:
        state = ASKED_AT_START
    return KindLine(kind, name, state, str(moment.id))


def clock_words(elapsed: int, planned_minutes: int | None) -> str:
    """The session's own clock, in whole minutes, with the agreed length."""
    minutes = elapsed // MINUTE
    if minutes < 1:
        if planned_minutes is None:
            return tr("just begun")
        return tr("just begun, {planned} min", planned=planned_minutes)
    if planned_minutes is None:
        return tr("{n} min", n=minutes)
    return tr("{n} of {planned} min", n=minutes, planned=planned_minutes)


_HEALTH: Final = {
    Health.GOOD: HealthLine(Dot.FULL, "", tr("listening")),
    Health.BEHIND: HealthLine(Dot.HALF, tr("catching up"), tr("catching up")),
    Health.LATER: HealthLine(
        Dot.CORE,
        tr("words later"),
        tr("recorded, transcribed after the session"),
        tr("recording, words later"),
    ),
    Health.NO_RECOGNITION: HealthLine(
        Dot.RING, tr("recording only"), tr("recording goes on without words")
    ),
    Health.NO_SOUND: HealthLine(
        Dot.STRUCK, tr("no sound"), tr("no sound is coming in")
    ),
    Health.ENDED: HealthLine(Dot.HOLLOW, tr("ended"), tr("the session has ended")),
}
_WAITING: Final = HealthLine(Dot.HOLLOW, tr("getting ready"), tr("getting ready"))
_GONE: Final = HealthLine(
    Dot.STRUCK, tr("not connected"), tr("not connected to the recording")
)
_LOOKING: Final = HealthLine(
    Dot.DASHED, tr("reconnecting"), tr("connecting to the recording again")
)
_DEAF: Final = HealthLine(Dot.HOLLOW, tr("not listening"), tr("notes and clock only"))
_PAUSED: Final = HealthLine(Dot.HOLLOW, tr("paused"), tr("paused, nothing is recorded"))
AGAIN: Final = tr("listening again")
_TO_SEE_TO: Final = tr("needs a look")
"""A device or the disk: whether anything is heard is for that note to say."""
"""While the coach may think that "off the record" goes on."""

_LINES: Final = (*_HEALTH.values(), _WAITING, _GONE, _LOOKING, _DEAF, _PAUSED)

TROUBLES: Final = tuple(filter(None, (line.words for line in _LINES)))
"""Everything that can take the place of the kind."""

HEALTH_WORDS: Final = (*(line.beside for line in _LINES), AGAIN, _TO_SEE_TO)
"""Everything that can stand beside the dot."""

PAUSED_NOTE: Final = Note(
    tr("Nothing is recorded"), tr("The clocks stand still."), Way.RESUME, brief=PAUSED
)


def off_note(taken_ms: int) -> Note:
    """What has just gone off the record, for as long as it can be undone.

    Args:
        taken_ms: How much it was. "Off the record" alone would read as a state that
            goes on.
    """
    minutes, seconds = round(taken_ms / MINUTE), max(1, round(taken_ms / 1000))
    if minutes > 1:
        text = tr("Last {n} min deleted", n=minutes)
        brief = tr("{n} min deleted", n=minutes)
    else:
        text = tr("Last {n} s deleted", n=seconds)
        brief = tr("{n} s deleted", n=seconds)
    remedy = tr("Listening goes on. What was said before is erased in a few seconds.")
    return Note(text, remedy, Way.UNDO, brief=brief)


LONGEST_BRIEF: Final = off_note(10 * MINUTE).brief
"""Beside it every other that can come up has room."""


def health_line(
    story: Story, status: Status | None, *, connected: bool, looking: bool = False
) -> HealthLine:
    """How things are, in at most two words.

    Args:
        story: The fold of the stored events.
        status: The engine's newest status.
        connected: Whether the engine is there.
        looking: Whether an engine that is not there is being looked for.
    """
    if story.ended:
        return _HEALTH[Health.ENDED]
    if not connected:
        return _LOOKING if looking else _GONE
    if status is None:
        return _WAITING
    if is_paused(story, status):
        return _PAUSED
    line = _HEALTH[status.health]
    if story.session is not None and story.session.mode is Mode.NO_LISTENING:
        line = _DEAF
    elif status.undoable and line is _HEALTH[Health.GOOD]:
        line = replace(line, spoken=AGAIN)
    if line.dot is Dot.FULL and any(not notice.good for notice in status.notices):
        return replace(line, dot=Dot.DIAMOND, spoken=_TO_SEE_TO)
    return line


def is_paused(story: Story, status: Status | None) -> bool:
    """Whether the coach paused: the engine knows it first."""
    paused = status.paused if status is not None else False
    return paused or story.clocks.paused_at is not None


NOT_ENGLISH: Final = Note(
    tr("Not in English: no cues, and the clocks go by your key."),
    tr("Partnering is noticed in English only. “I did that” keeps the clocks."),
)
"""Where "not yet" would otherwise be said of a coach whom nobody understood."""


def note(story: Story, status: Status | None) -> Note | None:
    """What is to be known now: trouble, what can be undone, a pause, good news."""
    if status is None or story.ended:
        return None
    paused = is_paused(story, status)
    trouble = [notice for notice in status.notices if not notice.good]
    if trouble and not paused:
        return Note(trouble[0].message, trouble[0].remedy, passing=False)
    if status.undoable:
        return off_note(status.taken_ms)
    if paused:
        return PAUSED_NOTE
    for notice in status.notices:
        return Note(notice.message, notice.remedy, passing=True)
    return None if is_understood(story.language) else NOT_ENGLISH


def sidebar_texts(
    story: Story,
    status: Status | None,
    *,
    connected: bool = True,
    looking: bool = False,
) -> SidebarTexts:
    """Everything the sidebar shows, from what has been stored and the engine's status.

    Args:
        story: The fold of the stored events.
        status: The engine's newest status; its position is the session's "now".
        connected: Whether the engine is there; without it the last state stays, and
            the clocks stand still with it.
        looking: Whether an engine that is not there is being looked for.
    """
    now = story.position
    if status is not None and not story.ended:
        now = Millis(max(now, status.position))
    planned = story.session.planned_minutes if story.session else None
    health = health_line(story, status, connected=connected, looking=looking)
    noted = note(story, status) if connected else None
    elapsed = story.clocks.active(Span(Millis(0), now))
    paused = is_paused(story, status)
    since = headline(story.clocks, now)
    if story.session is None and status is None:
        since = Headline("", DASH)
    return SidebarTexts(
        headline=since.at_rest if paused and not story.ended else since,
        kinds=tuple(kind_line(kind, story.clocks, now) for kind in PROCESS_KINDS),
        # Before there is a session nothing has begun, however briefly.
        clock=clock_words(elapsed, planned) if story.session or status else "",
        health=health,
        request=wish(story.request.quote) if story.request else "",
        note=noted,
        paused=paused,
        running=story.session is not None and not story.ended,
        # Out of reach of the engine nobody says when it has stood long enough.
        cue=cue_words(story.cue_on_show(now)) if connected and not paused else "",
    )
