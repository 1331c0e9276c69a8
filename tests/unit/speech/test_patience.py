"""A speaker who goes on after pauses is waited for longer; one who is done, less."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker
from sidelight.speech.endpointing import COACH, TAIL_WINDOWS
from sidelight.speech.patience import AT_ONCE, JUDGED, Patience

COACH_, CLIENT, UNKNOWN = Speaker.COACH, Speaker.CLIENT, Speaker.UNKNOWN


@dataclass(slots=True)
class Talk:
    """Utterances of a second each, one after another."""

    patience: Patience = field(default_factory=Patience)
    now: int = 0

    def say(self, speaker: Speaker, pause_ms: int) -> None:
        """After a pause."""
        start = self.now + pause_ms
        self.now = start + 1_000
        self.patience.hear(speaker, Span(Millis(start), Millis(self.now)))


def alternating(turns: int) -> Talk:
    talk = Talk()
    for turn in range(turns):
        talk.say(COACH_ if turn % 2 == 0 else CLIENT, 700)
    return talk


def test_nothing_changes_before_enough_was_heard() -> None:
    talk = alternating(2 * JUDGED)
    assert talk.patience.more_windows(COACH_) < 0
    early = alternating(2 * JUDGED - 2)
    assert early.patience.more_windows(COACH_) == 0


def test_whoever_goes_on_is_waited_for() -> None:
    talk = Talk()
    for _ in range(JUDGED + 1):
        talk.say(CLIENT, 800)
        talk.say(CLIENT, 800)
        talk.say(COACH_, 800)
    assert talk.patience.more_windows(CLIENT) > 0
    assert talk.patience.more_windows(COACH_) < 0


def test_a_long_silence_is_an_end() -> None:
    talk = Talk()
    for _ in range(JUDGED + 1):
        talk.say(CLIENT, AT_ONCE)
    assert talk.patience.more_windows(CLIENT) < 0


def test_one_microphone_cannot_tell() -> None:
    talk = Talk()
    for _ in range(5 * JUDGED):
        talk.say(UNKNOWN, 300)
    assert talk.patience.more_windows(UNKNOWN) == 0


def test_one_that_changes_its_ways_is_followed_back() -> None:
    talk = Talk()
    for _ in range(4 * JUDGED):
        talk.say(CLIENT, 400)
    slow = talk.patience.more_windows(CLIENT)
    for _ in range(10 * JUDGED):
        talk.say(COACH_, 400)
        talk.say(CLIENT, 400)
    assert talk.patience.more_windows(CLIENT) < 0 < slow


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Speaker)), st.integers(0, 5_000)), max_size=400
    )
)
def test_it_is_bounded_and_known_again(said: list[tuple[Speaker, int]]) -> None:
    """Whoever takes over learns the same from the same utterances."""
    first, second = Talk(), Talk()
    for speaker, pause in said:
        first.say(speaker, pause)
    for speaker, pause in said:
        second.say(speaker, pause)
    for speaker in (COACH_, CLIENT):
        more = first.patience.more_windows(speaker)
        assert more == second.patience.more_windows(speaker)
        assert COACH.end_pause + more > TAIL_WINDOWS
        assert more * 0.032 < 0.5
