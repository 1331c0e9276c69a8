"""Found, missed and false, word errors and delays, against a small truth."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelight import resources
from sidelight.domain.directives import PartialsOff
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    DirectiveGiven,
    Event,
    MomentNoticed,
    MomentWithdrawn,
    SessionEnded,
    StoredEvent,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import Moment, MomentId
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId, Word
from sidelight.session.scoring import (
    TrueMoment,
    TrueTurn,
    Truth,
    percentile,
    plain_words,
    score,
    score_moments,
    word_errors,
)


def span(start_s: float, end_s: float) -> Span:
    return Span(Millis(int(start_s * 1000)), Millis(int(end_s * 1000)))


def moment(kind: str, where: Span, number: int = 1) -> Moment:
    return Moment(
        id=MomentId(1, number),
        kind=kind,
        form=None,
        episode=number,
        span=where,
        transcript=1,
        utterance_ids=(),
        quote="",
        confidence=1.0,
        reason="",
        detector_version="",
    )


LATE = span(34, 40)
TRUTH = (
    TrueMoment("support", 1, span(10, 15)),
    TrueMoment("support", 1, span(20, 25)),  # the same episode, negotiated
    TrueMoment("direction", 2, span(30, 35)),
    TrueMoment("on_track", 3, span(30, 35)),
)


@pytest.mark.parametrize(
    ("heard", "found", "missed", "false"),
    [
        ([], 0, 3, 0),
        ([moment("support", span(12, 15))], 1, 2, 0),
        ([moment("support", span(21, 22))], 1, 2, 0),
        ([moment("support", span(12, 15)), moment("support", span(21, 22))], 1, 2, 0),
        ([moment("direction", span(12, 15))], 0, 3, 1),
        ([moment("support", span(15, 20))], 0, 3, 1),
        (
            [moment("direction", span(34, 40)), moment("on_track", span(31, 33))],
            2,
            1,
            0,
        ),
        ([moment("care", span(12, 15))], 0, 3, 0),
    ],
)
def test_moments_match_by_kind_and_turn_and_once_an_episode(
    heard: list[Moment], found: int, missed: int, false: int
) -> None:
    result = score_moments(heard, TRUTH)
    assert (result.expected, result.found) == (3, found)
    assert (len(result.missed), len(result.false)) == (missed, false)


def test_kinds_from_the_sound_are_scored_apart() -> None:
    heard = [moment("interruption", span(12, 15)), moment("support", span(50, 51))]
    truth = (TrueMoment("interruption", 1, span(10, 13)),)
    result = score_moments(heard, truth, ("interruption",))
    assert (result.found, result.missed, result.false) == (1, (), ())
    assert len(score_moments(heard, truth).false) == 1, "support, of the process kinds"


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("a b c", "a b c", 0),
        ("a b c", "a c", 1),
        ("a b c", "a b b c", 1),
        ("a b c", "x b y", 2),
        ("", "a b", 2),
        ("a b", "", 2),
    ],
)
def test_word_errors(said: str, heard: str, errors: int) -> None:
    assert word_errors(said.split(), heard.split()) == errors


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc")))
def test_word_errors_are_a_distance(left: list[str], right: list[str]) -> None:
    errors = word_errors(left, right)
    assert errors == word_errors(right, left)
    assert abs(len(left) - len(right)) <= errors <= max(len(left), len(right))
    assert (errors == 0) == (left == right)


def test_case_and_punctuation_are_no_errors_but_apostrophes_count() -> None:
    assert plain_words("Well, I\u2019ll GO - there!") == ["well", "i'll", "go", "there"]
    assert plain_words("its") != plain_words("it's")


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 2), (0.95, 4), (0.0, 1), (1.0, 4)]
)
def test_percentiles_are_values_that_occurred(share: float, expected: int) -> None:
    assert percentile([4, 1, 3, 2], share) == expected
    assert percentile([], share) == 0


def test_a_run_is_judged_as_a_whole() -> None:
    truth = Truth(
        "Ann",
        Millis(20_000),
        (TrueTurn(Speaker.COACH, span(10, 15), "Shall we go on?"),),
        TRUTH[:1],
    )
    words = (Word("Shall", span(10, 11), 0.9),)
    heard = Utterance(
        UtteranceId(1, 1), Speaker.COACH, span(10, 12), words, "Shall we go?"
    )
    withdrawn = moment("support", span(11, 12))
    kept = replace(withdrawn, id=MomentId(1, 2))
    happened: list[tuple[int, Event]] = [
        (30, DirectiveGiven(Millis(1), PartialsOff(Millis(1)))),
        (100, UtteranceHeard(Millis(12_500), heard)),
        (200, MomentNoticed(Millis(12_500), withdrawn)),
        (
            0,
            MomentWithdrawn(Millis(13_000), withdrawn.id, WithdrawalCause.TOOK_BACK),
        ),
        (300, MomentNoticed(Millis(14_000), kept)),
        (900, SessionEnded(Millis(20_000))),
    ]
    events = [
        StoredEvent(seq, event.at, delay, event)
        for seq, (delay, event) in enumerate(happened, start=1)
    ]
    judged = score(events, tell(events), truth, compute_ms=5_000)
    assert (judged.moments.expected, judged.moments.found) == (1, 1)
    assert judged.moments.false == ()
    assert (judged.sound.expected, judged.sound.false) == (0, ())
    assert judged.wer == pytest.approx(1 / 4)
    assert (judged.delay_p50_ms, judged.delay_p95_ms) == (200, 300)
    assert judged.rtf == pytest.approx(0.25)
    assert judged.directives == 1


def test_the_demo_s_own_truth_can_be_read() -> None:
    truth = Truth.read(resources.demo_session() / "truth.json")
    assert {m.kind for m in truth.moments} == {"support", "direction", "on_track"}
    assert all(turn.span.end <= truth.length for turn in truth.turns)
    in_sound = [moment.kind for moment in truth.sound]
    assert in_sound.count("silence_honoured") == 7
    assert in_sound.count("interruption") == 1
    assert len(in_sound) == 8


@pytest.mark.parametrize("text", ["", "{}", json.dumps({"client": 1})])
def test_a_damaged_truth_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "truth.json"
    path.write_text(text)
    with pytest.raises(UserError, match="missing or damaged"):
        Truth.read(path)
