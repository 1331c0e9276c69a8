"""A stretch of sound as a file: exact, silent where it must be, whole or not at all."""

from __future__ import annotations

import errno
import io
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

import av
import numpy as np
import pytest
from tests.fakes.story import STARTED_AT, StoryBuilder, span

from sidelight.domain.errors import UserError
from sidelight.domain.events import GapFound, OffRecordCause
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Gap, GapCause, Millis, Samples
from sidelight.domain.transcript import Layout
from sidelight.export.formats import SOUND_EXPORTERS
from sidelight.export.package import SoundExporter, What
from sidelight.export.redaction import Names
from sidelight.record.erasure import Asked
from sidelight.session.export_messages import Wish
from sidelight.session.exporting import write_export
from sidelight.session.sound_export import write_sound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Span

RATE = 16_000
FLAC, OPUS = SOUND_EXPORTERS
NOISE = np.random.default_rng(7).integers(-9000, 9000, (10 * RATE, 2), np.int16)


class Spool:
    """Ten seconds of noise; some of it cannot be read."""

    def __init__(self, damaged: Span | None = None) -> None:
        self._damaged = damaged
        self.finished = True
        self.length = Samples(len(NOISE))
        self.closed = False

    def read(self, start: Samples, count: int) -> NDArray[np.float32]:
        end = start + count
        bad = self._damaged
        if bad and start < bad.end * 16 and end > bad.start * 16:
            raise UserError("The sound is damaged.", "The rest can be read.")
        return NOISE[start:end].astype(np.float32) / np.float32(32_768)

    def close(self) -> None:
        self.closed = True


class Files:
    """A session with that sound."""

    def __init__(self, spool: Spool, hidden: Span | None = None) -> None:
        self.session = Session("s1", STARTED_AT, Layout.STEREO, Mode.KEEP)
        self.has_sound = True
        self.lost_sound = False
        self.spool = spool
        self._hidden = hidden

    def read_spool(self) -> Spool:
        return self.spool

    def hidden(self) -> tuple[Asked, ...]:
        if self._hidden is None:
            return ()
        return (Asked(1, self._hidden, OffRecordCause.ASKED),)


def heard(path: Path) -> NDArray[np.int16]:
    with av.open(path) as file:
        pieces = [one.to_ndarray().reshape(-1, 2) for one in file.decode(audio=0)]
    return np.concatenate(pieces)


def test_a_stretch_is_every_sample_of_it_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "sound.flac"
    story = StoryBuilder().story()
    files = Files(Spool())
    assert write_sound(files, story, FLAC, span(2_500, 7_250), out) == ()
    assert np.array_equal(heard(out), NOISE[2_500 * 16 : 7_250 * 16])
    assert files.spool.closed
    assert [one.name for one in tmp_path.iterdir()] == ["sound.flac"]


def test_what_may_not_or_cannot_be_heard_is_silent_and_told(tmp_path: Path) -> None:
    out = tmp_path / "sound.flac"
    builder = StoryBuilder()
    paused = Gap(span(8_000, 9_000), GapCause.PAUSED)
    builder.events.append(GapFound(Millis(9_000), paused))
    files = Files(Spool(damaged=span(4_200, 4_400)), hidden=span(1_000, 2_500))
    told = write_sound(files, builder.story(), FLAC, None, out)
    assert list(map(str, told)) == [
        "From 0:01 to 0:02 it is silent: off the record.",
        "From 0:04 to 0:05 it is silent: its sound cannot be read any more.",
        "From 0:08 to 0:09 it is silent: paused.",
    ]
    sound = heard(out)
    assert len(sound) == len(NOISE), "a silence is as long as what it stands for"
    assert not sound[16_000:40_000].any()
    assert not sound[64_000:80_000].any()
    assert np.array_equal(sound[:16_000], NOISE[:16_000])
    assert np.array_equal(sound[40_000:64_000], NOISE[40_000:64_000])
    assert np.array_equal(sound[80_000:], NOISE[80_000:])


def test_a_file_that_lost_its_end_says_so(tmp_path: Path) -> None:
    story = StoryBuilder().story()
    longer = replace(story, position=Millis(25_000))
    told = write_sound(Files(Spool()), longer, FLAC, None, tmp_path / "sound.flac")
    unread = "its sound cannot be read any more."
    assert list(map(str, told)) == [f"From 0:10 to 0:25 it is silent: {unread}"]
    part = span(2_000, 7_000)
    assert write_sound(Files(Spool()), longer, FLAC, part, tmp_path / "s.flac") == ()


@pytest.mark.parametrize("each", SOUND_EXPORTERS, ids=lambda one: one.format)
def test_the_same_sound_gives_the_same_bytes_that_others_can_play(
    each: SoundExporter, tmp_path: Path
) -> None:
    made = []
    for name in ("one", "two"):
        out = tmp_path / f"{name}.{each.format}"
        write_sound(Files(Spool()), StoryBuilder().story(), each, None, out)
        made.append(out.read_bytes())
    assert made[0] == made[1]
    with av.open(io.BytesIO(made[0]), "r") as file:
        pieces = list(file.decode(audio=0))
    samples = sum(one.samples for one in pieces)
    assert samples / pieces[0].sample_rate == pytest.approx(10, abs=0.02)


def test_a_full_disk_is_one_sentence_and_leaves_what_was_there(tmp_path: Path) -> None:
    def full(blocks: Iterable[NDArray[np.int16]], channels: int, out: BinaryIO) -> None:
        del channels
        for block in blocks:
            out.write(block.tobytes())
            raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "sound.flac"
    out.write_bytes(b"of last week")
    exporter = replace(FLAC, encode=full)
    with pytest.raises(UserError, match="The disk is full"):
        write_sound(Files(Spool()), StoryBuilder().story(), exporter, None, out)
    assert out.read_bytes() == b"of last week"
    assert [one.name for one in tmp_path.iterdir()] == ["sound.flac"]


def test_where_there_is_nothing_to_hear_it_is_said(tmp_path: Path) -> None:
    story, out = StoryBuilder().story(), tmp_path / "sound.flac"
    files = Files(Spool())
    with pytest.raises(UserError, match=r"ends at 0:10\. Choose a range before"):
        write_sound(files, story, FLAC, span(10_000, 20_000), out)
    files.has_sound = False
    with pytest.raises(UserError, match="was not kept"):
        write_sound(files, story, FLAC, None, out)
    files.session = replace(files.session, mode=Mode.NO_LISTENING)
    with pytest.raises(UserError, match="Nobody listened"):
        write_sound(files, story, FLAC, None, out)
    nameless = Wish(What.SOUND, "flac", Names.NONE)
    with pytest.raises(UserError, match="Names cannot be taken out of sound"):
        write_export(files, story, nameless, out)
    with pytest.raises(UserError, match="once this window is closed"):
        write_export(None, story, Wish(What.SOUND, "flac"), out)
    assert not out.exists()
