"""``sidelight`` alone: home, a session, home again; whatever ends in between."""

from __future__ import annotations

import multiprocessing
import os
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.engines import no_player
from tests.fakes.keyrings import WorkingKeyring
from tests.fakes.modelfolder import write_model
from tests.fakes.talk_events import talk

from sidelight.cli import alone, live
from sidelight.cli import home as cli_home
from sidelight.cli.first_run import helpers
from sidelight.cli.home import Home
from sidelight.cli.live import LiveChoices
from sidelight.cli.main import main
from sidelight.domain.consent import NEEDED, Form
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.domain.timeline import SAMPLE_RATE, Millis
from sidelight.record.keystore import SystemKeyring
from sidelight.record.record import Record
from sidelight.record.vault import Vault, Ways
from sidelight.session.clients.messages import ConsentSeen, NoteConsent
from sidelight.session.home.door import Door
from sidelight.session.home.ears import Ears
from sidelight.session.home.messages import (
    Begun,
    HomeSeen,
    KeepInterrupted,
    KeyMade,
    LookAround,
    Refused,
    SetUp,
    Start,
    StartChoices,
    Working,
)
from sidelight.session.launching import Refused as WindowRefused
from sidelight.session.messages import Health, Status
from sidelight.settings.paths import Paths
from sidelight.speech.weights import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sidelight.domain.session import Session
    from sidelight.speech.weights import ModelFolder


class FakeProcess:
    """A window's process: a script in a thread at the other end of the pipe."""

    def __init__(self, script: Callable[[Connection], int | None]) -> None:
        self.connection: Connection
        self.connection, self._theirs = multiprocessing.Pipe()
        self.sentinel, self._dying = os.pipe()
        self.exit_code: int | None = None
        self._script = script
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.exit_code = self._script(self._theirs)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.exit_code = 0
        self._theirs.close()

    def join(self, timeout_s: float) -> bool:
        self._thread.join(timeout_s)
        return self.exit_code is not None

    def end(self, gentle_s: float = 1.0) -> None:
        del gentle_s
        self.connection.close()
        self._thread.join()
        for end in (self.sentinel, self._dying):
            os.close(end)


def until(pipe: Connection, kind: type) -> object:
    """The next news of this kind."""
    while True:
        news = pipe.recv()
        if isinstance(news, kind):
            return news


def set_up(pipe: Connection) -> int:
    """The first run: make the record, then close the window."""
    pipe.send(LookAround())
    until(pipe, HomeSeen)
    pipe.send(SetUp(None))
    until(pipe, KeyMade)
    return 0


class Stage:
    """Runs ``Home`` with windows that follow a script each."""

    def __init__(self) -> None:
        self.paths = Paths.find().prepare()
        self.keyring = WorkingKeyring()
        self.started = 0
        self.refined = 0

    def run(self, *scripts: Callable[[Connection], int | None]) -> None:
        waiting = list(scripts)

        def start() -> FakeProcess:
            self.started += 1
            return FakeProcess(waiting.pop(0))

        def no_ears() -> FakeProcess:
            return FakeProcess(lambda pipe: pipe.recv())

        door = Door(self.paths.record, SystemKeyring(lambda: self.keyring), Ways())
        home = Home(
            self.paths,
            door,
            start,  # type: ignore[arg-type]
            Ears(no_ears),  # type: ignore[arg-type]
            no_player,
            helpers(self.paths),
        )
        try:
            home.run()
        finally:
            assert waiting == [], "a window did not open"


@pytest.fixture
def stage(sidelight_home: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    del sidelight_home
    stage = Stage()

    def refine(paths: Paths, passphrase: str | None) -> None:
        del paths, passphrase
        stage.refined += 1

    monkeypatch.setattr(cli_home, "refine_in_background", refine)
    return stage


Held = list[LiveChoices]


def hold_with(
    monkeypatch: pytest.MonkeyPatch,
    before: Callable[[], None] = lambda: None,
    after: Callable[[], None] = lambda: None,
) -> Held:
    """Sessions that begin, or fail, without any process."""
    held: Held = []

    def hold(
        paths: Paths,
        choices: LiveChoices,
        model: object,
        passphrase: str | None,
        begun: Callable[[], None],
    ) -> None:
        del paths, model, passphrase
        held.append(choices)
        before()
        begun()
        after()

    monkeypatch.setattr(cli_home, "hold_session", hold)
    return held


def test_home_closes_and_the_program_is_over(stage: Stage) -> None:
    stage.run(set_up)
    assert stage.started == 1


def quietly(choices: StartChoices = StartChoices(mode=Mode.NO_LISTENING)) -> Start:  # noqa: B008 - frozen
    return Start(choices)


def agree(pipe: Connection, client: str, mode: Mode) -> None:
    """The client is asked, and agrees."""
    pipe.send(NoteConsent(client, NEEDED[mode], Form.SPOKEN))
    until(pipe, ConsentSeen)


def begin_one(pipe: Connection) -> int:
    set_up(pipe)
    pipe.send(quietly())
    until(pipe, Working)
    until(pipe, Begun)
    pipe.recv()  # it hangs up
    return 0


def test_a_session_takes_homes_place_and_home_comes_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold_with(monkeypatch)
    seen: list[object] = []

    def again(pipe: Connection) -> int:
        pipe.send(LookAround())
        seen.append(until(pipe, HomeSeen))
        return 0

    stage.run(begin_one, again)
    assert [one.mode for one in held] == [Mode.NO_LISTENING]
    assert len(seen) == 1
    assert stage.refined == 1


def test_what_was_chosen_is_what_is_held(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold_with(monkeypatch)

    def start(pipe: Connection) -> int:
        set_up(pipe)
        agree(pipe, "Ana", Mode.KEEP)
        choices = StartChoices(
            client=" Ana ", minutes=45, microphone="yeti", call="", record_only=True
        )
        pipe.send(Start(choices))
        until(pipe, Begun)
        pipe.recv()
        return 0

    stage.run(start, lambda _: 0)
    assert held == [
        LiveChoices("Ana", 45, microphone="yeti", call="", record_only=True)
    ]
    assert stage.refined == 0, "it has no words yet"


def test_a_start_that_fails_is_told_in_the_card(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise UserError("The disk is full.", "Free some space.")

    hold_with(monkeypatch, before=full)
    told: list[object] = []

    def start_twice(pipe: Connection) -> int:
        set_up(pipe)
        for _ in range(2):
            pipe.send(quietly())
            told.append(until(pipe, Refused))
        return 0

    stage.run(start_twice)
    assert told == [Refused("The disk is full.", "Free some space.")] * 2
    assert stage.started == 1, "the card stayed"


def test_without_a_model_live_only_is_refused_by_the_desk_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold_with(monkeypatch)
    told: list[object] = []

    def start(pipe: Connection) -> int:
        set_up(pipe)
        agree(pipe, "Ana", Mode.LIVE_ONLY)
        pipe.send(quietly(StartChoices(client="Ana", mode=Mode.LIVE_ONLY)))
        told.append(until(pipe, Refused))
        return 0

    stage.run(start)
    (refused,) = told
    assert isinstance(refused, Refused)
    assert "needs a speech model" in refused.message
    assert held == []


def test_without_consent_nothing_begins(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold_with(monkeypatch)
    told: list[Refused] = []

    def start(pipe: Connection) -> int:
        set_up(pipe)
        for mode in (Mode.KEEP, Mode.LIVE_ONLY):
            for client in ("", "Ana"):
                pipe.send(Start(StartChoices(client, mode=mode, record_only=True)))
                refused = until(pipe, Refused)
                assert isinstance(refused, Refused)
                told.append(refused)
        return 0

    stage.run(start)
    assert [one.message for one in told] == [
        "Keep needs a client who agreed to it.",
        "Ana has not agreed to Keep yet.",
        "Live only needs a client who agreed to it.",
        "Ana has not agreed to Live only yet.",
    ]
    assert held == []


def test_a_session_that_ends_badly_is_told_by_the_next_home(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def die() -> None:
        raise UserError("The engine stopped several times.", "See the log.")

    hold_with(monkeypatch, after=die)
    told: list[object] = []

    def again(pipe: Connection) -> int:
        told.append(until(pipe, Refused))
        return 0

    stage.run(begin_one, again)
    assert told == [Refused("The engine stopped several times.", "See the log.")]
    assert "The engine stopped several times." in capsys.readouterr().err


def test_a_window_that_dies_is_started_again_but_not_for_ever(
    stage: Stage, expect_log: Callable[[str], None]
) -> None:
    expect_log(r"WARNING sidelight\.cli\.home: the window ended with 1")
    expect_log(r"WARNING sidelight\.cli\.home: the window ended with -11")
    stage.run(lambda _: 1, lambda _: -11, set_up)
    assert stage.started == 3
    with pytest.raises(UserError, match="stopped working several times"):
        stage.run(*[lambda _: 1] * 3)


def test_a_window_that_cannot_be_shown_says_why(stage: Stage) -> None:
    def refuse(pipe: Connection) -> int:
        pipe.send(WindowRefused(UserError("There is no display.", "Find one.")))
        return 1

    with pytest.raises(UserError, match="There is no display"):
        stage.run(refuse)


def test_the_program_alone_opens_home(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[bool] = []

    def open_home() -> int:
        opened.append(True)
        return 0

    monkeypatch.setattr(alone, "open_home", open_home)
    assert main([]) == 0
    assert opened == [True]


def test_a_session_that_runs_already_is_shown_instead(
    sidelight_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del sidelight_home
    asked: list[LiveChoices] = []

    def listen(choices: LiveChoices) -> int:
        asked.append(choices)
        return 0

    ended: list[str] = []

    class Window:
        """A process that is under way."""

        def __init__(self, *_: object) -> None: ...

        def end(self, gentle_s: float) -> None:
            ended.append(f"within {gentle_s} s, unseen")

    monkeypatch.setattr(alone, "ChildProcess", Window)
    monkeypatch.setattr("sidelight.session.exclusive.engine_runs", lambda _: True)
    monkeypatch.setattr(live, "listen", listen)
    assert main([]) == 0
    assert asked == [LiveChoices()]
    assert ended == ["within 0 s, unseen"]


def test_a_recording_gets_its_words_with_a_model_and_says_how_far_it_is(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recogniser itself is the one of ``recover keep`` (``tests/e2e``)."""
    folder = write_model(stage.paths.models / "small.en")
    (folder / MANIFEST).write_text("{}")
    heard: list[tuple[str, str]] = []
    told: list[object] = []

    def hear_rest(
        paths: Paths,
        session: Session,
        model: ModelFolder,
        passphrase: str | None,
        show: Callable[[Status], None],
    ) -> None:
        del paths, passphrase
        heard.append((session.id, model.name))
        at = Millis(30_000)
        show(Status(session.id, model.name, at, Health.GOOD, 0, 60_000, 0))

    monkeypatch.setattr("sidelight.cli.catching_up.hear_rest", hear_rest)
    session = replace(talk(), model="small.en")

    def keep(pipe: Connection) -> int:
        set_up(pipe)
        vault = Vault.open(stage.paths.record, Ways(SystemKeyring(lambda: keyring)))
        with Record.open(stage.paths.record, vault) as record:
            store = record.sessions.create(session)
            writer = store.open_spool()
            writer.append(np.full((5 * SAMPLE_RATE, 1), 0.1, np.float32))
            writer.close()
        pipe.send(KeepInterrupted(session.id))
        told.append(until(pipe, Working))
        until(pipe, HomeSeen)
        return 0

    keyring = stage.keyring
    stage.run(keep)
    assert heard == [(session.id, "small.en")]
    assert told == [Working("Recognising what was not yet: 0:30 of 1:00.")]
