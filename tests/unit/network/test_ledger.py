"""The book of connections: written first, never changed, content-free."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sidelight.cli.main import main
from sidelight.domain.errors import UserError
from sidelight.network.guard import watch
from sidelight.network.ledger import (
    FILE_NAME,
    NOTED_EVERY,
    Connection,
    HostKind,
    Ledger,
    Outcome,
    Purpose,
)

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
FETCH = (HostKind.MIRROR, Purpose.MODEL, "base.en")


HOSTS = ("models.example", "192.0.2.1")


def ledger(folder: Path) -> Ledger:
    return Ledger(folder, lambda: NOW)


def test_none_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger(tmp_path).list() == ()
    assert main(["connections"]) == 0
    assert capsys.readouterr().err == "No connection was ever made from here.\n"


def test_a_connection_with_its_hosts_and_bytes(tmp_path: Path) -> None:
    with ledger(tmp_path).visit(*FETCH) as visit:
        for _ in range(2):
            watch("socket.getaddrinfo", ("models.example", 443, 0, 0, 0))
            watch("socket.connect", (None, ("192.0.2.1", 443)))
        visit.received(1_000)
        visit.received(234)
    assert ledger(tmp_path).list() == (
        Connection(NOW, *FETCH, HOSTS, 1_234, Outcome.DONE),
    )


def test_it_is_written_before_anything_is_reached(tmp_path: Path) -> None:
    with ledger(tmp_path).visit(*FETCH) as visit:
        (begun,) = ledger(tmp_path).list()
        assert (begun.outcome, begun.hosts, begun.received) == (Outcome.OPEN, (), 0)
        visit.received(NOTED_EVERY)
        (running,) = ledger(tmp_path).list()
        assert running.received == NOTED_EVERY


def test_what_cannot_be_written_is_not_connected_to(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="No such file"),
        ledger(tmp_path / "missing").visit(*FETCH),
    ):
        pytest.fail("it went out")


@pytest.mark.parametrize(
    ("fault", "outcome", "why"),
    [
        (UserError("No way there.", "Later."), Outcome.FAILED, "No way there."),
        (ValueError("/home/ana"), Outcome.FAILED, "ValueError"),
        (KeyboardInterrupt(), Outcome.OPEN, ""),
    ],
)
def test_how_it_ended(
    tmp_path: Path, fault: BaseException, outcome: Outcome, why: str
) -> None:
    with pytest.raises(type(fault)), ledger(tmp_path).visit(*FETCH):
        raise fault
    (made,) = ledger(tmp_path).list()
    assert (made.outcome, made.why) == (outcome, why)


def test_a_broken_line_costs_nothing_else(tmp_path: Path) -> None:
    for _ in range(2):
        with ledger(tmp_path).visit(*FETCH):
            pass
    path = tmp_path / FILE_NAME
    path.write_text('{"id": "x"}\n[]\n' + path.read_text() + '{"id": "cut o')
    assert len(ledger(tmp_path).list()) == 2


def test_the_command(sidelight_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sidelight_home.mkdir()
    with ledger(sidelight_home).visit(*FETCH) as visit:
        visit.received(148_000_000)
    assert main(["connections", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert line == {
        "v": 1,
        "type": "connection",
        "at": "2026-11-27T09:30:00+00:00",
        "host_kind": "mirror",
        "hosts": [],
        "purpose": "model",
        "item": "base.en",
        "bytes": 148_000_000,
        "outcome": "done",
        "why": None,
    }
    assert main(["connections"]) == 0
    assert "model base.en" in capsys.readouterr().out
