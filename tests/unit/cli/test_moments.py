"""``sidelight moments``, ``words`` and ``phrasebook``, through the vault."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import keyring
import numpy as np
import pytest
from tests.fakes.keyrings import MissingKeyring
from tests.fakes.partnering_model import word_model
from tests.fakes.talk_events import noticed, said, span, talk

from sidelight import resources
from sidelight.cli import moments as command
from sidelight.cli import phrasebook, teaching
from sidelight.cli import words as about_words
from sidelight.cli.main import main
from sidelight.domain.events import SessionEnded, SessionStarted
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker
from sidelight.partnering import detector
from sidelight.partnering.learned.teaching import Teacher
from sidelight.record.locks import Argon2Cost
from sidelight.record.record import Record
from sidelight.record.vault import Vault, Ways
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sidelight.domain.story import Story
    from sidelight.partnering.detector import Detector
    from sidelight.partnering.learned.lessons import Lesson

Output = pytest.CaptureFixture[str]
WORDS = "vier Worte im Wind"
CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)
END = Millis(90_000)


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Vault:
    """A record with one session in it, and a model that knows words."""
    monkeypatch.setattr(keyring, "get_keyring", MissingKeyring)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    phrase = tmp_path / "phrase"
    phrase.write_text(WORDS)
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(phrase))
    paths = Paths.find().prepare()
    Vault.create(paths.record, passphrase=WORDS, cost=CHEAP)
    vault = Vault.open(paths.record, Ways(None, None, lambda: WORDS))
    teach_with(monkeypatch, Teacher(word_model()))
    with Record.open(vault.folder, vault) as record:
        store = record.sessions.create(talk())
        perhaps = noticed(3, span(30, 32), "which way", (4,), kind="direction")
        perhaps = replace(perhaps, moment=replace(perhaps.moment, hollow=True))
        for event in (
            SessionStarted(Millis(0), talk()),
            said(1, span(10, 12), "how shall I listen", Speaker.COACH),
            noticed(1, span(10, 12), "how shall I listen", (1,)),
            said(3, span(20, 22), "are you warm enough", Speaker.COACH),
            noticed(2, span(20, 22), "are you warm enough", (3,), kind="care"),
            said(4, span(30, 32), "which way", Speaker.UNKNOWN),
            perhaps,
            SessionEnded(END),
        ):
            store.append(event, END, 0)
    return vault


def teach_with(monkeypatch: pytest.MonkeyPatch, teacher: Teacher | None) -> None:
    for module in (command, phrasebook, about_words):
        monkeypatch.setattr(module, "open_teacher", lambda: teacher)


def story(vault: Vault) -> Story:
    with Record.open(vault.folder, vault, read_only=True) as record:
        return tell(record.sessions.get("01A").events())


def signs(vault: Vault) -> list[tuple[str, bool]]:
    with Record.open(vault.folder, vault, read_only=True) as record:
        found = record.lessons.lessons("words-1")
    return [(one.kind, one.positive) for one in found]


def lines(capsys: Output) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_moments_of_a_session_in_order_of_time(
    vault: Vault, capsys: Output
) -> None:
    assert main(["moments", "last"]) == 0
    plain = capsys.readouterr().out.splitlines()
    assert plain[0].split()[:3] == ["m1:1", "0:12", "support"]
    assert "(hollow)" in plain[2]
    assert main(["moments", "01A", "list", "--json"]) == 0
    found = lines(capsys)
    assert found[0]["v"] == 1
    assert [(one["id"], one["state"]) for one in found] == [
        ("m1:1", "found"),
        ("m1:2", "found"),
        ("m1:3", "hollow"),
    ]
    assert vault.folder.exists()


def test_decide_undo_and_redo(vault: Vault, capsys: Output) -> None:
    assert main(["moments", "01A", "confirm", "m1:1"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "m1:1 is confirmed.",
        "Undo: sidelight moments 01A undo",
    ]
    correct = ["moments", "last", "correct", "1:2", "direction", "--form", "narrow"]
    assert main(correct) == 0
    assert main(["moments", "last", "add", "on_track", "--at", "0:31", "--json"]) == 0
    assert lines(capsys) == [
        {
            "v": 1,
            "type": "decided",
            "session": "01A",
            "done": "m-2:3 is added as on_track",
            "undoable": 3,
        }
    ]
    assert main(["moments", "last", "remove", "m1:1"]) == 0
    told = story(vault)
    assert [(m.kind, m.form) for m in told.moments] == [
        ("direction", "narrow"),
        ("on_track", None),
    ]
    assert ("on_track", True) in signs(vault)
    assert ("support", False) in signs(vault)
    capsys.readouterr()
    assert main(["moments", "last", "undo"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "Taken back: m1:1 removed.",
        "Redo: sidelight moments 01A redo",
    ]
    assert ("support", True) in signs(vault)
    assert main(["moments", "last", "redo"]) == 0
    for _ in range(4):
        assert main(["moments", "last", "undo"]) == 0
    assert [m.kind for m in story(vault).moments] == ["support", "care"]
    assert signs(vault) == []
    capsys.readouterr()
    assert main(["moments", "last", "undo"]) == 1
    assert "sidelight moments SESSION list" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["moments", "last", "confirm", "third"],
        ["moments", "last", "add", "support", "--at", "noon"],
        ["moments", "last", "add", "support"],
        ["moments", "last", "correct", "m1:1", "direction", "--form", "wide"],
        ["phrasebook", "add", "care", "are you warm"],
        ["phrasebook", "forget", "mine"],
    ],
    ids=" ".join,
)
def test_wrong_usage(vault: Vault, arguments: list[str]) -> None:
    assert vault.folder.exists()
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2


@pytest.mark.usefixtures("vault")
def test_the_sessions_own_lines_tell_of_decisions(capsys: Output) -> None:
    assert main(["moments", "01A", "confirm", "m1:1"]) == 0
    assert main(["moments", "01A", "correct", "m1:2", "closing"]) == 0
    assert main(["moments", "01A", "remove", "m1:1"]) == 0
    assert main(["moments", "01A", "add", "on_track", "--at", "0:10"]) == 0
    assert main(["moments", "01A", "undo"]) == 0
    assert main(["moments", "01A", "redo"]) == 0
    capsys.readouterr()
    assert main(["sessions", "show", "01A", "--json"]) == 0
    told = [one for one in lines(capsys) if one["type"] == "decision"]
    assert [(one["did"], one["decision"]) for one in told] == [
        ("confirmed", 1),
        ("corrected", 2),
        ("removed", 3),
        ("added", 4),
        ("taken_back", 4),
        ("restored", 4),
    ]
    assert (told[1]["moment"], told[1]["kind"]) == ("m1:2", "closing")
    assert told[3]["quote"] == "how shall I listen"
    assert main(["sessions", "show", "01A"]) == 0
    out = capsys.readouterr().out
    for words in (
        "you confirmed m1:1",
        "you corrected m1:2: closing",
        "you removed m1:1",
        "you added m-2:4: on_track",
        "you took back decision 4",
        "you restored decision 4",
    ):
        assert words in out


def test_the_phrasebook_is_written_read_and_struck_out(
    vault: Vault, capsys: Output
) -> None:
    assert main(["phrasebook"]) == 0
    seen = capsys.readouterr()
    assert 'support  "how shall I listen"' in seen.out
    assert "once, last on 2026-11-22" in seen.out
    assert "Write 3 of your own ways down" in seen.err
    add = ["phrasebook", "add", "direction", "where", "do you want", "to begin?"]
    assert main([*add, "--json"]) == 0
    assert lines(capsys)[0]["text"] == "where do you want to begin?"
    assert signs(vault) == [("direction", True)]
    assert main(["phrasebook", "list", "--json"]) == 0
    first, second = lines(capsys)
    assert (first["kind"], first["own"], first["uses"]) == ("support", None, 1)
    assert (second["own"], second["uses"], second["newest"]) == (1, 0, None)
    assert main(["phrasebook"]) == 0
    assert "not used yet" in capsys.readouterr().out
    assert main(["phrasebook", "forget", "1"]) == 0
    assert signs(vault) == []
    assert main(["phrasebook", "forget", "1"]) == 1
    assert "sidelight phrasebook list" in capsys.readouterr().err
    assert main(["phrasebook", "add", "support", "x" * 301]) == 1


def test_a_formula_is_asked_about(vault: Vault, capsys: Output) -> None:
    for number in range(6):
        with Record.open(vault.folder, vault) as record:
            session = talk(name=f"01F{number}")
            store = record.sessions.create(session)
            for event in (
                SessionStarted(Millis(0), session),
                said(1, span(10, 12), "where to", Speaker.COACH),
                noticed(1, span(10, 12), "where to", (1,), kind="direction"),
                SessionEnded(END),
            ):
                store.append(event, END, 0)
    assert main(["phrasebook"]) == 0
    out = capsys.readouterr().out
    assert "6 times in 6 sessions" in out
    assert "Has it become a formula?" in out


def test_without_a_model_decisions_work_and_the_phrasebook_says_why_not(
    vault: Vault, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach_with(monkeypatch, None)
    assert main(["moments", "last", "confirm", "m1:1"]) == 0
    assert main(["phrasebook", "add", "support", "how shall I listen"]) == 0
    assert signs(vault) == []
    assert main(["phrasebook"]) == 1
    assert "not installed" in capsys.readouterr().err
    # With the next decision it is all learned.
    teach_with(monkeypatch, Teacher(word_model()))
    assert main(["moments", "last", "confirm", "m1:2"]) == 0
    assert sorted(signs(vault)) == [
        ("care", True),
        ("support", True),
        ("support", True),
    ]


@pytest.mark.usefixtures("vault")
def test_detect_knows_what_was_taught_only_when_asked_to(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert main(["moments", "last", "confirm", "m1:1"]) == 0
    given: list[Sequence[Lesson]] = []
    shipped = detector.default_detector

    def listening(lessons: Sequence[Lesson] = ()) -> Detector:
        given.append(lessons)
        return shipped(lessons)

    monkeypatch.setattr(detector, "default_detector", listening)
    monkeypatch.setattr(detector, "model_version", lambda _: "words-1")
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id": "1", "text": "how shall I listen"}\n')
    assert main(["detect", str(file)]) == 0
    assert main(["detect", str(file), "--taught"]) == 0
    assert [len(lessons) for lessons in given] == [0, 1]
    assert np.linalg.norm(given[1][0].place) == pytest.approx(1.0, abs=1e-5)
    monkeypatch.setattr(detector, "model_version", lambda _: None)
    capsys.readouterr()
    assert main(["detect", str(file), "--taught"]) == 0
    assert "no model here that can be taught" in capsys.readouterr().err
    assert given[-1] == ()


def test_the_teacher_is_there_with_the_model_and_not_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(resources, "partnering_model", lambda: tmp_path)
    assert teaching.open_teacher() is None


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_words_are_changed_listed_and_taken_back(
    vault: Vault, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "how shall I listen today\n")
    assert main(["words", "last", "edit", "1:1"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "Words edited at 0:10.",
        "Undo: sidelight words 01A undo",
    ]
    assert main(["words", "01A", "split", "1:1", "--after", "4"]) == 0
    assert main(["words", "01A", "speaker", "1:4", "client"]) == 0
    assert main(["words", "01A", "merge", "1:1", "--json"]) == 0
    assert lines(capsys) == [
        {
            "type": "decided",
            "v": 1,
            "session": "01A",
            "done": "Passages merged at 0:10",
            "undoable": 4,
        }
    ]
    assert main(["words", "01A"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1:1       0:10  coach: how shall I listen today",
        "                heard: coach: how shall I listen",
        "1:3       0:20  coach: are you warm enough",
        "1:4       0:30  client: which way",
        "                heard: unknown: which way",
    ]
    assert main(["words", "01A", "list", "--json"]) == 0
    first = lines(capsys)[0]
    assert first["heard"] == {"text": "how shall I listen", "speaker": "coach"}
    assert main(["sessions", "show", "01A"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert "0:10  coach: how shall I listen today" in shown
    assert "0:30  client: which way" in shown
    assert "1:30  * you said who spoke: client" not in shown
    assert "0:30  * you said who spoke: client" in shown
    assert main(["moments", "01A", "undo"]) == 0, "one stack for all decisions"
    assert "Taken back: passages merged at 0:10." in capsys.readouterr().err
    assert main(["words", "01A", "redo"]) == 0
    assert "It holds again: passages merged at 0:10." in capsys.readouterr().err
    for _ in range(4):
        assert main(["words", "01A", "undo"]) == 0
    assert story(vault).passages == ()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("edit", "1:9"), "There is no passage 1:9 with words."),
        (("split", "1:1", "--after", "4"), "Split after word 1 to 3 of these 4."),
        (("merge", "1:4"), "Nothing comes after these words."),
    ],
)
@pytest.mark.usefixtures("vault")
def test_what_does_not_fit_the_words_gets_one_sentence(
    capsys: Output, arguments: tuple[str, ...], sentence: str
) -> None:
    assert main(["words", "01A", *arguments]) == 1
    assert capsys.readouterr().err.startswith(sentence)


@pytest.mark.parametrize(
    "arguments", [("edit", "seven"), ("split", "1:1"), ("speaker", "1:1", "nobody")]
)
def test_wrong_usage_of_words_is_told(
    capsys: Output, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as usage:
        main(["words", "01A", *arguments])
    assert usage.value.code == 2
    assert "usage: sidelight words" in capsys.readouterr().err
