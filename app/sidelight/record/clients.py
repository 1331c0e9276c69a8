"""The clients of a record: who they are, and which sessions are theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from sidelight.domain.client import Client, Engagement, same_name, tidied
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from sidelight.record.database import Database, Row

_COLUMNS: Final = (
    "name, contact, language, engagement, since, planned_sessions, asked_for, notes"
)


class Clients:
    """Every client of one record. Thread: the one that writes the record."""

    def __init__(self, database: Database) -> None:
        """Take the record's database."""
        self._database = database

    def list(self) -> tuple[Client, ...]:
        """All of them, by name.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(f"SELECT number, {_COLUMNS} FROM client")  # noqa: S608 - constant
        return tuple(
            sorted(map(_client, found), key=lambda one: (one.name.casefold(), one.name))
        )

    def sessions(self) -> dict[int, int]:
        """How many sessions each client has had, by the client's number.

        Raises:
            UserError: The record cannot be read.
        """
        return dict(
            self._database.rows(
                "SELECT client_number, count(*) FROM session"
                " WHERE client_number NOT NULL GROUP BY client_number"
            )
        )

    def named(self, name: str) -> Client | None:
        """The client with this name, however it is spelt; ``None``: there is none.

        Raises:
            UserError: The record cannot be read.
        """
        return next((one for one in self.list() if same_name(one.name, name)), None)

    def find(self, name: str) -> Client:
        """The client with this name, however it is spelt.

        Raises:
            UserError: There is none, or the record cannot be read.
        """
        found = self.named(name)
        if found is None:
            raise UserError(
                f"There is no client {name.strip()!r}.",
                "See `sidelight clients list`.",
            )
        return found

    def known_as(self, name: str) -> Client:
        """The client with this name, who is added where there is none.

        Raises:
            UserError: It is no name, or the record cannot be written.
        """
        known = self.named(name)
        return known or self.save(Client(0, name))

    def save(self, client: Client) -> Client:
        """Add a client, or change one; their sessions carry the new name from now on.

        Args:
            client: Number 0 adds one.

        Returns:
            The client as they are kept, with their number.

        Raises:
            UserError: The name is taken, something cannot be kept, the client is not
                there any more, or the record cannot be written.
        """
        with self._database.transaction():
            return self._save(tidied(client))

    def whose(self, name: str) -> Client | None:
        """The client with this name, who is added where there is none.

        Inside the caller's transaction.

        Returns:
            ``None`` for no name.

        Raises:
            UserError: It is no name, or the record cannot be written.
        """
        if not name.strip():
            return None
        return self.named(name) or self._add(tidied(Client(0, name)))

    def forget_name_alone(self, name: str) -> None:
        """Forget this client if there is a name and nothing else, not even a session.

        Inside the caller's transaction.

        Raises:
            UserError: The record cannot be written.
        """
        known = self.named(name)
        if known is None or known != Client(known.number, known.name):
            return
        self._database.execute(
            "DELETE FROM client WHERE number = ?"
            " AND number NOT IN (SELECT client FROM consent)"
            " AND number NOT IN (SELECT client_number FROM session"
            "   WHERE client_number NOT NULL)",
            (known.number,),
        )

    def _save(self, client: Client) -> Client:
        other = self.named(client.name)
        if other is not None and other.number != client.number:
            raise UserError(
                f"There is a client {other.name} already.",
                "Add something that tells them apart, such as an initial.",
            )
        if client.number == 0:
            return self._add(client)
        if client.number not in {one.number for one in self.list()}:
            raise UserError(
                f"The client {client.name} is not in the record any more.",
                "Add them again if they come back.",
            )
        columns = _COLUMNS.replace(",", " = ?,") + " = ?"
        self._database.execute(
            f"UPDATE client SET {columns} WHERE number = ?",  # noqa: S608 - constant
            (*_values(client), client.number),
        )
        self._database.execute(
            "UPDATE session SET client = ? WHERE client_number = ?",
            (client.name, client.number),
        )
        return client

    def _add(self, client: Client) -> Client:
        ((newest,),) = self._database.rows(
            "SELECT coalesce(max(number), 0) FROM client"
        )
        added = replace(client, number=newest + 1)
        self._database.execute(
            f"INSERT INTO client (number, {_COLUMNS})"  # noqa: S608 - constant
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (added.number, *_values(added)),
        )
        return added


def _values(client: Client) -> tuple[object, ...]:
    return (
        client.name,
        client.contact,
        client.language,
        client.engagement,
        None if client.since is None else client.since.isoformat(),
        client.planned_sessions,
        client.asked_for,
        client.notes,
    )


def _client(row: Row) -> Client:
    number, name, contact, language, engagement, since, planned, asked_for, notes = row
    return Client(
        number=number,
        name=name,
        contact=contact,
        language=language,
        engagement=Engagement(engagement),
        since=None if since is None else date.fromisoformat(since),
        planned_sessions=planned,
        asked_for=asked_for,
        notes=notes,
    )
