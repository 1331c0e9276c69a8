"""A session whose engine was killed far behind its sound is recognised to its end."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.e2e.conftest import engine_of, engine_plan
from tests.fakes.agreeing import agree
from tests.fakes.engines import messages_until

from sidelight.cli.main import main
from sidelight.domain.events import SessionEnded, UtteranceHeard
from sidelight.domain.session import Mode
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.messages import Follow, Status
from sidelight.settings.paths import Paths

MINUTE_MS = 60_000
SECRET = "eins zwei drei vier"  # noqa: S105


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_what_a_killed_engine_had_only_recorded_is_recognised_afterwards(
    minute: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = Paths.find().prepare()
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(SECRET)
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(passphrase))
    vault = Vault.create(paths.record, passphrase=SECRET).vault
    agree(paths.record, vault, "Ana", Mode.KEEP)
    plan = engine_plan(minute, speed=None)
    plan = replace(
        plan,
        session=replace(plan.session, client="Ana"),
        record=paths.record,
        run=paths.run,
        fresh=False,
        passphrase=SECRET,
    )
    with engine_of(plan) as engine, engine.client() as client:
        client.send(Follow())
        messages_until(
            client,
            lambda m: (
                isinstance(m, Status)
                and m.position == MINUTE_MS
                and 0 < m.heard < MINUTE_MS / 2
            ),
        )
        engine.process.kill()
    assert main(["recover", "list"]) == 0
    assert "sound to 1:00" in capsys.readouterr().out
    assert main(["recover", "keep", "demo"]) == 0
    with Record.open(paths.record, vault, read_only=True) as record:
        events = [stored.event for stored in record.sessions.get("demo").events()]
    assert events[-1] == SessionEnded(events[-1].at, recovered=True)
    assert events[-1].at == MINUTE_MS
    said = [e.utterance for e in events if isinstance(e, UtteranceHeard)]
    assert len({one.id for one in said}) == len(said)
    assert said[-1].span.end > MINUTE_MS - 5_000
    assert all(a.span.start < MINUTE_MS for a in said)
    assert main(["recover", "keep", "demo"]) == 1
