"""``sidelight clients`` and the consent that ``start`` asks for."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import keyring
import pytest
from tests.fakes.keyrings import MissingKeyring

from sidelight.cli import live
from sidelight.cli.main import main
from sidelight.domain.promises import SCRIPTS
from sidelight.domain.session import Mode
from sidelight.record.locks import Argon2Cost
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]
CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)
WORDS = "vier Worte im Wind"


@pytest.fixture(autouse=True)
def phrase(
    tmp_path: Path, sidelight_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", MissingKeyring)
    (sidelight_home / "record").mkdir(parents=True, mode=0o700)
    path = tmp_path / "phrase"
    path.write_text(WORDS + "\n")
    Vault.create(sidelight_home / "record", passphrase=WORDS, cost=CHEAP)
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(path))


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def lines(capsys: Output) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_client_is_added_changed_and_shown(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "a quieter team\n")
    added = ["clients", "add", "Ana", "--since", "2026-11-03", "--sessions", "8"]
    assert main([*added, "--write", "asked-for"]) == 0
    assert main(["clients", "change", "ana", "--name", "Anna", "--language", "DE"]) == 0
    capsys.readouterr()
    assert main(["clients", "show", "ANNA", "--json"]) == 0
    assert lines(capsys) == [
        {
            "v": 1,
            "type": "client",
            "name": "Anna",
            "contact": "",
            "language": "de",
            "engagement": "individual",
            "since": "2026-11-03",
            "planned_sessions": 8,
            "asked_for": "a quieter team",
            "notes": "",
            "sessions": 0,
        }
    ]
    assert main(["clients", "list"]) == 0
    assert capsys.readouterr().out == "Anna  0 sessions\n"
    assert main(["clients", "add", "ANNA"]) == 1
    assert "There is a client Anna already." in capsys.readouterr().err
    assert main(["clients", "show", "Ana"]) == 1
    assert "no client 'Ana'" in capsys.readouterr().err


def test_consent_is_noted_by_purpose_and_withdrawn(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["clients", "add", "Ana"]) == 0
    typed(monkeypatch, "yes, gladly\n")
    to = ["clients", "agreed", "Ana", "--to", "mentor", "credential"]
    assert main([*to, "--how", "written", "--on", "2026-11-03", "--answer"]) == 0
    assert main(["clients", "withdrew", "Ana", "--from", "mentor"]) == 0
    assert "It holds from now on." in capsys.readouterr().err
    assert main(["clients", "show", "Ana", "--json"]) == 0
    _, *said = lines(capsys)
    assert [(one["purpose"], one["given"], one["valid"]) for one in said] == [
        ("mentor", True, False),
        ("credential", True, True),
        ("mentor", False, False),
    ]
    assert said[1]["answer"] == "yes, gladly"
    assert said[1]["form"] == "written"
    assert main(["clients", "withdrew", "Ana", "--from", "mentor"]) == 1
    assert "had not agreed" in capsys.readouterr().err
    assert main([*to, "--on", "2999-01-01"]) == 1
    assert "a day to come" in capsys.readouterr().err


def test_the_coachs_words_are_shown_written_and_given_up(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "May I?\n")
    assert main(["clients", "words", "--mode", "live_only", "--write"]) == 0
    assert main(["clients", "words", "--mode", "live_only"]) == 0
    assert capsys.readouterr().out == "May I?\nMay I?\n"
    typed(monkeypatch, "")
    assert main(["clients", "words", "--mode", "live_only", "--write"]) == 0
    assert capsys.readouterr().out == SCRIPTS[Mode.LIVE_ONLY] + "\n"


def test_start_needs_consent_once(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []

    def hold(_: object, choices: live.LiveChoices, *__: object) -> None:
        held.append(f"{choices.client} {choices.mode}")

    monkeypatch.setattr(live, "hold_session", hold)
    monkeypatch.setattr(live, "refine_in_background", lambda *_: None)
    recorded = ["start", "--record-only"]

    def fails(arguments: list[str], sentence: str) -> None:
        assert main(arguments) == 1
        assert sentence in capsys.readouterr().err
        assert held == []

    fails(recorded, "Keep needs a client who agreed to it.")
    fails([*recorded, "--consent", "spoken"], "Keep needs a client")
    fails([*recorded, "--client", "Ana"], "Ana has not agreed to Keep yet.")
    assert main([*recorded, "--client", "Ana", "--consent", "spoken"]) == 0
    assert main([*recorded, "--client", "ana"]) == 0
    assert main(["start", "--mode", "no_listening"]) == 0
    assert held == ["Ana keep", "ana keep", " no_listening"]
    capsys.readouterr()
    assert main(["clients", "show", "Ana", "--json"]) == 0
    _, *said = lines(capsys)
    assert [one["purpose"] for one in said] == ["listen", "keep_sound", "keep_text"]
    assert {one["wording"] for one in said} == {SCRIPTS[Mode.KEEP]}
    assert main(["clients", "withdrew", "Ana", "--from", "all"]) == 0
    held.clear()
    fails([*recorded, "--client", "Ana"], "Ana withdrew the consent that Keep needs.")
