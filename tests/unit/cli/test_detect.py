"""``sidelight detect``: a contract that scripts rely on."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from sidelight.cli.main import main


def detect(
    lines: list[object],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *options: str,
) -> list[dict[str, Any]]:
    file = tmp_path / "lines.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    assert main(["detect", str(file), *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_line_out_for_each_line_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = detect(
        [
            {"id": "a", "speaker": "client", "text": "There's a lot going on."},
            {"id": "b", "speaker": "coach", "text": "Where would you like to start?"},
            {"id": "c", "speaker": "coach", "text": ""},
        ],
        tmp_path,
        capsys,
    )
    assert [line["id"] for line in found] == ["a", "b", "c"]
    assert [line["labels"] for line in found] == [[], ["direction"], []]
    assert [line["form"] for line in found] == [None, "open", None]
    assert all(line["type"] == "detected" for line in found)
    assert ["v" in line for line in found] == [True, False, False]
    assert found[0]["v"] == 1


def test_scores_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = {"id": "a", "speaker": "coach", "text": "Is this still useful for you?"}
    (plain,) = detect([line], tmp_path, capsys)
    (scored,) = detect([line], tmp_path, capsys, "--scores")
    assert "scores" not in plain
    assert scored["scores"]["on_track"] > 0.5
    assert "interruption" not in scored["scores"]


def test_utterance_lines_of_transcribe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = detect(
        [
            {"v": 1, "type": "utterance", "id": "1:1", "speaker": "coach",
             "start_ms": 0, "end_ms": 900, "text": "And where would you", "words": []},
            {"type": "moment", "kind": "direction"},
            {"type": "utterance", "id": "1:2", "speaker": "coach",
             "start_ms": 1500, "end_ms": 2400, "text": "like to begin?", "words": []},
        ],
        tmp_path,
        capsys,
    )  # fmt: skip
    assert [(line["id"], line["labels"]) for line in found] == [
        ("1:1", []),
        ("1:2", ["direction"]),
    ]


def test_sessions_know_nothing_of_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = detect(
        [
            {"id": 1, "session": "x", "speaker": "coach", "text": "And which of those"},
            {
                "id": 2,
                "session": "y",
                "speaker": "coach",
                "text": "would you like first?",
            },
        ],
        tmp_path,
        capsys,
    )
    alone = detect(
        [
            {
                "id": 2,
                "session": "y",
                "speaker": "coach",
                "text": "would you like first?",
            }
        ],
        tmp_path,
        capsys,
    )
    assert found[1]["labels"] == alone[0]["labels"]


def test_without_a_speaker_a_clients_words_are_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = detect(
        [
            {
                "id": "a",
                "text": "What would you like to do with the time we have left?",
            },
            {"id": "b", "speaker": "unknown", "text": "I'd like to look at the money."},
        ],
        tmp_path,
        capsys,
    )
    assert [line["labels"] for line in found] == [["direction"], []]


def test_standard_input_is_read_as_it_comes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = b'\xef\xbb\xbf{"id": "a", "text": "Mm."}\n\n{"id": "b", "text": "Mm."}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["detect"]) == 0
    ids = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert ids == ["a", "b"]


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "a", "text": "secret',
        '["secret"]',
        '{"id": "a"}',
        '{"text": "secret"}',
        '{"id": "a", "text": ["secret"]}',
        '{"id": "a", "text": "secret", "speaker": "secret"}',
        '{"id": "a", "text": "secret", "start": "secret"}',
        '{"id": "a", "text": "secret", "start": -1}',
        '{"id": "a", "text": "secret", "start": NaN}',
        '{"id": "a", "text": "secret", "start": 5, "end": 4}',
        '{"id": "a", "text": "secret", "session": {}}',
        '{"id": true, "text": "secret"}',
        '{"id": "a", "text": "secret", "speaker": ["coach"]}',
    ],
)
def test_a_bad_line_is_named_by_its_number_and_nothing_else(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id": "ok", "text": "Hello."}\n' + line + "\n", encoding="utf-8")
    assert main(["detect", str(file)]) == 1
    output = capsys.readouterr()
    assert "Line 2" in output.err
    assert "secret" not in output.err
    assert len(output.err.splitlines()) == 1
    assert len(output.out.splitlines()) == 1


def test_bytes_that_are_no_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b'{"id": "a", "text": "\xff\xfe"}\n')
    assert main(["detect", str(file)]) == 1
    assert "Line 1 is not JSON" in capsys.readouterr().err


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["detect", str(tmp_path / "nowhere.jsonl")]) == 1
    assert "cannot be read" in capsys.readouterr().err
