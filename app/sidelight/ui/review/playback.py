"""What is heard of the session, and where: one place, for everything that shows it.

The window has no key: it asks whoever has (``session.playback``) and follows what that
one tells. Nothing of the sound ever comes here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from sidelight.domain.session import Mode
from sidelight.domain.timeline import Millis, Span
from sidelight.session.playback.messages import (
    HaltSound,
    NotPlayed,
    Played,
    PlaySound,
    Sounding,
)
from sidelight.ui.absences import absences
from sidelight.ui.review.measures import silences
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.session.playback.messages import PlaybackNews

SPEEDS: Final = (0.75, 1.0, 1.25, 1.5, 2.0)
"""What is offered; each at the same pitch."""

SKIPPED_MS: Final = 2_000
"""From this length on a silence is left out, where that is wanted."""

_LEFT_MS: Final = 400
"""Of each end of a silence so much stays: talk that is cut to talk sounds hunted."""

_MOST_SKIPS: Final = 2_000
"""With one request: they are numbers on a socket with a limit. Whoever plays on behind
the last one of them hears its silences."""

_LIVE_ONLY: Final = tr("This session was live only: its sound went when it ended.")
_NO_LISTENING: Final = tr("Nothing was recorded in this session.")
_NOT_KEPT: Final = tr(
    "The sound of this session is not kept; what was said can be read."
)


class Playback(QObject):
    """Where the sound is, and what is wanted of it.

    Signals:
        asked: To be passed on (``PlaybackRequest``).
        changed: Whether it plays, how, or what is said of it.
        moved: Where it is.

    Attributes:
        available: Whether there is sound to be heard.
        playing: Whether it plays, as far as is known here.
        at: Where it is; ``None`` before it was first asked for.
        stretch: What alone was asked to be heard; ``None``: everything from ``at`` on.
        speed: One of ``SPEEDS``.
        skips: Whether silences are left out.
        fault: Why it does not play, as a sentence, or ``""``.
    """

    asked = Signal(object)
    changed = Signal()
    moved = Signal()

    def __init__(self, story: Story, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.available = False
        self.playing = False
        self.at: Millis | None = None
        self.stretch: Span | None = None
        self.speed = 1.0
        self.skips = False
        self.fault = ""
        self._take = 0
        self._until = Millis(0)
        self._story = story
        self._silent: tuple[Span, ...] | None = None

    @property
    def length(self) -> Millis:
        """Of the session."""
        return self._story.position

    @property
    def why_not(self) -> str:
        """Why there is nothing to be heard, as a sentence; ``""``: there is."""
        if self.available or self._story.session is None:
            return ""
        match self._story.session.mode:
            case Mode.LIVE_ONLY:
                return _LIVE_ONLY
            case Mode.NO_LISTENING:
                return _NO_LISTENING
            case Mode.KEEP:
                return _NOT_KEPT

    def show_story(self, story: Story) -> None:
        """It is about this one from now on; another session starts anew."""
        before, self._story = self._story, story
        self._silent = None
        if before.session != story.session:
            self.halt()
            self.at = None
        self.changed.emit()
        self.moved.emit()

    def offer(self, *, available: bool) -> None:
        """Whether there is sound of this session."""
        self.available = available
        self.changed.emit()

    @Slot(object)
    def play(self, span: Span) -> None:
        """Play this stretch and no further: a quote with its sound."""
        self.stretch = span
        self._begin(span)

    @Slot(int)
    def play_from(self, at: int) -> None:
        """Play from here to the end."""
        self.stretch = None
        start = Millis(min(max(at, 0), self.length))
        self._begin(Span(start, max(start, self.length)))

    @Slot()
    def toggle(self) -> None:
        """Pause, or go on; from the beginning where it was over."""
        if self.playing:
            self.halt()
        elif self.at is None or self.at >= self.length:
            self.play_from(0)
        else:
            self.play_from(self.at)

    @Slot(int)
    def jump(self, by: int) -> None:
        """Go on, or stay, so many milliseconds later or earlier."""
        at = Millis(min(max((self.at or 0) + by, 0), self.length))
        if self.playing:
            self.play_from(at)
        elif self.available:
            self.at = at
            self.moved.emit()

    @Slot()
    def halt(self) -> None:
        """Be silent; where it was is kept."""
        if self.playing:
            self._take += 1  # what is still on its way counts no more
            self.playing = False
            self.asked.emit(HaltSound())
            self.changed.emit()

    def choose_speed(self, speed: float) -> None:
        """Faster or slower from now on."""
        self.speed = speed
        self._go_on()

    def choose_skips(self, *, skips: bool) -> None:
        """Leave silences out from now on, or not."""
        self.skips = skips
        self._go_on()

    @Slot(object)
    def take(self, news: PlaybackNews) -> None:
        """Something is heard, is over, or cannot be played."""
        if news.take != self._take:
            return
        match news:
            case Sounding(at=at):
                self.at = at
                self.moved.emit()
            case Played(at=at):
                self.at, self.playing = at, False
                self.moved.emit()
                self.changed.emit()
            case NotPlayed(message=message, remedy=remedy):
                self.playing, self.fault = False, f"{message} {remedy}"
                self.changed.emit()

    def _go_on(self) -> None:
        if self.playing and self.at is not None:
            self._begin(Span(self.at, max(self.at, self._until)))
        else:
            self.changed.emit()

    def _begin(self, span: Span) -> None:
        session = self._story.session
        if not self.available or session is None or not span.length:
            return
        self._take += 1
        self._until = span.end
        self.at, self.playing, self.fault = span.start, True, ""
        skips = self._skips(span)
        self.asked.emit(PlaySound(session.id, self._take, span, self.speed, skips))
        self.changed.emit()
        self.moved.emit()

    def _skips(self, span: Span) -> tuple[Span, ...]:
        """What is left out of a stretch: gaps always, silences where wanted."""
        if self._silent is None:
            gone = [one.span for one in absences(self._story)]
            quiet = silences(self._story, self.length, SKIPPED_MS)
            between = [
                Span(Millis(one.start + _LEFT_MS), Millis(one.end - _LEFT_MS))
                for one in quiet
            ]
            self._gone = tuple(_apart(gone))
            self._silent = tuple(_apart([*gone, *between]))
        wanted = self._silent if self.skips else self._gone
        return tuple(one for one in wanted if one.overlaps(span))[:_MOST_SKIPS]


def _apart(spans: list[Span]) -> list[Span]:
    """The same time in order, none over another; what is short is left alone."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = found[-1].hull(span)
        elif span.length >= _LEFT_MS:
            found.append(span)
    return found
