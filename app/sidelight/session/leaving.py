"""Everything that there is of one client, in one archive for them.

It is plain on purpose: it leaves, and whoever gets it has no key of ours. Each piece is
made in memory and goes straight into the archive: nothing that was said lies in a file
of its own. The same record gives the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.export.consents import consent_text
from sidelight.export.formats import flac
from sidelight.export.package import Exporter, What
from sidelight.session.exporting import find_exporter
from sidelight.session.outputs import whole_file
from sidelight.session.packaging import PackageChoices, package
from sidelight.session.sound_export import encode_sound

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.client import Client
    from sidelight.record.events import SessionStore
    from sidelight.record.record import Record

_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
_PRIVATE: Final = 0o600 << 16
_UNIX: Final = 3

_OF_WORDS: Final = (
    (What.TRANSCRIPT, "txt", "transcript.txt"),
    (What.TRANSCRIPT, "json", "transcript.json"),
    (What.MOMENTS, "json", "moments.json"),
)
_NOTE: Final = (What.CLIENT_NOTE, "md", "note.md")
_OWN: Final = (What.REFLECTION_NOTE, "md", "reflection of the coach.md")

_ABOUT: Final = """\
What is kept of {name} in Sidelight, on the computer of their coach.

client.json      the card
consents.txt     what was agreed to and withdrawn, with the words of both
sessions/        a folder for each session, by its day:
                 transcript (txt, json), moments (json), note (md), sound (flac),
                 as far as they were kept

{notes} Nothing in here is encrypted: whoever has this file can read and hear it.
"""
_WITHOUT: Final = "What the coach noted for themselves is not among it."
_WITH: Final = "What the coach noted for themselves is among it."


@dataclass(frozen=True, slots=True)
class Leaving:
    """What an archive holds.

    Attributes:
        sessions: How many sessions.
        sounds: How many of them with sound.
    """

    sessions: int
    sounds: int


def write_client(
    record: Record, name: str, path: Path, *, own_notes: bool = False
) -> Leaving:
    """Write everything that there is of a client, whole or not at all.

    Args:
        record: Open.
        name: First name.
        path: Of the archive (zip); replaced where it exists.
        own_notes: What the coach wrote for themselves, too.

    Raises:
        UserError: There is no such client, the record cannot be read, or the place
            cannot be written.
    """
    client = record.clients.find(name)
    found = [
        record.sessions.get(one.session.id)
        for one in reversed(record.sessions.list())
        if one.session.client == client.name
    ]
    sounds = 0
    with whole_file(path) as file, zipfile.ZipFile(file, "w") as archive:
        notes = _WITH if own_notes else _WITHOUT
        _add(archive, "README.txt", _ABOUT.format(name=client.name, notes=notes))
        card = json.dumps(_card(client, own_notes=own_notes), indent=2)
        _add(archive, "client.json", card + "\n")
        _add(archive, "consents.txt", _consents(record, client))
        for store in found:
            sounds += _add_session(archive, store, own_notes=own_notes)
    return Leaving(len(found), sounds)


def _add_session(
    archive: zipfile.ZipFile, store: SessionStore, *, own_notes: bool
) -> int:
    """Returns whether there was sound."""
    session = store.session
    story = tell(store.events())
    if story.session is None:
        return 0
    folder = f"sessions/{session.started_at:%Y-%m-%d} {session.id}"
    made = package(story, PackageChoices())
    wanted = [_NOTE, *([_OWN] if own_notes else [])]
    if story.utterances:
        wanted = [*_OF_WORDS, *wanted]
    for what, format_, called in wanted:
        exporter = find_exporter(what.value, format_)
        if isinstance(exporter, Exporter):
            _add(archive, f"{folder}/{called}", exporter.render(made))
    if session.mode is not Mode.KEEP or not store.has_sound:
        return 0
    sound = io.BytesIO()
    encode_sound(store, flac.encode, sound)
    _add(archive, f"{folder}/sound.flac", sound.getvalue(), packed=False)
    return 1


def _card(client: Client, *, own_notes: bool) -> dict[str, object]:
    kept: dict[str, object] = {
        "name": client.name,
        "contact": client.contact,
        "language": client.language,
        "engagement": client.engagement,
        "since": None if client.since is None else client.since.isoformat(),
        "planned_sessions": client.planned_sessions,
        "asked_for": client.asked_for,
    }
    return {**kept, "notes": client.notes} if own_notes else kept


def _consents(record: Record, client: Client) -> str:
    said = record.consents.of(client.number)
    given = consent_text(client.name, [one for one in said if one.given])
    agreed, noes = set(), []
    for one in said:
        if one.given:
            agreed.add(one.purpose)
        else:
            did = "withdrew" if one.purpose in agreed else "said no"
            day = one.on.isoformat()
            noes.append(f"{client.name} {did} on {day}: {one.purpose}.")
    return "\n\n".join(filter(None, [given, *noes])) + "\n"


def _add(
    archive: zipfile.ZipFile, name: str, content: str | bytes, *, packed: bool = True
) -> None:
    about = zipfile.ZipInfo(name, _NO_DATE)
    about.create_system = _UNIX
    about.external_attr = _PRIVATE
    way = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    archive.writestr(about, content, way)
