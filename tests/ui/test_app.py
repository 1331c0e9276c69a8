"""The window process: snapshots, review, endings, and the world's faults."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.fakes.engine_player import EnginePlayer, Timed, recording

from sidelight.domain.errors import UserError
from sidelight.domain.story import Story
from sidelight.domain.timeline import Millis
from sidelight.session.messages import EventStored, Status
from sidelight.settings.sidebar import SidebarChoice
from sidelight.ui.app import run_window
from sidelight.ui.application import Snapshot, WindowOptions
from sidelight.ui.pictures import save_picture
from sidelight.ui.platform.display import platform_for
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import sidebar_texts
from sidelight.ui.specimen import specimen_events
from sidelight.ui.theme.theme import Theme, ThemeName, choose_palette
from sidelight.ui.theme.tokens import DARK as DARK_COLORS
from sidelight.ui.theme.tokens import HIGH_CONTRAST, Palette
from sidelight.ui.theme.tokens import LIGHT as LIGHT_COLORS

TIMED = recording(specimen_events())
LIGHT = WindowOptions(headless=True, theme=ThemeName.LIGHT)


def expected_at(position: int, theme: Theme, qtbot: QtBot) -> QImage:
    """The sidebar when the first status at or after this position has come."""
    story = Story()
    for timed in TIMED:
        if isinstance(timed.message, EventStored):
            story = story.after(timed.message.stored)
        if isinstance(timed.message, Status) and timed.message.position >= position:
            window = SidebarWindow(theme)
            qtbot.addWidget(window)
            window.show_texts(sidebar_texts(story, timed.message))
            return window.picture()
    raise AssertionError(position)


def run(tmp_path: Path, timed: list[Timed], **options: object) -> int:
    del tmp_path
    values = {"headless": True, "theme": ThemeName.LIGHT, **options}
    return run_window(EnginePlayer(timed), WindowOptions(**values))  # type: ignore[arg-type]


def test_snapshots_show_the_session_at_their_positions(
    theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    minutes = (1.0, 2.5, 4.8)
    shots = tuple(
        Snapshot(Millis(int(m * 60_000)), tmp_path / f"{m}.png") for m in minutes
    )
    assert run(tmp_path, TIMED, snapshots=shots[::-1], review=False) == 0
    pictures = [QImage(str(shot.path)) for shot in shots]
    for shot, picture in zip(shots, pictures, strict=True):
        wanted = expected_at(shot.at, theme, qtbot)
        wanted.setDevicePixelRatio(1)
        assert picture.convertToFormat(wanted.format()) == wanted
    assert len({bytes(picture.constBits()) for picture in pictures}) == len(shots)


def test_a_snapshot_beyond_the_end_is_taken_at_the_end(
    theme: Theme, tmp_path: Path
) -> None:
    del theme
    late = Snapshot(Millis(99 * 60_000), tmp_path / "late.png")
    assert run(tmp_path, TIMED, snapshots=(late,), review=False) == 0
    assert not QImage(str(late.path)).isNull()


def test_the_review_opens_after_the_session_and_is_saved(
    theme: Theme, tmp_path: Path
) -> None:
    del theme
    path = tmp_path / "timeline.png"
    assert run(tmp_path, TIMED, timeline_png=path) == 0
    picture = QImage(str(path))
    assert picture.width() > 1500
    assert picture.height() > 1000


def test_how_the_coach_left_the_sidebar_is_remembered(
    theme: Theme, tmp_path: Path
) -> None:
    del theme
    SidebarChoice(folded=True).remember(tmp_path)

    def unfold() -> None:
        windows = QApplication.topLevelWidgets()
        (sidebar,) = (one for one in windows if isinstance(one, SidebarWindow))
        assert sidebar.folded
        sidebar.fold(folded=False)

    QTimer.singleShot(0, unfold)
    assert run(tmp_path, TIMED, review=False, choices=tmp_path) == 0
    assert SidebarChoice.recall(tmp_path) == SidebarChoice(folded=False)


@pytest.mark.parametrize(
    ("contrast", "scheme", "palette"),
    [
        (Qt.ContrastPreference.HighContrast, Qt.ColorScheme.Light, HIGH_CONTRAST),
        (Qt.ContrastPreference.NoPreference, Qt.ColorScheme.Dark, DARK_COLORS),
        (Qt.ContrastPreference.NoPreference, Qt.ColorScheme.Unknown, LIGHT_COLORS),
    ],
)
def test_the_systems_own_look_is_followed(
    contrast: Qt.ContrastPreference, scheme: Qt.ColorScheme, palette: Palette
) -> None:
    system = Mock()
    hints = system.styleHints.return_value
    hints.accessibility.return_value.contrastPreference.return_value = contrast
    hints.colorScheme.return_value = scheme
    assert choose_palette(ThemeName.SYSTEM, system) == palette


def test_an_engine_gone_before_the_end_is_a_failure_only_if_nobody_watches(
    theme: Theme,
) -> None:
    del theme
    player = EnginePlayer(TIMED[:200], then_gone=True)
    assert run_window(player, LIGHT) == 1


def test_a_picture_that_cannot_be_saved_is_the_worlds_fault(
    theme: Theme, tmp_path: Path
) -> None:
    del theme
    nowhere = Snapshot(Millis(60_000), tmp_path / "missing" / "shot.png")
    with pytest.raises(UserError, match=r"shot\.png could not be saved"):
        run(tmp_path, TIMED, snapshots=(nowhere,), review=False)


def test_an_older_picture_survives_a_failed_one(
    qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    path = tmp_path / "shot.png"
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    save_picture(image, path)
    before = path.read_bytes()
    with pytest.raises(UserError):
        save_picture(QImage(), path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.glob("shot*")] == ["shot.png"]


@pytest.mark.parametrize(
    ("environment", "headless", "platform"),
    [
        ({}, True, "offscreen"),
        ({"DISPLAY": ":0"}, True, "offscreen"),
        ({"DISPLAY": ":0"}, False, "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, False, "wayland"),
        ({"QT_QPA_PLATFORM": "vnc"}, False, "vnc"),
    ],
)
def test_the_way_to_the_screen_on_linux(
    environment: dict[str, str],
    platform: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    headless: bool,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert platform_for(environment, headless=headless) == platform


def test_no_display_is_said_with_a_way_forward(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(UserError) as caught:
        platform_for({}, headless=False)
    assert "--headless" in caught.value.remedy
