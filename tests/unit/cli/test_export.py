"""``sidelight export``: what is wrong with a request is one sentence, exit code 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from sidelight.cli.main import main
from sidelight.session.exporting import named_as


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--what", "poem", "--format", "md"], "Choose from: client-note"),
        (["--what", "client-note", "--format", "srt"], "Choose from: md, docx, pdf"),
        (
            ["--what", "client-note", "--format", "md", "--from", "2:00", "--to", "90"],
            "The range ends before it begins.",
        ),
    ],
)
def test_what_cannot_be_exported_is_said_with_what_can(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    sentence: str,
) -> None:
    out = tmp_path / "note"
    assert main(["export", "last", "--out", str(out), *arguments]) == 1
    assert sentence in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("time", ["soon", "1:2:3:4", "-5", ""])
def test_a_time_that_is_none_is_wrong_usage(tmp_path: Path, time: str) -> None:
    arguments = ["--what", "client-note", "--format", "md", f"--from={time}"]
    with pytest.raises(SystemExit) as stopped:
        main(["export", "last", "--out", str(tmp_path / "note"), *arguments])
    assert stopped.value.code == 2


def test_without_sessions_there_is_nothing_to_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "note.md"
    arguments = ["--what", "client-note", "--format", "md", "--out", str(out)]
    assert main(["export", "last", *arguments]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("format_", "name"),
    [("md", "note.docx"), ("docx", "note.md"), ("pdf", "note.FLAC")],
)
def test_a_file_is_not_called_what_it_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str, name: str
) -> None:
    out = tmp_path / name
    arguments = ["--what", "client-note", "--format", format_, "--out", str(out)]
    assert main(["export", "demo", *arguments]) == 1
    told = capsys.readouterr().err.strip()
    assert told.splitlines() == [told]
    assert f"Let the name end in .{format_}." in told
    assert not out.exists()


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("note.md", "note.md"),
        ("note.MD", "note.MD"),
        ("note.docx", "note.md"),
        ("note", "note.md"),
        ("Ana 2.1", "Ana 2.1.md"),
    ],
)
def test_a_name_says_what_the_file_is(typed: str, right: str) -> None:
    assert named_as(Path("folder", typed), "md") == Path("folder", right)
