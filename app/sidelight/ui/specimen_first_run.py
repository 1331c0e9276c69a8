"""Invented news for the first run, for looking at it: every state of its six steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import Event, MomentNoticed, UtteranceHeard
from sidelight.domain.moments import DIRECTION, Form, Moment, MomentId
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId
from sidelight.session.firstrun.messages import (
    BringingFailed,
    FirstRunSeen,
    ModelArrives,
    ModelChoice,
    PlaceSeen,
    Told,
    TrialBegan,
    TrialHeard,
    TrialLevel,
    TrialTrouble,
)
from sidelight.session.home.messages import Refused
from sidelight.settings.first_run import Step
from sidelight.ui.specimen_home import DEVICES, KEY, NO_DEVICES

if TYPE_CHECKING:
    from sidelight.session.home.messages import News

BASE: Final = ModelChoice("base.en", 148, False, False, 1.4, True, True)
SMALL: Final = ModelChoice("small.en", 486, False, False, 4.6, False, False)
TINY: Final = ModelChoice("tiny.en", 78, False, False, 0.8, False, True)
OFFERED: Final = (TINY, BASE, SMALL)
HERE: Final = (TINY, ModelChoice("base.en", 148, False, True, 1.4, True, True), SMALL)
SLOW: Final = tuple(
    replace(one, here=one.name == "base.en", words_after_s=seconds, live=False)
    for one, seconds in zip(OFFERED, (1.9, 2.7, 10.4), strict=True)
)
UNKNOWN: Final = (
    ModelChoice("base.en", 148, multilingual=False, here=False),
    ModelChoice("small.en", 486, multilingual=False, here=False),
)
PLACE: Final = PlaceSeen("/home/robin/.local/share/sidelight", 212.0, "")
FULL: Final = PlaceSeen(
    PLACE.folder, 1.4, "The disk has room for 1 more hour of sound."
)
_ALL: Final = tuple(Step)


def seen(
    at: Step,
    models: tuple[ModelChoice, ...] = HERE,
    place: PlaceSeen = PLACE,
    *,
    new: bool = False,
    typed_key: bool = False,
) -> FirstRunSeen:
    """Everything before this step was gone through."""
    done = frozenset(_ALL[: _ALL.index(at)])
    return FirstRunSeen(done, "en", models, place, new, typed_key)


def said(number: int, text: str, *, settles: bool) -> TrialHeard:
    """The coach said this, and it was noticed or not."""
    span = Span(Millis(number * 5_000), Millis(number * 5_000 + 2_000))
    utterance = Utterance(UtteranceId(1, number), Speaker.COACH, span, (), text, None)
    events: tuple[Event, ...] = (UtteranceHeard(span.end, utterance),)
    if settles:
        found = MomentId(1, number)
        moment = Moment(
            *(found, DIRECTION, Form.OPEN, number, span, 1, (utterance.id,)),
            *(text, 0.97, "", "specimen"),
        )
        events = (*events, MomentNoticed(span.end, moment))
    return TrialHeard(events, Millis(span.end + 400))


ASKED: Final = said(1, "Where would you like to start?", settles=True)
STILL: Final = said(2, "What happened at the meeting on Monday?", settles=False)
HEARING: Final = (seen(Step.HEARING), DEVICES)

FIRST_RUNS: Final[dict[str, tuple[News | Told, ...]]] = {
    "language": (seen(Step.LANGUAGE, UNKNOWN, new=True),),
    "model": (seen(Step.MODEL, OFFERED, new=True),),
    "model-none-fits": (seen(Step.MODEL, SLOW, new=True),),
    "model-measuring": (seen(Step.MODEL, UNKNOWN, new=True), ModelArrives("")),
    "model-arriving": (
        seen(Step.MODEL, OFFERED, new=True),
        ModelArrives("base.en", 41_000_000, 148_000_000),
    ),
    "model-no-network": (
        seen(Step.MODEL, OFFERED, new=True),
        BringingFailed(
            "The model server huggingface.co cannot be reached.",
            "Fetch it later, or import it from a folder or USB stick.",
        ),
    ),
    "key": (seen(Step.KEY, new=True),),
    "key-passphrase": (seen(Step.KEY, new=True, typed_key=True),),
    "key-shown": (seen(Step.KEY, new=True), KEY),
    "place": (seen(Step.PLACE),),
    "place-full": (seen(Step.PLACE, place=FULL),),
    "hearing": HEARING,
    "hearing-settled": (*HEARING, TrialBegan(demo=False), TrialLevel(-14.0), ASKED),
    "hearing-still": (
        *(*HEARING, TrialBegan(demo=False), TrialLevel(-30.0)),
        *(ASKED, STILL),
    ),
    "hearing-muted": (
        *(*HEARING, TrialBegan(demo=False)),
        TrialTrouble(
            "The system gives silence instead of Yeti Stereo Microphone.",
            "Allow Sidelight to use the microphone in the system's privacy settings,"
            " and look whether it is muted.",
        ),
    ),
    "hearing-no-model": (seen(Step.HEARING, OFFERED), DEVICES),
    "hearing-no-microphone": (seen(Step.HEARING), NO_DEVICES),
    "words": (seen(Step.WORDS),),
    "words-refused": (
        seen(Step.WORDS),
        Refused("The record is being written by a session.", "Wait until it is over."),
    ),
}
"""What is told, by the name of the state."""

LISTENS: Final = frozenset({"hearing-settled", "hearing-still", "hearing-muted"})
"""Where the coach has begun to listen."""
