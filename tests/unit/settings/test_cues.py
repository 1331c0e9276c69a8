"""Cues are on for calls and off in a room, until the coach says otherwise."""

from pathlib import Path

import pytest

from sidelight.domain.transcript import Layout
from sidelight.settings.cues import FILE_NAME, CueChoice


def test_a_call_has_cues_and_a_room_has_none(tmp_path: Path) -> None:
    choice = CueChoice.recall(tmp_path)
    assert choice.wanted(Layout.STEREO)
    assert not choice.wanted(Layout.MONO)


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("wanted", [True, False])
def test_a_choice_holds_for_its_kind_of_session(
    tmp_path: Path, layout: Layout, *, wanted: bool
) -> None:
    (other,) = set(Layout) - {layout}
    CueChoice().chosen(layout, wanted=wanted).remember(tmp_path)
    recalled = CueChoice.recall(tmp_path)
    assert recalled.wanted(layout) is wanted
    assert recalled.wanted(other) is CueChoice().wanted(other)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"in_room": 1}'])
def test_what_cannot_be_read_is_the_default(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    assert CueChoice.recall(tmp_path) == CueChoice()


def test_where_earlier_versions_kept_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / CueChoice.BEFORE).write_text('{"on_call": false, "in_room": true}')
    assert CueChoice.recall(tmp_path) == CueChoice(on_call=False, in_room=True)
    CueChoice(in_room=True).remember(tmp_path)
    assert CueChoice.recall(tmp_path) == CueChoice(in_room=True)
