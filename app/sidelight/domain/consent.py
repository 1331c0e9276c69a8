"""What a client agreed to, for which purpose; and what that allows today."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.session import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class Purpose(StrEnum):
    """What is asked for; each can be given and withdrawn alone (COACHING.md, 5)."""

    LISTEN = "listen"
    KEEP_SOUND = "keep_sound"
    KEEP_TEXT = "keep_text"
    MENTOR = "mentor"
    CREDENTIAL = "credential"
    HOURS_LOG = "hours_log"


NEEDED: Final[Mapping[Mode, tuple[Purpose, ...]]] = {
    Mode.KEEP: (Purpose.LISTEN, Purpose.KEEP_SOUND, Purpose.KEEP_TEXT),
    Mode.LIVE_ONLY: (Purpose.LISTEN,),
    Mode.NO_LISTENING: (),
}
"""Without these a session of the mode does not begin."""


class Occasion(StrEnum):
    """When a client is asked: before a session of each mode, or for a recording."""

    KEEP = "keep"
    LIVE_ONLY = "live_only"
    NO_LISTENING = "no_listening"
    RECORDING = "recording"
    """It was made earlier, elsewhere; it can only be kept."""

    @property
    def mode(self) -> Mode:
        """What is to be kept."""
        return Mode.KEEP if self is Occasion.RECORDING else Mode(self.value)


AFTERWARDS: Final = (Purpose.MENTOR, Purpose.CREDENTIAL, Purpose.HOURS_LOG)
"""What is done with sessions later, whenever it was agreed."""


class Form(StrEnum):
    """How the client said it."""

    SPOKEN = "spoken"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Consent:
    """A client agreed to a purpose or did not, or withdrew it. Only ever followed.

    Attributes:
        purpose: What it is about.
        given: Agreed; otherwise they said no, or withdrew what they had agreed to.
        form: How they said it.
        on: The day they said it.
        promise: Number of the promise it was said to (``domain.promises``).
        program: Version of the program that noted it.
        wording: What the coach said, or had signed; ``""``: not noted.
        answer: What the client said, as the coach noted it.
    """

    purpose: Purpose
    given: bool
    form: Form
    on: date
    promise: int
    program: str
    wording: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)


class Standing(StrEnum):
    """What a purpose's consents come to today."""

    VALID = "valid"
    NEVER = "never"
    """Nobody asked yet."""

    REFUSED = "refused"
    """They were asked and said no, and never agreed before."""

    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    """It was given for another promise: what the program does has changed."""


def newest(purpose: Purpose, said: Sequence[Consent]) -> Consent | None:
    """What was said last about a purpose.

    Args:
        purpose: Which.
        said: Everything the client said, in the order it was noted.
    """
    return next((one for one in reversed(said) if one.purpose is purpose), None)


def standing(
    purpose: Purpose, said: Sequence[Consent], promises: Mapping[Purpose, int]
) -> Standing:
    """What the client's word comes to today.

    Args:
        purpose: Which.
        said: Everything the client said, in the order it was noted.
        promises: Numbers of what is promised today.
    """
    last = newest(purpose, said)
    if last is None:
        return Standing.NEVER
    if not last.given:
        agreed = any(one.given for one in said if one.purpose is purpose)
        return Standing.WITHDRAWN if agreed else Standing.REFUSED
    return Standing.VALID if last.promise == promises[purpose] else Standing.CHANGED


def missing(
    mode: Mode, said: Sequence[Consent], promises: Mapping[Purpose, int]
) -> tuple[Purpose, ...]:
    """What has to be asked before a session of this mode; empty: it may begin."""
    return tuple(
        purpose
        for purpose in NEEDED[mode]
        if standing(purpose, said, promises) is not Standing.VALID
    )


def held_for(
    day: date, said: Sequence[Consent], promises: Mapping[Purpose, int]
) -> tuple[Consent, ...]:
    """The consents that hold for a session of that day, by purpose.

    What was done in the session had to be agreed by then, to the promise of that time,
    and not be withdrawn since. Where nothing was, it is a recording made elsewhere: no
    session begins without. It is held by what was agreed since, which says its own day.
    What is done with a session afterwards has to be agreed now, to the promise of
    today.

    Args:
        day: When the session was.
        said: Everything the client said, in the order it was noted.
        promises: Numbers of what is promised today.
    """
    found = []
    for purpose in Purpose:
        if purpose in AFTERWARDS:
            last = newest(purpose, said)
            valid = standing(purpose, said, promises) is Standing.VALID
            found += [last] if last is not None and valid else []
            continue
        held = _held(day, [one for one in said if one.purpose is purpose])
        found += [held] if held is not None else []
    return tuple(found)


def _held(day: date, said: Sequence[Consent]) -> Consent | None:
    in_time = any(one.given and one.on <= day for one in said)
    held: Consent | None = None
    for one in said:
        if not one.given:
            held = None
        elif one.on <= day or (held is None and not in_time):
            held = one
    return held
