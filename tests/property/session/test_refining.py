"""Refining: spans in order and inside the sound; a break changes nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.fakes.refining import ListedFiles, refiner
from tests.fakes.speech import VOCABULARY, PlainScripted, Spoken, say

from sidelight.domain.events import (
    Event,
    MomentNoticed,
    OffRecord,
    OffRecordCause,
    RequestHeard,
    TranscriptRefined,
    UtteranceHeard,
)
from sidelight.domain.timeline import Millis, Span, to_millis, to_samples
from sidelight.domain.transcript import Layout, Speaker, Utterance
from sidelight.domain.versions import of_version
from sidelight.session.refining.work import refine

if TYPE_CHECKING:
    from numpy.typing import NDArray

words = st.builds(
    Spoken,
    word=st.integers(0, len(VOCABULARY) - 1),
    length_ms=st.integers(100, 500),
    gap_ms=st.sampled_from([20, 60, 150, 350, 700, 1600]),
)
talk = st.lists(words, min_size=1, max_size=25)
unhurried = settings(deadline=None, max_examples=60)
stops = st.lists(st.integers(1, 4), max_size=4)


class Stopped(Exception):  # noqa: N818 - it is news
    """Somebody wants the computer."""


def together(coach: list[Spoken], client: list[Spoken]) -> NDArray[np.float32]:
    sounds = [say(coach, lead_ms=40), say(client, lead_ms=900)]
    length = max(map(len, sounds))
    return np.stack([np.pad(s, (0, length - len(s))) for s in sounds], axis=1)


def run(files: ListedFiles, stops: list[int]) -> None:
    """Refine, stopped at the n-th look up each time, and at last to the end."""
    layout = files.session.layout
    for patience in [*stops, 10_000]:
        left = [patience]

        def look_up(_: Millis, left: list[int] = left) -> None:
            left[0] -= 1
            if not left[0]:
                raise Stopped

        try:
            refine(files.read, files.write, refiner(layout), look_up)
        except Stopped:
            continue
        return


def progress(files: ListedFiles) -> list[TranscriptRefined]:
    return [e for e in refined(files) if isinstance(e, TranscriptRefined)][:-1]


def sounds(sound: NDArray[np.float32], at: Millis) -> bool:
    """Whether somebody speaks before and after this position."""
    position = to_samples(at)
    return bool((sound[position - 1] * sound[position]).any())


def utterances(files: ListedFiles) -> list[Utterance]:
    return [e.utterance for e in refined(files) if isinstance(e, UtteranceHeard)]


def refined(files: ListedFiles) -> list[Event]:
    return [one.event for one in of_version(files.stored, 2)]


@unhurried
@given(talk, talk, stops)
def test_stopped_and_gone_on_is_the_same_as_in_one_go(
    coach: list[Spoken], client: list[Spoken], stops: list[int]
) -> None:
    sound = together(coach, client)
    once, again = ListedFiles(sound), ListedFiles(sound)
    run(once, [])
    run(again, stops)
    assert again.stored == once.stored


@unhurried
@given(talk, talk)
def test_every_word_once_and_spans_in_order_inside_the_sound(
    coach: list[Spoken], client: list[Spoken]
) -> None:
    sound = together(coach, client)
    files = ListedFiles(sound)
    run(files, [])
    # Where both speak all the time, a word is cut in two; not in minutes of real talk.
    assume(not any(sounds(sound, version.at) for version in progress(files)))
    found = utterances(files)
    for speaker, said in ((Speaker.COACH, coach), (Speaker.CLIENT, client)):
        mine = [u for u in found if u.speaker is speaker]
        assert [w.text for u in mine for w in u.words] == [w.text for w in said]
        for before, after in pairwise(mine):
            assert before.span.end <= after.span.start
    for utterance in found:
        assert utterance.span.end <= to_millis(len(sound))
        assert utterance.span.start == utterance.words[0].span.start
        for first, second in pairwise(utterance.words):
            assert first.span.end <= second.span.start
    assert [u.id.number for u in found] == list(range(1, len(found) + 1))
    at = [e.at for e in refined(files)]
    assert at == sorted(at)
    ids = {u.id for u in found}
    for event in refined(files):
        match event:
            case MomentNoticed(moment=moment):
                assert moment.transcript == moment.id.transcript == 2
                assert ids >= set(moment.utterance_ids)
            case RequestHeard(utterance_ids=rests):
                assert ids >= set(rests)
            case _:
                pass


@unhurried
@given(talk, stops, st.integers(0, 9000), st.integers(1, 4000))
def test_nothing_of_what_went_off_the_record_is_heard(
    room: list[Spoken], stops: list[int], start: int, length: int
) -> None:
    sound = say(room)[:, np.newaxis]
    gone = Span(Millis(start), Millis(start + length))
    off = OffRecord(gone.end, gone, OffRecordCause.ASKED)
    once, again = ListedFiles(sound, [off]), ListedFiles(sound, [off])
    assert once.session.layout is Layout.MONO
    run(once, [])
    run(again, stops)
    assert again.stored == once.stored
    assert not [u for u in utterances(once) if u.span.overlaps(gone)]
    silent = sound.copy()
    silent[start * 16 : (start + length) * 16] = 0
    left = [
        w.text for one in PlainScripted().hear_plain(silent[:, 0]) for w in one.words
    ]
    assert [w.text for u in utterances(once) for w in u.words] == left
