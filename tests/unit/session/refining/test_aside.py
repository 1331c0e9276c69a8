"""Stepping aside for a session, and the sentence for it."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from sidelight.domain.errors import UserError
from sidelight.session.refining.aside import (
    SessionBegan,
    SessionWatch,
    announce_session,
)

if TYPE_CHECKING:
    from pathlib import Path


class Engine:
    """Is there or not, and counts how often somebody asked."""

    def __init__(self, *, there: bool = False) -> None:
        self.there = there
        self.asked = 0

    def __call__(self, run: Path) -> bool:
        assert run.is_dir()
        self.asked += 1
        return self.there


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def watch(run: Path, engine: Engine, clock: Clock | None = None) -> SessionWatch:
    return SessionWatch(run, runs=engine, now=clock or Clock())


def test_a_session_that_is_announced_is_noticed_at_once(tmp_path: Path) -> None:
    engine = Engine()
    one = watch(tmp_path, engine)
    for _ in range(5):
        one.look()
    assert engine.asked == 1, "it is asked now and then only"
    announce_session(tmp_path)
    with pytest.raises(SessionBegan, match="A session is running"):
        one.look()


def test_every_announcement_is_another(tmp_path: Path) -> None:
    announce_session(tmp_path)
    one = watch(tmp_path, Engine())
    one.look()
    announce_session(tmp_path)
    with pytest.raises(SessionBegan):
        one.look()


def test_an_engine_that_is_there_already_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(SessionBegan):
        watch(tmp_path, Engine(there=True)).look()


def test_an_engine_that_came_otherwise_is_noticed_soon(tmp_path: Path) -> None:
    engine, clock = Engine(), Clock()
    one = watch(tmp_path, engine, clock)
    one.look()
    engine.there = True
    clock.now = 9.0
    one.look()
    clock.now = 10.0
    with pytest.raises(SessionBegan):
        one.look()


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        announce_session(tmp_path / "nowhere")


def test_the_sentence_survives_the_pipe_between_processes() -> None:
    fault = SessionBegan("one", "two")
    again = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own
    assert (type(again), str(again)) == (SessionBegan, "one two")
