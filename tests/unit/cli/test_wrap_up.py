"""``sidelight sessions note`` and ``commitments``, through the vault."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import keyring
import pytest
from tests.fakes.keyrings import MissingKeyring
from tests.fakes.story import StoryBuilder

from sidelight.cli.main import main
from sidelight.domain.events import SessionStarted
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.record.locks import Argon2Cost
from sidelight.record.record import Record
from sidelight.record.vault import Vault, Ways
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Typing = Callable[[str], None]

Output = pytest.CaptureFixture[str]
WORDS = "vier Worte im Wind"
CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)
PROMISE = "I'll write to Tom tonight."
UNSURE = "I'm going to phone the hall on Monday."


@pytest.fixture(autouse=True)
def record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A record with one session in it that promises something."""
    monkeypatch.setattr(keyring, "get_keyring", MissingKeyring)
    phrase = tmp_path / "phrase"
    phrase.write_text(WORDS)
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(phrase))
    paths = Paths.find().prepare()
    Vault.create(paths.record, passphrase=WORDS, cost=CHEAP)
    vault = Vault.open(paths.record, Ways(None, None, lambda: WORDS))
    told = StoryBuilder("Ana")
    told.coach("What will you do, and when?")
    told.now = Millis(200_000)
    told.client(PROMISE)
    told.say(Speaker.CLIENT, UNSURE, doubt=Doubt.UNSURE)
    with Record.open(vault.folder, vault) as opened:
        first = told.events[0]
        assert isinstance(first, SessionStarted)
        store = opened.sessions.create(first.session)
        for one in told.stored():
            store.append(one.event, one.committed_at, 0)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Says what comes from standard input."""

    def type_in(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    type_in("")
    return type_in


def run(*arguments: str) -> int:
    return main(["sessions", *arguments])


def json_lines(capsys: Output) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_note_comes_from_stdin_and_replaces_the_one_before(
    typing: Typing, capsys: Output
) -> None:
    assert run("note", "last") == 0
    assert "no note" in capsys.readouterr().err
    for text in ("First.\n", "Slower.\nAnd wait.\n"):
        typing(text)
        assert run("note", "last", "--write") == 0
    assert capsys.readouterr().out == "First.\nSlower.\nAnd wait.\n"
    assert run("note", "s1", "--json") == 0
    assert json_lines(capsys) == [
        {"v": 1, "type": "note", "text": "Slower.\nAnd wait."}
    ]


def test_commitments_are_accepted_added_and_withdrawn(
    typing: Typing, capsys: Output, tmp_path: Path
) -> None:
    assert run("commitments", "last") == 0
    shown = capsys.readouterr()
    assert f"draft 1  3:21  “{PROMISE}”\n" in shown.out
    assert "doubtful words" in shown.out
    assert "--accept" in shown.err
    assert run("commitments", "last", "--accept", "1") == 0
    typing("Phone the hall\n")
    assert run("commitments", "last", "--add") == 0
    capsys.readouterr()
    assert run("commitments", "last", "--json") == 0
    told = json_lines(capsys)
    assert [(one["type"], one.get("line", one.get("draft"))) for one in told] == [
        ("line", 1),
        ("line", 2),
        ("draft", 2),
    ]
    note = tmp_path / "note.txt"
    export = ("export", "last", "--what", "client-note", "--format", "txt")
    assert main([*export, "--out", str(note)]) == 0
    text = note.read_text()
    assert PROMISE in text
    assert "Phone the hall" in text
    assert "phone the hall on Monday" not in text
    assert run("commitments", "last", "--withdraw", "1") == 0
    assert "draft 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("commitments", "last", "--accept", "2"), "doubtful"),
        (("commitments", "last", "--accept", "9"), "no drafted line 9"),
        (("commitments", "last", "--withdraw", "9"), "no line 9"),
        (("commitments", "last", "--add"), "empty"),
        (("note", "01Z"), "no session 01Z"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    typing: Typing, capsys: Output, arguments: tuple[str, ...], sentence: str
) -> None:
    typing(" \n")
    assert run(*arguments) == 1
    assert sentence in capsys.readouterr().err
