"""The demo session: its truth file says exactly what its sound holds."""

from __future__ import annotations

import hashlib
import importlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

DEMO: Final = Path(__file__).resolve().parents[2] / "assets" / "demo"
CHANNEL: Final = {"coach": 0, "client": 1}
RATE: Final = 16_000
PROCESS: Final = {"support", "direction", "on_track"}
KINDS: Final = PROCESS | {
    *("agreement", "observation_invite", "engagement", "closing"),
    *("leading", "unsolicited_advice", "either_or", "stacked", "interprets"),
    *("own_words", "feeling_passed", "took_choice", "took_back", "interruption"),
    *("silence_broken", "silence_honoured"),
    *("reflection", "observation", "acknowledgement", "past_success", "emotion"),
    *("inquire_first", "care"),
}
PARTNERING: Final = PROCESS | {
    *("agreement", "observation_invite", "engagement", "closing"),
}

Json = dict[str, Any]
Sound = npt.NDArray[np.int16]


@pytest.fixture(scope="module")
def truth() -> Json:
    content: Json = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def script() -> Json:
    content: Json = json.loads((DEMO / "script.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def stereo() -> Sound:
    return read("session.flac")


def read(name: str) -> Sound:
    samples, rate = soundfile.read(DEMO / name, dtype="int16")
    assert rate == RATE
    sound: Sound = samples
    return sound


def level_dbfs(samples: npt.NDArray[Any]) -> float:
    return float(10 * np.log10(np.mean((samples / 32768.0) ** 2) + 1e-12))


def at(ms: int) -> int:
    return ms * RATE // 1000


def ids(turns: list[Json], kind: str) -> list[str]:
    return [turn["id"] for turn in turns if kind in turn["kinds"]]


def test_truth_is_the_script_with_times(script: Json, truth: Json) -> None:
    fields = ("id", "speaker", "text", "kinds", "form", "episode")

    def said(turn: Json) -> list[Any]:
        return [turn[field] for field in fields]

    assert [said(t) for t in truth["turns"]] == [said(t) for t in script["turns"]]


def test_every_label_is_one_that_exists_and_only_the_coach_has_labels(
    truth: Json,
) -> None:
    for turn in truth["turns"]:
        assert set(turn["kinds"]) <= KINDS
        assert (turn["form"] is not None) == ("direction" in turn["kinds"])
        assert (turn["episode"] is not None) == bool(PROCESS & set(turn["kinds"]))
        if turn["speaker"] == "client":
            assert turn["kinds"] == []


def test_words_lie_in_order_inside_their_turn(truth: Json) -> None:
    for turn in truth["turns"]:
        assert [word["text"] for word in turn["words"]] == turn["text"].split()
        assert turn["words"][0]["start_ms"] - turn["start_ms"] < 100
        assert turn["end_ms"] - turn["words"][-1]["end_ms"] < 100
        edges = [turn["start_ms"]]
        for word in turn["words"]:
            edges += [word["start_ms"], word["end_ms"]]
        assert edges == sorted(edges)
        assert edges[-1] <= turn["end_ms"]


def test_sound_is_the_one_the_truth_was_measured_on(truth: Json, stereo: Sound) -> None:
    mono = read("session-mono.flac")
    assert stereo.shape == (len(mono), 2)
    assert len(stereo) * 1000 // RATE == truth["duration_ms"]
    for name, samples in (("session.flac", stereo), ("session-mono.flac", mono)):
        digest = hashlib.sha256(samples.astype("<i2").tobytes()).hexdigest()
        assert digest == truth["sound"][name]["sha256_of_samples"]
    np.testing.assert_array_equal(mono, stereo.sum(axis=1))


def test_sound_neither_clips_nor_is_digital_silence(stereo: Sound) -> None:
    assert np.abs(stereo.astype(np.int32).sum(axis=1)).max() < 32_768 * 0.9
    seconds = stereo[: len(stereo) // RATE * RATE].reshape(-1, RATE, 2)
    assert np.abs(seconds).max(axis=1).min() > 0


def test_the_files_are_small_enough_for_a_repository() -> None:
    total = sum(path.stat().st_size for path in DEMO.iterdir() if path.is_file())
    assert total <= 8_000_000


def test_each_turn_sounds_on_its_own_channel(truth: Json, stereo: Sound) -> None:
    for turn in truth["turns"]:
        own = stereo[
            at(turn["start_ms"]) : at(turn["end_ms"]), CHANNEL[turn["speaker"]]
        ]
        window = at(100)  # a soft consonant may open or close the turn
        assert level_dbfs(own) > -42, turn["id"]
        assert level_dbfs(own[:window]) > -60, turn["id"]
        assert level_dbfs(own[-window:]) > -60, turn["id"]


def test_each_word_sounds_where_the_truth_says(truth: Json, stereo: Sound) -> None:
    for turn in truth["turns"]:
        channel = stereo[:, CHANNEL[turn["speaker"]]]
        for word in turn["words"]:
            heard = channel[at(word["start_ms"]) : at(word["end_ms"])]
            assert level_dbfs(heard) > -52, (turn["id"], word)


@pytest.mark.parametrize("speaker", ["coach", "client"])
def test_a_channel_is_quiet_wherever_its_speaker_is(
    speaker: str, truth: Json, stereo: Sound
) -> None:
    margin = at(40)
    quiet = np.ones(len(stereo), dtype=bool)
    for turn in truth["turns"]:
        if turn["speaker"] == speaker:
            quiet[at(turn["start_ms"]) - margin : at(turn["end_ms"]) + margin] = False
    samples = stereo[quiet, CHANNEL[speaker]]
    frame = at(100)
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    levels = [level_dbfs(row) for row in frames]
    assert max(levels) < -62
    assert -67 < level_dbfs(samples) < -63


def test_long_silences_are_really_silent(truth: Json, stereo: Sound) -> None:
    lengths = []
    for silence in truth["silences"]:
        start, end = at(silence["start_ms"]), at(silence["end_ms"])
        margin = at(40)
        assert level_dbfs(stereo[start + margin : end - margin]) < -63
        lengths.append(silence["end_ms"] - silence["start_ms"])
    assert len([length for length in lengths if 6_000 <= length <= 15_000]) >= 5
    assert all(s["kind"] == "silence_honoured" for s in truth["silences"])


def test_phases_cover_the_session_in_order(truth: Json) -> None:
    phases = truth["phases"]
    assert [p["phase"] for p in phases] == ["agreement", "exploring", "closing"]
    assert phases[0]["start_ms"] == 0
    assert phases[-1]["end_ms"] == truth["duration_ms"]
    for left, right in pairwise(phases):
        assert left["end_ms"] == right["start_ms"]


def test_expected_moments_are_the_process_turns_of_the_coach(truth: Json) -> None:
    expected = [
        (kind, turn["form"] if kind == "direction" else None, turn["episode"])
        for turn in truth["turns"]
        for kind in turn["kinds"]
        if kind in PROCESS
    ]
    found = [(m["kind"], m["form"], m["episode"]) for m in truth["expected_moments"]]
    assert found == expected
    episodes = [episode for _, _, episode in found]
    assert episodes == sorted(episodes)
    assert set(episodes) == set(range(1, max(episodes) + 1))
    taken_back = ids(truth["turns"], "took_back")
    assert taken_back
    assert not {m["turn"] for m in truth["expected_moments"]} & set(taken_back)


def test_all_process_kinds_come_several_times_in_every_form(truth: Json) -> None:
    turns = truth["turns"]
    assert len(ids(turns, "support")) >= 3
    assert len(ids(turns, "direction")) >= 4
    assert len(ids(turns, "on_track")) >= 3
    assert {t["form"] for t in turns} >= {"open", "menu_open", "narrow"}
    asked = [m["turn"] for m in truth["expected_moments"]]
    texts = [t["text"] for t in turns if t["id"] in asked]
    assert len(set(texts)) == len(texts)


def test_more_than_four_minutes_pass_without_any_partnering(truth: Json) -> None:
    edges = [0]
    for turn in truth["turns"]:
        if PARTNERING & set(turn["kinds"]):
            edges += [turn["start_ms"], turn["end_ms"]]
    gaps = [start - end for end, start in pairwise(edges)]
    assert max(gaps[::2]) > 240_000


def test_the_coach_cuts_in_once_and_says_two_backchannels(truth: Json) -> None:
    turns = truth["turns"]
    clients = [t for t in turns if t["speaker"] == "client"]
    (cut_in,) = (t for t in turns if "interruption" in t["kinds"])
    (cut_off,) = (
        t for t in clients if t["start_ms"] < cut_in["start_ms"] < t["end_ms"]
    )
    assert not cut_off["text"].endswith((".", "?"))
    inside = [
        t["text"]
        for t in turns
        if t["speaker"] == "coach"
        and any(
            c["start_ms"] < t["start_ms"] and t["end_ms"] < c["end_ms"] for c in clients
        )
    ]
    assert inside == ["Right.", "Yeah."]


def test_request_insight_and_commitments_are_the_clients_own_words(
    truth: Json,
) -> None:
    by_id = {turn["id"]: turn for turn in truth["turns"]}
    focus = truth["focus"]
    quotes = [focus, focus["measure"], *truth["insights"], *truth["commitments"]]
    for quote in quotes:
        turn = by_id[quote["turn"]]
        assert turn["speaker"] == "client"
        assert quote["text"] in turn["text"]
    assert truth["request"] == focus["text"]
    assert by_id[focus["turn"]]["end_ms"] < 60_000
    assert truth["insights"]
    assert len(truth["commitments"]) >= 2


def test_committed_sound_is_what_flite_says_by_itself(
    script: Json, truth: Json, stereo: Sound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One piece of each voice; ``make_session.py --check`` compares all of them."""
    monkeypatch.syspath_prepend(str(DEMO / "make"))
    flite = importlib.import_module("flite")
    try:
        synthesiser = flite.Flite(frozenset(script["voices"].values()))
    except flite.FliteMissingError as error:
        pytest.skip(str(error))
    spoken_turns = [t for t in truth["turns"] if t["id"] in {"d-006", "d-007"}]
    for turn in spoken_turns:
        spoken = synthesiser.speak(script["voices"][turn["speaker"]], turn["text"])
        shift = at(turn["words"][1]["start_ms"]) - spoken.words[1].start
        first, last = spoken.words[0].start, spoken.words[-1].end
        channel = stereo[:, CHANNEL[turn["speaker"]]]
        alike = [  # the truth is written in whole milliseconds
            np.corrcoef(
                channel[first + shift + extra : last + shift + extra],
                spoken.samples[first:last],
            )[0, 1]
            for extra in range(-at(1), at(1) + 1)
        ]
        assert max(alike) > 0.99, turn["id"]
