"""The window draws what was looked at and approved (``make goldens`` approves anew).

Fonts are bundled and Qt is pinned, so pictures are the same on every screen; a few
pixels may still differ where processors round differently.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage

from sidelight.ui.gallery import GALLERY, Piece
from sidelight.ui.pictures import save_picture
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT

GOLDENS = Path(__file__).with_name("goldens")
PIECES = {piece.name: piece for piece in GALLERY}
LOOKS = {
    "light-100": Theme(LIGHT),
    "dark-100": Theme(DARK),
    "high-contrast-100": Theme(HIGH_CONTRAST),
    "light-200": Theme(LIGHT, 2.0),
}
# None shows letters that the bundled font lacks: what stands in for them is the font
# of the computer.
APPROVED = (
    ("sidebar-begun", "light-100"),
    ("sidebar-running", "light-100"),
    ("sidebar-coarse", "dark-100"),
    ("sidebar-coarse", "light-200"),
    ("sidebar-wordless", "high-contrast-100"),
    ("sidebar-cue", "light-100"),
    ("sidebar-cue", "dark-100"),
    ("sidebar-paused", "light-100"),
    ("sidebar-trouble", "high-contrast-100"),
    ("strip-running", "dark-100"),
    ("strip-cue", "dark-100"),
    ("strip-off-record", "light-100"),
    ("sidebar-narrow", "light-200"),
    ("strip-narrow", "dark-100"),
    ("strip-held", "light-200"),
    ("sidebar-see-through", "dark-100"),
    ("sidebar-clicks-through", "light-100"),
    ("sidebar-held", "high-contrast-100"),
    ("room-running", "light-100"),
    ("room-running", "dark-100"),
    ("room-running", "high-contrast-100"),
    ("room-running", "light-200"),
    ("room-silent", "light-100"),
    ("room-paused", "dark-100"),
    ("room-full", "dark-100"),
    ("room-dark", "light-100"),
    ("room-dark-trouble", "dark-100"),
    ("buttons", "light-100"),
    ("buttons-refused", "dark-100"),
    ("marks", "light-100"),
    ("timeline", "light-100"),
    ("timeline-interrupted", "dark-100"),
    ("home-sessions", "light-100"),
    ("home-attention", "dark-100"),
    ("home-found", "high-contrast-100"),
    ("home-client", "dark-100"),
    ("home-imports", "light-200"),
    ("home-first", "high-contrast-100"),
    ("home-wrong-passphrase", "dark-100"),
    ("home-recovery-key", "light-100"),
    ("home-card", "light-100"),
    ("home-card-unasked", "light-100"),
    ("home-card-taken-back", "dark-100"),
    ("home-card-changed", "light-200"),
    ("home-clients", "light-100"),
    ("home-clients-none", "high-contrast-100"),
    ("home-clients-deleting", "dark-100"),
    ("home-deleting", "light-100"),
    ("home-sound-goes", "light-100"),
    ("home-card-first", "high-contrast-100"),
    ("home-card-call", "dark-100"),
    ("home-card-unheard", "light-200"),
    ("home-card-starting", "light-100"),
    ("settings-session", "light-100"),
    ("settings-keys", "dark-100"),
    ("settings-connections", "high-contrast-100"),
    ("settings-restoring", "light-200"),
    ("wrap-up", "light-100"),
    ("first-run-model", "light-100"),
    ("first-run-key-shown", "high-contrast-100"),
    ("first-run-hearing-settled", "dark-100"),
    ("first-run-hearing-muted", "light-200"),
)

A_STEP = 24
"""A difference of a channel, of 255, that an eye may see."""

A_FEW = 0.0005
"""Share of the pixels that may differ by more."""


def pixels(image: QImage) -> npt.NDArray[np.int16]:
    """The picture as int16, shape (height, width, 4)."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(image.constBits(), np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine())
    shape = (image.height(), image.width(), 4)
    return rows[:, : image.width() * 4].reshape(shape).astype(np.int16)


@pytest.mark.parametrize(("name", "look"), APPROVED)
@pytest.mark.usefixtures("theme")
def test_it_looks_as_approved(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, look: str
) -> None:
    piece: Piece = PIECES[name]
    path = GOLDENS / f"{name}.{look}.png"
    now = piece.picture(LOOKS[look])
    if request.config.getoption("--approve-goldens", default=False):
        save_picture(now, path)
        return
    golden = QImage(str(path))
    assert not golden.isNull(), f"no picture {path.name}: run make goldens, and look"
    assert now.size() == golden.size()
    apart = np.abs(pixels(now) - pixels(golden)).max(axis=2)
    seen = (apart > A_STEP).mean()
    if seen > A_FEW:
        save_picture(now, tmp_path / "now.png")
        difference = np.ascontiguousarray(np.minimum(apart * 4, 255).astype(np.uint8))
        height, width = difference.shape
        grey = QImage.Format.Format_Grayscale8
        shown = QImage(difference.tobytes(), width, height, width, grey)
        save_picture(shown, tmp_path / "difference.png")
        pytest.fail(f"{seen:.2%} of {path.name} look different: see {tmp_path}")
