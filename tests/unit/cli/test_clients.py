"""``sidelight clients`` and the consent that ``start`` asks for."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import keyring
import pytest
from tests.fakes.keyrings import MissingKeyring
from tests.fakes.plain_pages import everything, holds
from tests.unit.record.test_deletion import NAME, PLANTED, fill

from sidelight.cli import keeping, live
from sidelight.cli.main import main
from sidelight.domain.consent import Occasion
from sidelight.domain.promises import SCRIPTS
from sidelight.record.locks import Argon2Cost
from sidelight.record.record import Record
from sidelight.record.vault import Vault, Ways

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


def open_by_phrase(home: Path) -> Vault:
    return Vault.open(home / "record", Ways(ask=lambda: WORDS))


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
    assert capsys.readouterr().out == SCRIPTS[Occasion.LIVE_ONLY] + "\n"


def test_start_needs_consent_once(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []

    def hold(
        _: object, choices: live.LiveChoices, *__: object, start_window: object
    ) -> None:
        assert start_window is not None  # it is under way already
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
    assert {one["wording"] for one in said} == {SCRIPTS[Occasion.KEEP]}
    assert main(["clients", "withdrew", "Ana", "--from", "all"]) == 0
    held.clear()
    fails([*recorded, "--client", "Ana"], "Ana withdrew the consent that Keep needs.")


def test_everything_of_a_client_leaves_and_then_goes(
    tmp_path: Path, capsys: Output, sidelight_home: Path
) -> None:
    record, vault = sidelight_home / "record", open_by_phrase(sidelight_home)
    with Record.open(record, vault) as opened:
        fill(opened, NAME, PLANTED[:-1], "01A", "01B")
    out = tmp_path / "all.zip"
    assert main(["clients", "export", NAME, "--out", str(out)]) == 0
    assert "not encrypted" in capsys.readouterr().err
    assert zipfile.is_zipfile(out)
    assert main(["clients", "delete", NAME]) == 1
    told = capsys.readouterr().err
    assert "2 sessions, 4 minutes: sound, every word" in told
    assert "--yes" in told
    assert main(["sessions", "delete", "01A", "--json"]) == 0
    (gone,) = lines(capsys)
    assert (gone["session"], gone["sessions"], gone["minutes"]) == ("01A", 1, 2)
    assert main(["clients", "delete", NAME, "--yes"]) == 0
    assert "Backups and files" in capsys.readouterr().err
    found = everything(sidelight_home, vault.database_key())
    assert [word for word in PLANTED if holds(found, word)] == []
    assert main(["clients", "receipts", "--json"]) == 0
    told_of = [(one["type"], one.get("what")) for one in lines(capsys)]
    receipts = [("receipt", "client"), ("receipt", "session")]
    assert told_of == [*receipts, ("hours", None), ("hours", None)]
    assert main(["clients", "delete", NAME, "--yes"]) == 1


def test_how_long_sound_is_kept(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, sidelight_home: Path
) -> None:
    record = sidelight_home / "record"
    with Record.open(record, open_by_phrase(sidelight_home)) as opened:
        fill(opened, NAME, PLANTED[:-1], "01A")
        fill(opened, "Mo", PLANTED[:-1], "01B")
    days = [date(2026, 11, 27)]
    monkeypatch.setattr(keeping, "local_day", lambda: days[-1])

    def kept(*arguments: str) -> list[dict[str, object]]:
        assert main(["keeping", *arguments, "--json"]) == 0
        return lines(capsys)

    assert kept() == [{"v": 1, "type": "keeping", "sound": "14", "gone": 0}]
    assert main(["clients", "sound", "Mo", "--keep", "for-ever"]) == 0
    assert capsys.readouterr().out == "for-ever\n"
    said, told = kept("--sound", "off")
    assert said["sound"] == "off"
    assert (told["on"], told["sessions"]) == ("2026-11-28", ["01A"])
    assert main(["keeping"]) == 0
    assert "sidelight keeping --longer 01A" in capsys.readouterr().out
    assert len(kept("--longer", "01A")) == 1
    days.append(date(2026, 12, 28))
    assert kept()[1]["on"] == "2026-12-29"
    days.append(date(2026, 12, 29))
    assert kept()[0]["gone"] == 1
    assert [one.name for one in (record / "sound").iterdir()] == ["01B.spool"]
