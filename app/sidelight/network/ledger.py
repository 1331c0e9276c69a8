"""The book of connections: each one the program ever made, and nothing of content.

A line is written before the first packet leaves, and others as it goes on; nothing is
ever changed in it. So a process that is ended in the middle leaves what it did, and
what cannot be written is not connected to.
"""

from __future__ import annotations

import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sidelight.domain.errors import UserError
from sidelight.network.guard import allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILE_NAME: Final = "connections.jsonl"

NOTED_EVERY: Final = 8_000_000
"""Bytes that arrive between two lines."""


class HostKind(StrEnum):
    """Whose computer it is."""

    HUB = "hub"
    """The model hub, huggingface.co."""

    MIRROR = "mirror"
    """Another server, chosen by whoever uses the program."""


class Purpose(StrEnum):
    """What the network may be used for. There is one."""

    MODEL = "model"


class Outcome(StrEnum):
    """How it went."""

    OPEN = "open"
    """It was stopped, or goes on still."""

    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection, however many requests it took.

    Attributes:
        at: When it began, UTC.
        host_kind: Whose computer.
        purpose: What for.
        item: Which one, such as a model's name.
        hosts: Names and addresses that were asked for, in order.
        received: Bytes that arrived; of one that was stopped, at least.
        outcome: How it went.
        why: What kept it from succeeding, or ``""``.
    """

    at: datetime
    host_kind: HostKind
    purpose: Purpose
    item: str
    hosts: tuple[str, ...] = ()
    received: int = 0
    outcome: Outcome = Outcome.OPEN
    why: str = ""


@dataclass(slots=True)
class Visit:
    """A connection that is being made.

    Attributes:
        note: Writes a line about it.
        hosts: Those that were reached.
        bytes: That have arrived.
    """

    note: Callable[[dict[str, object]], None]
    hosts: set[str] = field(default_factory=set)
    bytes: int = 0
    noted: int = 0

    def reached(self, host: str) -> None:
        """This host is about to be asked for, or connected to."""
        if host not in self.hosts:
            self.hosts.add(host)
            self.note({"host": host})

    def received(self, count: int) -> None:
        """So many bytes arrived."""
        self.bytes += count
        if self.bytes - self.noted >= NOTED_EVERY:
            self.noted = self.bytes
            self.note({"received": self.bytes})


class Ledger:
    """The file.

    Args:
        folder: ``Paths.data``.
        now: The time, UTC.
    """

    def __init__(
        self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._path = folder / FILE_NAME
        self._now = now

    @contextmanager
    def visit(self, kind: HostKind, purpose: Purpose, item: str) -> Iterator[Visit]:
        """Make a connection; only inside can another computer be reached.

        Args:
            kind: Whose computer.
            purpose: What for.
            item: Which one.

        Raises:
            OSError: Its line cannot be written.
        """
        number = secrets.token_hex(8)

        def note(facts: dict[str, object]) -> None:
            self._append({"id": number, **facts})

        visit = Visit(note)
        began = self._now().isoformat(timespec="seconds")
        note({"at": began, "kind": kind, "purpose": purpose, "item": item})
        outcome, why = Outcome.FAILED, ""
        try:
            with allowed(visit):
                yield visit
            outcome = Outcome.DONE
        except UserError as fault:
            why = fault.message
            raise
        except Exception as error:
            why = type(error).__name__
            raise
        except BaseException:
            outcome = Outcome.OPEN  # stopped by hand
            raise
        finally:
            note({"received": visit.bytes, "outcome": outcome, "why": why})

    def list(self) -> tuple[Connection, ...]:
        """All of them, the newest first. A line that cannot be read is passed over.

        Raises:
            UserError: The file is there and cannot be read.
        """
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise UserError(
                f"The list of connections cannot be read ({error.strerror}).",
                f"Make {self._path} readable.",
            ) from error
        found: dict[str, Connection] = {}
        for line in text.splitlines():
            try:
                _fold(found, json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue
        return tuple(sorted(found.values(), key=lambda one: one.at, reverse=True))

    def _append(self, facts: dict[str, object]) -> None:
        line = json.dumps(facts, ensure_ascii=False) + "\n"
        with self._path.open("a", encoding="utf-8") as book:
            book.write(line)


def _fold(found: dict[str, Connection], facts: dict[str, Any]) -> None:
    """Take one line in."""
    number = facts["id"]
    if "at" in facts:
        found[number] = Connection(
            datetime.fromisoformat(facts["at"]),
            HostKind(facts["kind"]),
            Purpose(facts["purpose"]),
            str(facts["item"]),
        )
        return
    known = found[number]
    if "host" in facts:
        known = replace(known, hosts=(*known.hosts, str(facts["host"])))
    if "received" in facts:
        known = replace(known, received=int(facts["received"]))
    if "outcome" in facts:
        outcome, why = Outcome(facts["outcome"]), str(facts.get("why", ""))
        known = replace(known, outcome=outcome, why=why)
    found[number] = known
