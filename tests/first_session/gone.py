"""Everything of a client is deleted; then every byte that is left is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.plain_pages import everything, held
from tests.first_session.coaching import NAME, TYPED

from sidelight.record.recovery_key import RecoveryKey
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.first_session.coaching import Coaching


def kept(coaching: Coaching) -> None:
    """The control: with the key it is all found, without it nothing is."""
    said = coaching.ever_heard() - coaching.hidden
    assert said
    assert coaching.hidden
    words = {*TYPED, *said}
    assert set(held(in_the_clear(coaching), words)) == words
    assert found_as_it_lies(coaching) == []


def asked(coaching: Coaching) -> None:
    """What goes is said first, and the keyboard is on keeping it."""
    stage = coaching.stage
    stage.push("^Clients$")
    stage.watcher.see(f"^{NAME}$", "1 of 6 sessions")
    stage.push("^Delete everything…$")
    stage.watcher.see("^Delete all of it$", "1 session")
    assert stage.watcher.focused() == "Keep it"


def deleted(coaching: Coaching) -> None:
    """Meant; nobody is there any more, and no session."""
    stage = coaching.stage
    stage.push("^Delete all of it$")
    stage.watcher.miss(f"^{NAME}$")
    stage.press("Escape")
    stage.watcher.see("^Start a session$")
    assert not stage.watcher.shows(NAME)


def left(coaching: Coaching) -> None:
    """The program is closed."""
    coaching.stage.press("ctrl+w")
    coaching.stage.await_end("sidelight")


def nothing_left(coaching: Coaching) -> None:
    """Not with the key either, in no file of the data folder."""
    words = {*TYPED, *coaching.ever_heard()}
    assert held(in_the_clear(coaching), words) == []
    assert found_as_it_lies(coaching) == []
    assert list(coaching.stage.folder.rglob("*.spool")) == []


def in_the_clear(coaching: Coaching) -> bytes:
    """The record as it lies and with its database and log decrypted."""
    folder = coaching.stage.folder / "record"
    key = coaching.stage.run("tests.pictures.library", "--key")
    vault = Vault.open_recovery(folder, RecoveryKey.parse(key))
    return everything(folder, vault.database_key())


def found_as_it_lies(coaching: Coaching) -> list[tuple[str, Path]]:
    """Which words stand in which files, or in their names, without any key.

    The data folder, the coach's own folder with every other program's settings, and
    where temporary files go; not what the coach exported, nor the screen's memory.
    """
    words = {*TYPED, *coaching.ever_heard()}
    places = (coaching.stage.folder, coaching.coachs_own, coaching.temporary)
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    assert coaching.stage.folder / "record" / "record.db" in files
    return [
        (word, file)
        for file in files
        for word in held(file.read_bytes() + str(file).encode(), words)
    ]
