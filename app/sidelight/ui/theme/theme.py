"""Tokens turned into what Qt draws with, at the chosen text size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QPalette, Qt

from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT
from sidelight.domain.transcript import Speaker
from sidelight.ui.theme.tokens import (
    DARK,
    HIGH_CONTRAST,
    LEADING,
    LIGHT,
    TYPE,
    Palette,
    Role,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication


class ThemeName(StrEnum):
    """What a person may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette at a text size.

    Attributes:
        palette: Colours by role.
        scale: Text size, 1.0..2.0; spacing that belongs to text grows with it.
        reduced_motion: Changes appear at once instead of fading.
    """

    palette: Palette = LIGHT
    scale: float = 1.0
    reduced_motion: bool = False

    @property
    def high_contrast(self) -> bool:
        """Whether the colours are the strongest: no ground is see-through then."""
        return self.palette == HIGH_CONTRAST

    def px(self, length: float) -> int:
        """A length that grows with the text, in whole logical pixels."""
        return round(length * self.scale)

    def font(self, role: Role) -> QFont:
        """The font for this role; figures of equal width: a tick moves nothing."""
        kind = TYPE[role]
        font = QFont(kind.family.value)
        font.setPixelSize(self.px(kind.px))
        font.setWeight(QFont.Weight(kind.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setFeature(QFont.Tag("tnum"), 1)
        if kind.tracking:
            font.setLetterSpacing(
                QFont.SpacingType.PercentageSpacing, 100 + kind.tracking
            )
        return font

    def kind_color(self, kind: str) -> QColor:
        """The colour of marks of this kind."""
        roles = {
            SUPPORT: self.palette.support,
            DIRECTION: self.palette.direction,
            ON_TRACK: self.palette.on_track,
        }
        return QColor(roles.get(kind, self.palette.other))

    def speaker_color(self, speaker: Speaker) -> QColor:
        """The colour of this speaker's speech."""
        roles = {
            Speaker.COACH: self.palette.coach,
            Speaker.CLIENT: self.palette.client,
            Speaker.UNKNOWN: self.palette.unknown,
        }
        return QColor(roles[speaker])

    def qpalette(self) -> QPalette:
        """For the widgets that Qt draws itself (tool tips, scroll bars, menus)."""
        colors = self.palette
        ink, soft = QColor(colors.ink), QColor(colors.ink_soft)
        qpalette = QPalette(QColor(colors.surface), QColor(colors.canvas))
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
            QPalette.ColorRole.ToolTipText,
            QPalette.ColorRole.HighlightedText,
        ):
            qpalette.setColor(role, ink)
        qpalette.setColor(QPalette.ColorRole.PlaceholderText, soft)
        qpalette.setColor(QPalette.ColorRole.Base, QColor(colors.surface))
        qpalette.setColor(QPalette.ColorRole.ToolTipBase, QColor(colors.surface))
        qpalette.setColor(QPalette.ColorRole.Highlight, QColor(colors.marked))
        qpalette.setColor(QPalette.ColorRole.Mid, QColor(colors.hairline))
        return qpalette


def leading(font: QFont) -> int:
    """From one line to the next of text in this font that is read, in whole pixels."""
    return round(font.pixelSize() * LEADING)


def choose_palette(name: ThemeName, application: QGuiApplication) -> Palette:
    """The palette for a choice; ``SYSTEM`` follows the desktop."""
    match name:
        case ThemeName.LIGHT:
            return LIGHT
        case ThemeName.DARK:
            return DARK
        case ThemeName.HIGH_CONTRAST:
            return HIGH_CONTRAST
        case ThemeName.SYSTEM:
            hints = application.styleHints()
            if (
                hints.accessibility().contrastPreference()
                is Qt.ContrastPreference.HighContrast
            ):
                return HIGH_CONTRAST
            dark = hints.colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
