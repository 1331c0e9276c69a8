"""Everything of a client in one archive: theirs alone, whole, the same bytes again."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
import soundfile
from tests.unit.record.test_deletion import (
    ANSWER,
    CONTACT,
    HEARD,
    LINE,
    NAME,
    NOTED,
    OTHER,
    PLANTED,
    fill,
)

from sidelight.domain.errors import UserError
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.leaving import Leaving, write_client

if TYPE_CHECKING:
    from pathlib import Path


def test_everything_leaves_together(tmp_path: Path) -> None:
    folder, out = tmp_path / "record", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    first, again, more = (out / f"{n}.zip" for n in "abc")
    with Record.open(folder, Vault(bytes(range(32)))) as record:
        fill(record, NAME, PLANTED[:-1], "01A", "01B")
        fill(record, "Mo", (OTHER,) * 9, "01C")
        assert write_client(record, NAME, first) == Leaving(2, 2)
        write_client(record, NAME, again)
        write_client(record, NAME, more, own_notes=True)
        with pytest.raises(UserError, match="There is no client"):
            write_client(record, "Nobody", out / "d.zip")
    assert sorted(out.iterdir()) == [first, again, more]
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
        text = {name: archive.read(name) for name in names}
        assert archive.testzip() is None
    whole = b"\n".join(content for name, content in text.items() if "flac" not in name)
    for word in (HEARD, LINE, CONTACT, ANSWER):
        assert word.encode() in whole
    for word in (OTHER, NOTED):
        assert word.encode() not in whole
    place = "sessions/2026-11-22 01A"
    assert {name.removeprefix(f"{place}/") for name in names if place in name} == {
        *("transcript.txt", "transcript.json", "moments.json", "note.md", "sound.flac")
    }
    sound, rate = soundfile.read(io.BytesIO(text[f"{place}/sound.flac"]))
    assert (len(sound), rate) == (32_000, 16_000)
    with zipfile.ZipFile(more) as archive:
        assert NOTED.encode() in archive.read(f"{place}/reflection of the coach.md")
        assert NOTED.encode() in archive.read("client.json")
