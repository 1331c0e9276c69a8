"""Stable words arm what their final fires; the rest of a partial arms nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.fakes.talk import Talk

from sidelight.domain.events import MomentNoticed, MomentWithdrawn
from sidelight.domain.known import Known
from sidelight.domain.moments import BY_KEY, MomentArmed, MomentId, Origin
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Partial, Speaker, Utterance
from sidelight.partnering.arming import WORTH_JUDGING
from sidelight.partnering.detector import default_detector
from sidelight.partnering.listener import Listener

if TYPE_CHECKING:
    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.judgement import Judgement

DETECTOR = default_detector()
WHERE = "Where would you like to go with this now?"


class Counting:
    """The detector in use, and how often it was asked."""

    version = "counting"

    def __init__(self) -> None:
        self.asked = 0
        self._detector = DETECTOR

    def judge(self, turn: Turn, context: Context) -> Judgement:
        self.asked += 1
        return self._detector.judge(turn, context)


def so_far(said: Utterance, stable: int, words: int | None = None) -> Partial:
    heard = said.words[: words or stable]
    return Partial(said.speaker, said.span.start, heard, stable, heard[-1].span.end)


def word_by_word(listener: Listener, said: Utterance) -> list[MomentArmed]:
    return [
        armed
        for stable in range(1, len(said.words) + 1)
        for armed in listener.foresee(so_far(said, stable))
    ]


@pytest.mark.parametrize("speaker", [Speaker.COACH, Speaker.UNKNOWN])
def test_what_the_final_fires_was_armed_once_before(speaker: Speaker) -> None:
    listener = Listener(DETECTOR)
    said = Talk().says(speaker, WHERE)
    armed = word_by_word(listener, said)
    fired = listener.hear(said, said.span.end)
    assert [one.kind for one in armed] == ["direction"]
    assert [e.moment.kind for e in fired if isinstance(e, MomentNoticed)] == [
        "direction"
    ]
    assert said.span.start < armed[0].at <= said.span.end


def test_words_that_are_not_stable_and_the_clients_arm_nothing() -> None:
    listener = Listener(DETECTOR)
    talk = Talk()
    assert not listener.foresee(so_far(talk.coach(WHERE), 1, words=6))
    assert not word_by_word(listener, talk.client(WHERE))


def test_a_long_utterance_is_judged_every_few_words() -> None:
    detector = Counting()
    said = Talk().coach(
        "I hear your brother, the bank and the letter on the table, all of it at"
        f" once, and then the neighbours with their fence on top of that. {WHERE}"
    )
    listener = Listener(detector)
    armed = [
        one
        for stable in range(len(said.words))
        for one in listener.foresee(so_far(said, stable, words=stable + 1))
    ]
    assert detector.asked == (len(said.words) - 1) // WORTH_JUDGING
    armed += listener.foresee(so_far(said, len(said.words)))
    assert [one.kind for one in armed] == ["direction"]


def test_what_fired_in_this_turn_already_is_not_armed_again() -> None:
    listener = Listener(DETECTOR)
    talk = Talk()
    first = talk.coach(WHERE)
    listener.hear(first, first.span.end)
    assert not word_by_word(listener, talk.coach("Which end would you like to take?"))
    listener.hear(talk.client("The talk with my brother, I think."), Millis(9_000))
    assert word_by_word(listener, talk.coach("And where would you like to go next?"))


def test_a_moment_that_the_coach_had_added_gives_its_number_to_no_other() -> None:
    """What the detector found then was not stored; a fresh listener finds it too."""
    talk = Talk()
    said = talk.coach(WHERE)
    (found,) = Listener(DETECTOR).hear(said, said.span.end)
    assert isinstance(found, MomentNoticed)
    own = replace(found.moment, id=MomentId(BY_KEY, 4), origin=Origin.COACH)
    listener = Listener(DETECTOR)
    listener.resume(Known(utterances=(said,), moments=(own,), last_moment=4))
    on = talk.coach("I'm thinking your boss. What did he say?", after_ms=2_000)
    events = listener.hear(on, on.span.end)
    (gone,) = [e for e in events if isinstance(e, MomentWithdrawn)]
    assert gone.moment_id not in (own.id, found.moment.id)
    numbers = [e.moment.id for e in events if isinstance(e, MomentNoticed)]
    assert gone.moment_id not in numbers
