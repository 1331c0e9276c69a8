"""The laws of the pipeline: cutting changes nothing, no word is lost or told twice."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.fakes.speech import (
    VOCABULARY,
    Deaf,
    LateEar,
    LevelDetector,
    ScriptedRecognizer,
    Spoken,
    say,
)

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Directive, Finish, PartialsOff, PartialsOn
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.known import Known
from sidelight.domain.moments import PROCESS_KINDS, TOOK_BACK, MomentArmed
from sidelight.domain.passing import Passing
from sidelight.domain.timeline import Millis, Samples, to_millis
from sidelight.domain.transcript import Doubt, Layout, Partial, Speaker, Utterance
from sidelight.partnering.context import Context, Turn
from sidelight.partnering.judgement import Finding, Judgement
from sidelight.partnering.listener import Listener
from sidelight.session.pipeline import Hearing, Item, Pipeline, resume_position

LAWS = settings(max_examples=30, deadline=None)


@st.composite
def phrases(draw: st.DrawFn) -> list[Spoken]:
    """Words with short gaps, then a pause; sometimes too long for one utterance."""
    count = draw(st.one_of(st.integers(1, 8), st.integers(35, 45)))
    # Loops are dropped on purpose, so the words walk through the vocabulary.
    word = draw(st.integers(0, len(VOCABULARY) - 1))
    step = draw(st.integers(1, len(VOCABULARY) - 1))
    lengths = draw(st.sampled_from([(120, 350), (300, 600)]))
    words = []
    for _ in range(count):
        word = (word + step) % len(VOCABULARY)
        length = draw(st.integers(*lengths))
        words.append(Spoken(word, length, draw(st.integers(0, 60))))
    # Less voice than 0.25 s is not listened to.
    words[0] = replace(words[0], length_ms=300)
    pause = draw(st.sampled_from([280, 450, 600, 900, 2500]))
    return [*words[:-1], replace(words[-1], length_ms=350, gap_ms=pause)]


# Nor is the same said three times: that would be a loop as well.
channels = st.lists(
    phrases(), max_size=3, unique_by=lambda said: tuple(one.word for one in said)
).map(lambda parts: [word for part in parts for word in part])
sizes = st.lists(
    st.one_of(st.integers(300, 1_000), st.integers(1_000, 40_000)),
    min_size=1,
    max_size=20,
)


def stereo(coach: list[Spoken], client: list[Spoken]) -> NDArray[np.float32]:
    sounds = [say(coach), say(client, lead_ms=900)]
    length = max(map(len, sounds))
    return np.stack([np.pad(s, (0, length - len(s))) for s in sounds], axis=1)


def blocks(
    sound: NDArray[np.float32], cut: list[int], start: int = 0
) -> Iterator[AudioBlock]:
    at, turn = start, 0
    while at < len(sound):
        end = min(len(sound), at + cut[turn % len(cut)])
        yield AudioBlock(Samples(at), sound[at:end])
        at, turn = end, turn + 1


class Eager:
    """Finds a kind in each turn of the coach, by how many words it has so far."""

    version = "eager"

    def judge(self, turn: Turn, context: Context) -> Judgement:
        del context
        if turn.speaker is Speaker.CLIENT:
            return Judgement()
        kind = (TOOK_BACK, *PROCESS_KINDS)[len(turn.text.split()) % 4]
        return Judgement((Finding(kind, 0.9, (0, len(turn.text)), "because"),))


def pipeline(listener: Hearing | None = None) -> Pipeline:
    """The guard against echoes would change these sounds: it waits, and leaves them."""
    return Pipeline(
        Layout.STEREO,
        ScriptedRecognizer(),
        LevelDetector,
        listener or Deaf(),
        open_guard=LateEar,
    )


def play(
    heard: Pipeline,
    sound: NDArray[np.float32],
    cut: list[int],
    directives: list[Directive] | None = None,
) -> list[Item]:
    result: list[Item] = []
    waiting = list(directives or [])
    for block in blocks(sound, cut, heard.position):
        result += heard.feed(block)
        if waiting:
            result += heard.direct(waiting.pop(0))
    return result + heard.direct(Finish(to_millis(heard.position)))


def finals(items: list[Item]) -> list[UtteranceHeard]:
    return [item for item in items if isinstance(item, UtteranceHeard)]


def told(utterances: list[Utterance], speaker: Speaker) -> list[str]:
    return [w.text for u in utterances if u.speaker is speaker for w in u.words]


@LAWS
@given(channels, channels, sizes, st.integers(0, 20))
def test_cutting_and_partials_change_no_final(
    coach: list[Spoken], client: list[Spoken], cut: list[int], toggles: int
) -> None:
    sound = stereo(coach, client)
    switches: list[Directive] = [PartialsOff(Millis(0)), PartialsOn(Millis(0))]
    whole = finals(play(pipeline(), sound, [len(sound)]))
    pieces = finals(play(pipeline(), sound, cut, (switches * toggles)[:toggles]))
    assert pieces == whole


@LAWS
@given(channels, channels, sizes)
def test_what_partials_arm_changes_no_moment(
    coach: list[Spoken], client: list[Spoken], cut: list[int]
) -> None:
    sound = stereo(coach, client)
    off: list[Directive] = [PartialsOff(Millis(0))]
    quiet = play(pipeline(Listener(Eager())), sound, [len(sound)], off)
    armed = play(pipeline(Listener(Eager())), sound, cut)
    assert [one for one in armed if not isinstance(one, Passing)] == [
        one for one in quiet if not isinstance(one, Passing)
    ]
    assert not any(isinstance(one, MomentArmed) for one in quiet)


def test_the_coachs_stable_words_arm_before_they_are_final() -> None:
    words = [Spoken(n, 300, 40) for n in range(12)]
    items = play(pipeline(Listener(Eager())), stereo(words, words), [8_000])
    armed = [n for n, one in enumerate(items) if isinstance(one, MomentArmed)]
    final = next(n for n, one in enumerate(items) if isinstance(one, UtteranceHeard))
    assert armed
    assert armed[0] < final


@LAWS
@given(channels, channels, sizes)
def test_every_word_is_told_once_and_in_its_place(
    coach: list[Spoken], client: list[Spoken], cut: list[int]
) -> None:
    sound = stereo(coach, client)
    events = finals(play(pipeline(), sound, cut))
    utterances = [event.utterance for event in events]
    assert told(utterances, Speaker.COACH) == [word.text for word in coach]
    assert told(utterances, Speaker.CLIENT) == [word.text for word in client]
    assert [u.id.number for u in utterances] == list(range(1, len(events) + 1))
    decided = [event.at for event in events]
    assert decided == sorted(decided)
    for event in events:
        spans = [word.span for word in event.utterance.words]
        assert event.utterance.span.start == spans[0].start
        assert spans == sorted(spans)
        assert all(s.end <= event.utterance.span.end <= event.at for s in spans)
        assert event.at <= to_millis(len(sound))


@LAWS
@given(channels, sizes)
def test_stable_words_only_grow(coach: list[Spoken], cut: list[int]) -> None:
    items = play(pipeline(), stereo(coach, []), [min(size, 8_000) for size in cut])
    known: dict[Millis, list[str]] = {}
    for partial in (item for item in items if isinstance(item, Partial)):
        stable = [word.text for word in partial.words[: partial.stable]]
        before = known.get(partial.start, [])
        assert stable[: len(before)] == before
        known[partial.start] = stable


@LAWS
@given(channels, channels, st.data())
def test_a_pipeline_that_takes_over_loses_and_repeats_nothing(
    coach: list[Spoken], client: list[Spoken], data: st.DataObject
) -> None:
    sound = stereo(coach, client)
    crash = data.draw(st.integers(0, len(sound)))
    first = pipeline()
    before: list[UtteranceHeard] = []
    for block in blocks(sound[:crash], [1600]):
        before += finals(first.feed(block))
    known = [event.utterance for event in before]
    second = pipeline()
    decided = before[-1].at if before else Millis(0)
    numbers = Known(decided, tuple(known), last_utterance=len(known))
    second.resume(resume_position(decided), numbers)
    after = finals(play(second, sound, [1600]))
    all_of_it = known + [event.utterance for event in after]
    assert told(all_of_it, Speaker.COACH) == [word.text for word in coach]
    assert told(all_of_it, Speaker.CLIENT) == [word.text for word in client]
    assert len({u.id for u in all_of_it}) == len(all_of_it)


@LAWS
@given(channels, sizes, st.integers(0, 400))
def test_the_client_heard_twice_is_never_taken_for_the_coach(
    client: list[Spoken], cut: list[int], late_ms: int
) -> None:
    """A guard that knows nothing of the room: the words alone give the echo away.

    Not where one word follows on itself, as in "no … no … no": which of them is heard
    again cannot be told by words.
    """
    client = [replace(one, word=n % len(VOCABULARY)) for n, one in enumerate(client)]
    sound = stereo([], client)
    sound[:, 0] = np.roll(sound[:, 1], late_ms * 16)
    listener = Deaf()
    events = finals(play(pipeline(listener), sound, cut))
    utterances = [event.utterance for event in events]
    assert told(utterances, Speaker.CLIENT) == [word.text for word in client]
    assert all(u.speaker is Speaker.CLIENT for u in listener.known)
    coach = [u for u in utterances if u.speaker is Speaker.COACH]
    assert {u.doubt for u in coach} <= {Doubt.ECHO}
    assert bool(coach) == bool(client)
