"""A session as long as they get, invented by numbers: for what paints and scrolls."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Final

from sidelight.domain.clocks import Clocks
from sidelight.domain.moments import (
    DIRECTION,
    PROCESS_KINDS,
    Form,
    Mark,
    Moment,
    MomentId,
)
from sidelight.domain.session import Mode, Session
from sidelight.domain.story import Story
from sidelight.domain.timeline import Gap, GapCause, Millis, Span
from sidelight.domain.transcript import (
    Layout,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)

HOURS: Final = 3
LENGTH: Final = Millis(HOURS * 3_600_000)
_KINDS: Final = (*PROCESS_KINDS, "reflection", "stacked", "agreement", "closing")


def long_story(utterances: int = 5_000, moments: int = 300, seed: int = 7) -> Story:
    """Two people, three hours.

    Args:
        utterances: How many, evenly spread, of four to fourteen words.
        moments: How many, of every kind and form.
        seed: The same gives the same.
    """
    dice = random.Random(seed)
    said = [_said(dice, number, LENGTH // utterances) for number in range(utterances)]
    found = [_found(dice, number, dice.choice(said)) for number in range(moments)]
    found.sort(key=lambda moment: moment.span.end)
    timed = tuple(moment for moment in found if moment.kind in PROCESS_KINDS)
    started = datetime(2026, 11, 3, 10, tzinfo=UTC)
    return Story(
        session=Session(
            "long", started, Layout.STEREO, Mode.KEEP, "Noor", HOURS * 60, "base"
        ),
        position=LENGTH,
        ended=True,
        utterances=tuple(said),
        moments=tuple(found),
        marks=tuple(Mark(Millis(at)) for at in range(600_000, LENGTH, 900_000)),
        gaps=(Gap(Span(Millis(4_000_000), Millis(4_060_000)), GapCause.DEVICE_LOST),),
        clocks=Clocks(timed),
    )


def _said(dice: random.Random, number: int, room: int) -> Utterance:
    count = dice.randint(4, 14)
    step = min(280, (room - 150) // count)
    start = number * room + dice.randint(0, room - step * count)
    words = tuple(
        Word(
            f"{dice.choice('bdfklmnprst')}{'aeiou'[place % 5]}{number % 97}",
            Span(Millis(start + place * step), Millis(start + (place + 1) * step - 20)),
            0.9,
        )
        for place in range(count)
    )
    speaker = Speaker.COACH if number % 3 == 0 else Speaker.CLIENT
    span = Span(words[0].span.start, words[-1].span.end)
    text = " ".join(word.text for word in words)
    return Utterance(UtteranceId(1, number), speaker, span, words, text)


def _found(dice: random.Random, number: int, said: Utterance) -> Moment:
    kind = dice.choice(_KINDS)
    return Moment(
        MomentId(1, number),
        kind,
        dice.choice(list(Form)) if kind == DIRECTION else None,
        number,
        said.span,
        1,
        (said.id,),
        said.text,
        0.9,
        "asks where to go next",
        "invented",
    )
