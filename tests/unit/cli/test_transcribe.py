"""``sidelight transcribe`` as typed: bad input in one sentence, and its two outputs."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from sidelight import resources
from sidelight.cli.main import main
from sidelight.domain.timeline import SAMPLE_RATE

DEMO_SECONDS = 14


def wav(path: Path, seconds: float, rate: int = SAMPLE_RATE, channels: int = 1) -> None:
    soundfile.write(path, np.zeros((int(seconds * rate), channels), np.float32), rate)


def truncated(path: Path) -> None:
    wav(path, 4.0)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def damaged_flac(path: Path) -> None:
    rng = np.random.default_rng(1)
    noise = rng.uniform(-0.1, 0.1, 4 * SAMPLE_RATE).astype(np.float32)
    soundfile.write(path, noise, SAMPLE_RATE, format="FLAC")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def folder(path: Path) -> None:
    path.mkdir()


BAD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "There is no file"),
    "a folder": (folder, "is a folder"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "text": (lambda path: path.write_text("hello " * 1000), "is no sound file"),
    "noise bytes": (lambda path: path.write_bytes(b"\xff\x00x" * 999), "sound"),
    "header alone": (lambda path: path.write_bytes(b"RIFF"), "is no sound file"),
    "zero length": (lambda path: wav(path, 0.0), "holds no sound"),
    "truncated wav": (truncated, "ends early: 2.0 of 4.0 s"),
    "truncated flac": (damaged_flac, "ends early"),
    "five channels": (lambda path: wav(path, 1.0, channels=5), "has 5 channels"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_one_sentence(
    case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make, sentence = BAD_FILES[case]
    path = tmp_path / "Sitzung mit Жанна.wav"
    make(path)
    assert main(["transcribe", str(path), "--model", "demo", "--json"]) == 1
    output, told = capfd.readouterr()
    last = told.strip().splitlines()[-1]
    assert sentence in last
    assert re.search(r"\. .+\.$", last), "a sentence, and a way forward"
    assert "Traceback" not in told
    assert output == ""


@pytest.mark.parametrize("rate", [8_000, 96_000])
def test_any_rate_simply_works(
    rate: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wav(tmp_path / "a.wav", 2.0, rate, channels=2)
    assert main(["transcribe", str(tmp_path / "a.wav"), "--model", "demo"]) == 0
    assert capfd.readouterr().out == ""


def copied(path: Path) -> Path:
    shutil.copytree(
        resources.demo_model(), path, ignore=shutil.ignore_patterns("train")
    )
    return path


def without(name: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        (copied(path) / name).unlink()

    return make


def cut_weights(path: Path) -> None:
    weights = copied(path) / "model.bin"
    weights.write_bytes(weights.read_bytes()[:100_000])


def other_kind(path: Path) -> None:
    path.mkdir()
    (path / "model.safetensors").write_bytes(b"x" * 100)


BAD_MODELS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "no speech model"),
    "empty": (folder, "no speech model in"),
    "no weights": (without("model.bin"), "is incomplete"),
    "no tokenizer": (without("tokenizer.json"), "is incomplete"),
    "corrupt": (cut_weights, "is damaged"),
    "another kind": (other_kind, "a transformers model"),
    "the demo's in disguise": (copied, "only the demo's synthetic voices"),
}


@pytest.mark.parametrize("case", BAD_MODELS)
def test_a_bad_model_is_one_sentence(
    case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make, sentence = BAD_MODELS[case]
    path = tmp_path / "a model"
    make(path)
    wav(tmp_path / "a.wav", 1.0)
    assert main(["transcribe", str(tmp_path / "a.wav"), "--model", str(path)]) == 1
    output, told = capfd.readouterr()
    assert sentence in told
    assert len(told.strip().splitlines()) == 1
    assert output == ""


def test_without_a_model_it_says_how_to_get_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wav(tmp_path / "a.wav", 1.0)
    assert main(["transcribe", str(tmp_path / "a.wav")]) == 1
    told = capfd.readouterr().err
    assert "models fetch" in told
    assert "models import" in told


def test_one_channel_cannot_be_stereo(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wav(tmp_path / "a.wav", 1.0)
    arguments = ["--model", "demo", "--layout", "stereo"]
    assert main(["transcribe", str(tmp_path / "a.wav"), *arguments]) == 1
    assert "--layout mono" in capfd.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--speed", "0"], ["--speed", "fast"], ["--speed", "2", "--fast"]]
)
def test_wrong_usage(wrong: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["transcribe", "a.wav", *wrong])
    assert "usage" in capfd.readouterr().err


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo session's first seconds."""
    sound, rate = soundfile.read(
        resources.demo_session() / "session.flac", frames=DEMO_SECONDS * SAMPLE_RATE
    )
    path = tmp_path_factory.mktemp("sound") / "beginning.flac"
    soundfile.write(path, sound, rate)
    return path


UTTERANCE: dict[str, type | tuple[type, ...]] = {
    "type": str,
    "id": str,
    "speaker": str,
    "start_ms": int,
    "end_ms": int,
    "text": str,
    "words": list,
    "doubt": (str, type(None)),
    "decided_at_ms": int,
    "committed_at_ms": int,
}


def test_json_lines(beginning: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(beginning), "--model", "demo", "--json"]) == 0
    output, told = capfd.readouterr()
    lines = [json.loads(line) for line in output.splitlines()]
    assert lines[0]["v"] == 1
    assert "only the demo's synthetic voices" in told
    utterances = [line for line in lines if line["type"] == "utterance"]
    assert {line["speaker"] for line in utterances} == {"coach", "client"}
    for number, line in enumerate(utterances, 1):
        assert {name: line[name] for name in UTTERANCE if name in line}.keys() == (
            UTTERANCE.keys()
        )
        assert all(isinstance(line[name], kind) for name, kind in UTTERANCE.items())
        assert line["id"] == f"1:{number}"
        assert line["start_ms"] <= line["end_ms"] <= line["decided_at_ms"]
        assert line["committed_at_ms"] == line["decided_at_ms"], "as fast as it is read"
        assert " ".join(word["text"] for word in line["words"]) == line["text"]
        for word in line["words"]:
            assert word.keys() == {"text", "start_ms", "end_ms", "p"}
            assert line["start_ms"] <= word["start_ms"] <= word["end_ms"]


def test_readable(beginning: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(beginning), "--model", "demo"]) == 0
    output, told = capfd.readouterr()
    assert re.search(r"^ +0:01  Coach   Good afternoon", output, re.MULTILINE)
    assert re.search(r"^ +0:07  Client  ", output, re.MULTILINE)
    assert "0:07 of 0:14" in told


def test_the_other_side(beginning: Path, capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["--model", "demo", "--coach", "right"]
    assert main(["transcribe", str(beginning), *arguments]) == 0
    assert re.search(r"^ +0:01  Client  Good", capfd.readouterr().out, re.MULTILINE)


def test_a_room(beginning: Path, capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["--model", "demo", "--layout", "mono", "--json"]
    assert main(["transcribe", str(beginning), *arguments]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert {line.get("speaker", "unknown") for line in lines} == {"unknown"}


def test_at_a_speed_computing_counts(
    beginning: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--model", "demo", "--speed", "20", "--json"]
    assert main(["transcribe", str(beginning), *arguments]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert lines
    assert all(line["committed_at_ms"] >= line["decided_at_ms"] for line in lines)
    assert any(line["committed_at_ms"] > line["decided_at_ms"] for line in lines)


@pytest.fixture(scope="module")
def cut_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo session where the coach begins before the client has finished."""
    sound, rate = soundfile.read(
        resources.demo_session() / "session.flac",
        start=245 * SAMPLE_RATE,
        frames=14 * SAMPLE_RATE,
    )
    path = tmp_path_factory.mktemp("sound") / "cut-in.flac"
    soundfile.write(path, sound, rate)
    return path


def test_what_the_sound_shows_comes_at_the_end(
    cut_in: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["transcribe", str(cut_in), "--model", "demo", "--json"]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    last = lines[-1]
    assert (last["type"], last["kind"]) == ("moment", "interruption")
    assert "before the client had finished" in last["reason"]
    assert last["decided_at_ms"] == 14_000, "nobody can say so sooner"
    said = {line["id"]: line for line in lines if line["type"] == "utterance"}
    going, came = (said[one] for one in last["utterances"])
    assert (going["speaker"], came["speaker"]) == ("client", "coach")
    assert going["start_ms"] < came["start_ms"] < going["end_ms"]


def test_one_microphone_shows_nothing_of_that(
    cut_in: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--model", "demo", "--layout", "mono", "--json"]
    assert main(["transcribe", str(cut_in), *arguments]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert "interruption" not in {line.get("kind") for line in lines}
