"""The pipeline's decisions: when, in which order, with which model, and when none."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.fakes.speech import (
    Deaf,
    Inventor,
    LevelDetector,
    ScriptedRecognizer,
    Spoken,
    say,
)

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish, PartialsOff, PartialsOn, UseModel
from sidelight.domain.events import (
    MomentNoticed,
    MomentWithdrawn,
    RequestHeard,
    UtteranceHeard,
)
from sidelight.domain.known import Known
from sidelight.domain.moments import MomentArmed
from sidelight.domain.passing import Passing
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Millis,
    Samples,
    Span,
    to_millis,
    to_samples,
)
from sidelight.domain.transcript import (
    Doubt,
    Layout,
    Partial,
    Speaker,
    Utterance,
    VoicesHeard,
)
from sidelight.session.pipeline import Hearing, Item, Pipeline, PipelinePolicy
from sidelight.speech.recognizer import Hypothesis, PassKind, Recognizer
from sidelight.speech.vad import WINDOW

QUESTION = [Spoken(word, 250, 30) for word in (8, 9, 10, 11, 12)]
WINDOW_MS = 32


def end_of(words: Sequence[Spoken], lead_ms: int = 500) -> int:
    """When the last word ends."""
    spoken = sum(word.length_ms + word.gap_ms for word in words)
    return lead_ms + spoken - words[-1].gap_ms


def opened(
    layout: Layout = Layout.MONO,
    recognizer: Recognizer | None = None,
    listener: Hearing | None = None,
    policy: PipelinePolicy | None = None,
) -> Pipeline:
    return Pipeline(
        layout,
        recognizer or ScriptedRecognizer(),
        LevelDetector,
        listener or Deaf(),
        policy=policy,
        open_model=lambda name: ScriptedRecognizer(name, spell=name + ":{}"),
    )


def feed(
    pipeline: Pipeline, sound: NDArray[np.float32], block: int = 1600
) -> list[Item]:
    channels = sound.reshape(len(sound), -1)
    begin = pipeline.position
    result: list[Item] = []
    for at in range(0, len(channels), block):
        piece = channels[at : at + block]
        result += pipeline.feed(AudioBlock(Samples(begin + at), piece))
    return result


def finish(pipeline: Pipeline) -> list[Item]:
    return pipeline.direct(Finish(to_millis(pipeline.position)))


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def finals(items: Sequence[Item]) -> list[UtteranceHeard]:
    return [item for item in items if isinstance(item, UtteranceHeard)]


@pytest.mark.parametrize(
    ("layout", "channel", "speaker", "pause_ms"),
    [
        (Layout.STEREO, 0, Speaker.COACH, 500),
        (Layout.STEREO, 1, Speaker.CLIENT, 700),
        (Layout.MONO, 0, Speaker.UNKNOWN, 400),
    ],
)
def test_a_final_is_decided_right_after_its_pause(
    layout: Layout, channel: int, speaker: Speaker, pause_ms: int
) -> None:
    voice = np.concatenate([say(QUESTION), silence(2)])
    sound = np.zeros((len(voice), len(layout.speakers)), np.float32)
    sound[:, channel] = voice
    (event,) = finals(feed(opened(layout), sound))
    assert event.utterance.speaker is speaker
    waited = event.at - end_of(QUESTION)
    assert pause_ms <= waited <= pause_ms + 2 * WINDOW_MS


def test_words_keep_their_times() -> None:
    (event,) = finals(feed(opened(), np.concatenate([say(QUESTION), silence(1)])))
    starts = [word.span.start for word in event.utterance.words]
    assert starts == [500 + 280 * n for n in range(len(QUESTION))]
    assert event.utterance.span == Span(Millis(500), Millis(end_of(QUESTION)))
    assert event.utterance.text == " ".join(word.text for word in QUESTION)


def test_finish_decides_what_is_open() -> None:
    pipeline = opened()
    assert not finals(feed(pipeline, say(QUESTION)))
    (event,) = finals(finish(pipeline))
    assert event.at == to_millis(pipeline.position)
    with pytest.raises(ValueError, match="sound at"):
        feed(pipeline, silence(1))
    with pytest.raises(ValueError, match="finished"):
        finish(pipeline)


@pytest.mark.parametrize("start", [1599, 1601])
def test_sound_must_follow_on(start: int) -> None:
    pipeline = opened()
    feed(pipeline, silence(0.1))
    with pytest.raises(ValueError, match="expected at 1600"):
        pipeline.feed(AudioBlock(Samples(start), np.zeros((10, 1), np.float32)))


def test_the_layout_is_kept() -> None:
    with pytest.raises(ValueError, match="channels"):
        opened().feed(AudioBlock(Samples(0), np.zeros((10, 2), np.float32)))


class Echo:
    """Says of each utterance that it is the client's request."""

    def hear(
        self, utterance: Utterance, at: Millis
    ) -> list[MomentNoticed | MomentWithdrawn | RequestHeard]:
        return [RequestHeard(at, utterance.span, (utterance.id,), utterance.text)]

    def foresee(self, partial: Partial) -> list[MomentArmed]:
        del partial
        return []

    def resume(self, known: Known) -> None:
        pass


def test_what_follows_from_an_utterance_follows_it() -> None:
    coach = say([*QUESTION, Spoken(3, 300, 900), *QUESTION])
    client = say(QUESTION, lead_ms=9_000)
    sound = np.zeros((max(len(coach), len(client)) + SAMPLE_RATE, 2), np.float32)
    sound[: len(coach), 0] = coach
    sound[: len(client), 1] = client
    events = [
        item
        for item in feed(opened(Layout.STEREO, listener=Echo()), sound)
        if not isinstance(item, Passing)
    ]
    assert [type(event) for event in events] == [UtteranceHeard, RequestHeard] * 3
    assert [event.at for event in events] == sorted(event.at for event in events)
    ids = [str(event.utterance.id) for event in finals(events)]
    assert ids == ["1:1", "1:2", "1:3"]


def test_who_speaks_is_told_when_it_changes_and_after_what_was_said() -> None:
    """Then whoever hears that all is quiet knows everything that was said."""
    coach = say(QUESTION)
    client = say(QUESTION, lead_ms=6_000)
    sound = np.zeros((max(len(coach), len(client)) + SAMPLE_RATE, 2), np.float32)
    sound[: len(coach), 0] = coach
    sound[: len(client), 1] = client
    items = feed(opened(Layout.STEREO, listener=Echo()), sound)
    told = [item for item in items if isinstance(item, VoicesHeard)]
    assert [voices.speaking for voices in told] == [
        (),
        (Speaker.COACH,),
        (),
        (Speaker.CLIENT,),
        (),
    ]
    kept = [item for item in items if not isinstance(item, Partial)]
    kinds = [VoicesHeard, VoicesHeard, UtteranceHeard, RequestHeard, VoicesHeard]
    assert [type(item) for item in kept[:5]] == kinds
    assert told[-1].at >= finals(items)[-1].utterance.span.end


def test_partials_can_be_turned_off_and_on() -> None:
    pipeline = opened()
    long = say([Spoken(n % 40, 300, 30) for n in range(30)])

    def partials() -> bool:
        part = long[: 3 * SAMPLE_RATE]
        return any(isinstance(item, Partial) for item in feed(pipeline, part))

    feed(pipeline, say([Spoken(1, 300, 0)]))
    assert partials()
    pipeline.direct(PartialsOff(to_millis(pipeline.position)))
    assert not partials()
    pipeline.direct(PartialsOn(to_millis(pipeline.position)))
    assert partials()


def test_a_partial_agrees_word_by_word() -> None:
    words = [Spoken(n, 300, 40) for n in range(12)]
    found = [p for p in feed(opened(), say(words)) if isinstance(p, Partial)]
    assert len(found) >= 3
    texts = [word.text for word in words]
    assert [p.stable for p in found] == sorted(p.stable for p in found)
    assert found[-1].stable > 0
    assert {p.start for p in found} == {found[0].start}
    for partial in found:
        stable = [word.text for word in partial.words[: partial.stable]]
        assert stable == texts[: partial.stable]


def test_another_model_takes_over_at_its_position() -> None:
    pipeline = opened()
    sound = np.concatenate([say(QUESTION), silence(1)])
    assert finals(feed(pipeline, sound))[0].utterance.words[0].text == "which"
    pipeline.direct(UseModel(to_millis(pipeline.position + 8_000), "big"))
    later = finals(feed(pipeline, sound)) + finals(finish(pipeline))
    assert later[0].utterance.words[0].text == "big:which"


def test_a_model_cannot_take_over_in_the_past() -> None:
    pipeline = opened()
    feed(pipeline, silence(2))
    with pytest.raises(ValueError, match="too late"):
        pipeline.direct(UseModel(Millis(500), "big"))


def test_a_final_begun_early_is_not_made_twice() -> None:
    recognizer = ScriptedRecognizer()
    policy = PipelinePolicy(partials=False, early=frozenset({Speaker.UNKNOWN}))
    pipeline = opened(recognizer=recognizer, policy=policy)
    feed(pipeline, np.concatenate([say(QUESTION), silence(0.3)]))
    assert recognizer.passes == [PassKind.FINAL], "in the pause, before its end"
    assert len(finals(feed(pipeline, silence(1)))) == 1
    assert recognizer.passes == [PassKind.FINAL]


def test_a_final_begun_early_is_dropped_when_speech_goes_on() -> None:
    recognizer = ScriptedRecognizer()
    policy = PipelinePolicy(partials=False, early=frozenset({Speaker.UNKNOWN}))
    pipeline = opened(recognizer=recognizer, policy=policy)
    feed(pipeline, np.concatenate([say(QUESTION), silence(0.3)]))
    feed(pipeline, say(QUESTION, lead_ms=0))
    (event,) = finals(feed(pipeline, silence(1)))
    assert event.utterance.text.split() == [w.text for w in QUESTION] * 2


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.2])
def test_without_a_quarter_second_of_voice_no_model_is_asked(seconds: float) -> None:
    inventor = Inventor("thank you for watching")
    blip = np.full(int(seconds * SAMPLE_RATE), 0.3, np.float32)
    pipeline = opened(recognizer=inventor)
    items = feed(pipeline, np.concatenate([silence(1), blip, silence(2)] * 3))
    heard = [item for item in items if not isinstance(item, VoicesHeard)]
    assert heard + finish(pipeline) == []
    assert inventor.passes == []


def test_a_loop_is_tried_again_then_said_once_and_doubted() -> None:
    inventor = Inventor("and then I " * 8)
    pipeline = opened(recognizer=inventor, policy=PipelinePolicy(partials=False))
    sound = np.concatenate([say([Spoken(n, 400, 30) for n in range(12)]), silence(1)])
    (event,) = finals(feed(pipeline, sound))
    assert event.utterance.text == "and then I"
    assert event.utterance.doubt is Doubt.REPETITIVE
    assert inventor.passes == [PassKind.FINAL, PassKind.RETRY]


class StopsEarly(ScriptedRecognizer):
    """Leaves everything after three words to the next pass."""

    def recognize(
        self, samples: NDArray[np.float32], *, kind: PassKind, previous: str = ""
    ) -> Hypothesis:
        found = super().recognize(samples, kind=kind, previous=previous)
        return replace(found, words=found.words[:3])


def test_a_model_that_stops_early_is_asked_again() -> None:
    words = [Spoken(n, 300, 30) for n in range(25)]
    pipeline = opened(recognizer=StopsEarly())
    (event,) = finals(feed(pipeline, np.concatenate([say(words), silence(1)])))
    # Less than 0.75 s of the end is not worth a pass.
    heard = event.utterance.text.split()
    assert heard == [word.text for word in words][: len(heard)]
    assert len(heard) >= len(words) - 3


def test_what_the_model_is_unsure_of_is_doubted() -> None:
    inventor = Inventor("could be anything", avg_logprob=-1.5)
    sound = np.concatenate([say(QUESTION), silence(1)])
    (event,) = finals(feed(opened(recognizer=inventor), sound))
    assert event.utterance.doubt is Doubt.UNSURE


def test_memory_of_sound_is_bounded() -> None:
    """A long monologue: what is settled stays close behind."""
    pipeline = opened(policy=PipelinePolicy(partials=False))
    talk = say([Spoken(n % 43, 300, 20) for n in range(200)], lead_ms=0)
    for _ in range(3):
        feed(pipeline, talk, block=8_000)
        assert pipeline.position - pipeline.settled <= 14 * SAMPLE_RATE


def test_a_window_is_decided_as_soon_as_it_is_whole() -> None:
    pipeline = opened()
    voice = np.concatenate([say(QUESTION), silence(1)])
    before: list[UtteranceHeard] = []
    for at in range(0, len(voice), 100):
        block = voice[at : at + 100].reshape(-1, 1)
        before = finals(pipeline.feed(AudioBlock(Samples(at), block)))
        if before:
            break
    assert to_samples(before[0].at) // WINDOW == pipeline.position // WINDOW
