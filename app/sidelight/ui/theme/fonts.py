"""The bundled fonts, so that every machine shows the same letters."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from sidelight import resources
from sidelight.domain.errors import UserError
from sidelight.ui.theme.tokens import Family
from sidelight.ui.words import tr


def load_fonts() -> None:
    """Make the bundled families known to the application.

    Raises:
        UserError: A font file is missing or damaged.
    """
    for path in sorted((resources.assets() / "fonts").rglob("*.otf")):
        if QFontDatabase.addApplicationFont(str(path)) == -1:
            message = tr("The font {name} cannot be read.", name=path.name)
            raise UserError(message, tr("Install the program again."))


def paper_font(points: int) -> QFont:
    """The program's letters on paper, where sizes are in points."""
    font = QFont(Family.TEXT)
    font.setPointSize(points)
    return font
