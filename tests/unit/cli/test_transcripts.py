"""Refining and switching from the command line, with a model that reads sound."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import keyring
import pytest
from tests.fakes.keyrings import MissingKeyring
from tests.fakes.modelfolder import write_model
from tests.fakes.speech import LevelDetector, PlainScripted, Spoken, say
from tests.fakes.talk_events import said, span, talk

from sidelight import logs
from sidelight.cli import background, fitting, refining
from sidelight.cli.main import main
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    MomentNoticed,
    MomentWithdrawn,
    RecognitionStarted,
    SessionEnded,
    SessionStarted,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import MomentId
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.record.locks import Argon2Cost
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.exclusive import only_one
from sidelight.session.refining.aside import (
    SessionBegan,
    SessionWatch,
    announce_session,
)
from sidelight.session.refining.refiner import Refiner
from sidelight.session.refining.waiting import REACH
from sidelight.session.refining.work import versions
from sidelight.settings.paths import Paths
from sidelight.speech.fitness import Tried, Way
from sidelight.speech.recognizer import Device
from sidelight.speech.weights import MANIFEST, ModelFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.domain.events import Event
    from sidelight.domain.session import Session
    from sidelight.speech.recognizer import Hypothesis, PlainRecognizer

Output = pytest.CaptureFixture[str]
WORDS = "vier Worte im Wind"
CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)
TALK = [Spoken(at, 300, 900) for at in range(8)]
QUICK, SLOW = (Tried((Way(Device.CPU, 1, s, s),)) for s in (3.0, 30.0))


@pytest.fixture
def paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Paths:
    """A vault with a passphrase, two models, and neither is ever loaded."""
    monkeypatch.setattr(keyring, "get_keyring", MissingKeyring)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    paths = Paths.find().prepare()
    phrase = tmp_path / "phrase"
    phrase.write_text(WORDS)
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(phrase))
    Vault.create(paths.record, passphrase=WORDS, cost=CHEAP)
    for name, size in (("base", 200_000), ("large", 400_000)):
        folder = write_model(paths.models / name, size)
        (folder / MANIFEST).write_text(json.dumps({"version": 1}))
    use(monkeypatch, base=QUICK, large=QUICK)
    monkeypatch.setattr(background, "NICENESS", 0)
    # The process of the tests stays as it is.
    monkeypatch.setattr(refining, "keep_memory_out_of_dumps", lambda: None)
    monkeypatch.setattr(logs, "set_up", lambda *_: None)
    monkeypatch.setattr(logs, "install_borders", lambda: None)
    monkeypatch.setattr(refining, "open_plain", lambda m, _: PlainScripted(m.name))
    monkeypatch.setattr("sidelight.speech.vad.SileroModel.detector", detector)
    return paths


def detector(_: object) -> LevelDetector:
    return LevelDetector()


def use(monkeypatch: pytest.MonkeyPatch, **results: Tried) -> None:
    monkeypatch.setattr(fitting, "try_out", lambda folder, _: results[folder.name])


@pytest.fixture
def vault(paths: Paths) -> Vault:
    from sidelight.record.vault import Ways  # noqa: PLC0415 - used here alone

    return Vault.open(paths.record, Ways(None, None, lambda: WORDS))


def keep(
    vault: Vault,
    name: str = "01A",
    *,
    mode: Mode = Mode.KEEP,
    ago: timedelta = timedelta(hours=1),
    model: str = "base",
    words: str = "we could",
) -> None:
    """A session of ten seconds that has ended."""
    from dataclasses import replace  # noqa: PLC0415 - used here alone

    session: Session = replace(
        talk(mode, name), started_at=datetime.now().astimezone() - ago
    )
    end = Millis(10_100)
    with Record.open(vault.folder, vault) as record:
        store = record.sessions.create(session)
        writer = store.open_spool()
        writer.append(say(TALK).reshape(-1, 1))
        writer.finish()
        events: list[Event] = [
            SessionStarted(Millis(0), session),
            RecognitionStarted(Millis(0), model),
        ]
        if words:
            events.append(said(1, span(0.5, 1), words))
        for event in (*events, SessionEnded(end)):
            store.append(event, end, 0)
        store.finish()


def texts(vault: Vault, name: str = "01A") -> list[str]:
    with Record.open(vault.folder, vault, read_only=True) as record:
        story = tell(record.sessions.get(name).events())
    return [utterance.text for utterance in story.utterances]


def whole(vault: Vault, name: str = "01A") -> list[tuple[int, str]]:
    with Record.open(vault.folder, vault, read_only=True) as record:
        found = versions(record.sessions.get(name).every_version())
    return [(one.transcript, one.model) for one in found if one.whole]


def test_by_hand_with_the_largest_model_in_time(vault: Vault, capsys: Output) -> None:
    keep(vault)
    assert main(["sessions", "refine", "last"]) == 0
    err = capsys.readouterr().err
    assert "Hearing the session once more, with large." in err
    assert "sidelight sessions transcript 01A 1" in err
    assert texts(vault) == [one.text for one in TALK]
    assert whole(vault) == [(2, "large")]
    assert main(["sessions", "transcript", "01A"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1  as it was heard live, base",
        "2  refined, large  <- shown",
    ]


def test_too_large_a_model_is_passed_over(
    vault: Vault, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(vault)
    use(monkeypatch, large=SLOW, base=QUICK)
    assert main(["sessions", "refine", "01A"]) == 0
    assert whole(vault) == [(2, "base")]
    assert main(["sessions", "refine", "01A", "--model", "large"]) == 0
    assert whole(vault) == [(2, "base"), (3, "large")]
    use(monkeypatch, large=SLOW, base=SLOW)
    capsys.readouterr()


def test_where_none_is_quick_enough_it_is_said(
    vault: Vault, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(vault)
    use(monkeypatch, large=SLOW, base=SLOW)
    assert main(["sessions", "refine", "01A"]) == 1
    assert "--model NAME" in capsys.readouterr().err
    assert main(["sessions", "refine", "01A", "--model", "demo"]) == 1
    assert "demo's synthetic voices" in capsys.readouterr().err


def test_switching_and_json(vault: Vault, capsys: Output) -> None:
    keep(vault)
    assert main(["sessions", "refine", "01A", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "v": 1,
        "type": "refined",
        "session": "01A",
        "transcript": 2,
        "model": "large",
        "shown": True,
    }
    assert main(["sessions", "transcript", "01A", "1", "--json"]) == 0
    chosen = json.loads(capsys.readouterr().out)
    assert (chosen["type"], chosen["transcript"]) == ("chosen", 1)
    assert texts(vault) == ["we could"]
    assert main(["sessions", "transcript", "01A", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["transcript"], one["shown"]) for one in lines] == [
        (1, True),
        (2, False),
    ]
    assert main(["sessions", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["transcript"] == 1


@pytest.mark.parametrize("number", ["0", "2", "7"])
def test_only_a_whole_version_can_be_shown(
    vault: Vault, capsys: Output, number: str
) -> None:
    keep(vault)
    assert main(["sessions", "transcript", "01A", number]) == 1
    assert "There is no whole version" in capsys.readouterr().err
    assert main(["sessions", "transcript", "01A", "1"]) == 0


def test_what_did_not_follow_is_shown(vault: Vault, capsys: Output) -> None:
    keep(vault)
    from tests.fakes.talk_events import noticed  # noqa: PLC0415 - used here alone

    with Record.open(vault.folder, vault) as record:
        store = record.sessions.get("01A")
        found: MomentNoticed = noticed(1, span(0.5, 1), "we could", (1,))
        undone = MomentWithdrawn(Millis(10_100), MomentId(1, 1), WithdrawalCause.UNDONE)
        store.append_all([found, undone], Millis(10_100))
    assert main(["sessions", "refine", "01A"]) == 0
    capsys.readouterr()
    assert main(["sessions", "show", "01A"]) == 0
    assert "please check: support" in capsys.readouterr().out
    assert main(["sessions", "show", "01A", "--json"]) == 0
    assert '"type": "check"' in capsys.readouterr().out


def test_the_background_takes_what_waits(vault: Vault) -> None:
    keep(vault, "01A")
    keep(vault, "01B", ago=timedelta(minutes=5))
    keep(vault, "01OLD", ago=REACH + timedelta(hours=1))
    keep(vault, "01LIVE", mode=Mode.LIVE_ONLY)
    keep(vault, "01MUTE", words="")
    assert main(["sessions", "refine", "--waiting"]) == 0
    assert whole(vault, "01A") == whole(vault, "01B") == [(2, "large")]
    for other in ("01OLD", "01LIVE", "01MUTE"):
        assert whole(vault, other) == []
    assert main(["sessions", "refine", "--waiting"]) == 0
    assert whole(vault, "01A") == [(2, "large")]


def test_the_background_never_takes_a_smaller_model_than_the_live_one(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(vault, model="large")
    use(monkeypatch, large=SLOW, base=QUICK)
    assert main(["sessions", "refine", "--waiting"]) == 0
    assert whole(vault) == []


def test_one_that_cannot_be_refined_does_not_hold_up_the_others(
    vault: Vault, paths: Paths, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING sidelight.cli.refining: a transcript was not refined")
    keep(vault, "01A")
    keep(vault, "01B", ago=timedelta(minutes=5))
    sound = paths.record / "sound" / "01B.spool"
    sound.write_bytes(sound.read_bytes()[:5])
    assert main(["sessions", "refine", "--waiting"]) == 0
    assert (whole(vault, "01A"), whole(vault, "01B")) == ([(2, "large")], [])


class Interrupting(PlainScripted):
    """A session begins while this one hears."""

    def hear_plain(self, samples: NDArray[np.float32]) -> Iterator[Hypothesis]:
        announce_session(Paths.find().run)
        return super().hear_plain(samples)


def test_it_steps_aside_when_a_session_begins(
    vault: Vault, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(vault)

    def open_plain(model: ModelFolder, way: Way) -> PlainRecognizer:
        del way
        return Interrupting(model.name)

    monkeypatch.setattr(refining, "open_plain", open_plain)
    assert main(["sessions", "refine", "--waiting"]) == 0
    assert whole(vault) == []
    assert main(["sessions", "refine", "01A"]) == 1
    assert "A session is running" in capsys.readouterr().err
    assert whole(vault) == []
    assert texts(vault) == ["we could"]


def test_while_a_session_runs_none_begins(
    vault: Vault, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(vault)

    def runs(_: SessionWatch) -> None:
        raise SessionBegan("A session is running.", "Wait.")

    monkeypatch.setattr(SessionWatch, "look", runs)
    assert main(["sessions", "refine", "--waiting"]) == 0
    assert main(["sessions", "refine", "01A"]) == 1
    assert "A session is running." in capsys.readouterr().err
    assert whole(vault) == []


def test_stopped_by_hand_it_says_how_to_go_on(
    vault: Vault, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(vault)

    def stop(*_: object) -> list[UtteranceHeard]:
        raise KeyboardInterrupt

    monkeypatch.setattr(Refiner, "hear", stop)
    assert main(["sessions", "refine", "last"]) == 1
    err = capsys.readouterr().err
    assert "Go on with: sidelight sessions refine 01A --model large" in err


def test_one_at_a_time(vault: Vault, paths: Paths, capsys: Output) -> None:
    keep(vault)
    with only_one(paths.run / "refiner.lock", UserError("", "")):
        assert main(["sessions", "refine", "last"]) == 1
    assert "being refined already" in capsys.readouterr().err


def test_which_session_is_asked_for(vault: Vault, capsys: Output) -> None:
    keep(vault)
    with pytest.raises(SystemExit, match="2"):
        main(["sessions", "refine"])
    assert main(["sessions", "refine", "01Z"]) == 1
    assert "There is no session 01Z" in capsys.readouterr().err


def test_the_passphrase_may_come_through_a_pipe(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(vault)
    monkeypatch.setattr("sys.stdin", io.StringIO(WORDS + "\n"))
    arguments = ["sessions", "refine", "--waiting", "--passphrase-file", "-"]
    assert main(arguments) == 0
    assert whole(vault) == [(2, "large")]


def test_without_a_real_model_nothing_is_started(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    started: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", started.append)
    for name in ("base", "large"):
        (paths.models / name / MANIFEST).unlink()
    background.refine_in_background(paths, None)
    assert started == []
    assert capsys.readouterr().err == ""
