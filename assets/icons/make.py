"""Draws what is derived from the signs: the wordmarks, and the pictures in every size.

``python assets/icons/make.py`` writes them beside this file. The letters of the
wordmark are the bundled Inter Display Medium as outlines, so that it looks the same
where that font is not.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QImage, QPainter
from PySide6.QtGui import QPainterPath as Path2D
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent
FONT = HERE.parent / "fonts" / "inter" / "InterDisplay-Medium.otf"

SMALL = (16, 24, 32)
LARGE = (48, 64, 128, 256, 512)
"""In pixels; the small ones have a drawing of their own."""

HEIGHT = 96
LETTERS = 72
GAP = 26
TRACKING = 99.0
"""Of the wordmark, in its own units: height, size of the letters, distance to them."""

WORDMARKS = {"light": ("#25221e", "#c9821f"), "dark": ("#eee9e1", "#f2b45c")}
"""Ink and light, by the ground that it stands on."""


def outline(path: Path2D) -> str:
    """A path as SVG writes it, two decimals."""
    words, number = [], 0
    kinds = Path2D.ElementType
    while number < path.elementCount():
        at = path.elementAt(number)
        if at.type == kinds.CurveToElement:
            ends = [path.elementAt(number + step) for step in range(3)]
            words.append("C" + " ".join(f"{p.x:.2f} {p.y:.2f}" for p in ends))
            number += 3
            continue
        sign = "M" if at.type == kinds.MoveToElement else "L"
        words.append(f"{sign}{at.x:.2f} {at.y:.2f}")
        number += 1
    return "".join(words)


def wordmark(ink: str, light: str) -> str:
    """The sign without its ground, and the name."""
    font = QFont("Inter Display")
    font.setPixelSize(LETTERS)
    font.setWeight(QFont.Weight.Medium)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, TRACKING)
    letters = Path2D()
    letters.addText(0, 0, font, "Sidelight")
    capital = Path2D()
    capital.addText(0, 0, font, "l")
    tall = -capital.boundingRect().top()
    base = (HEIGHT + tall) / 2
    radius, bar = tall * 0.42, tall * 0.15
    edge = 2 + radius * 1.6
    middle = HEIGHT / 2
    left = edge + bar * 1.7 + GAP - letters.boundingRect().left()
    letters.translate(left, base)
    width = round(letters.boundingRect().right() + 4)

    def half(by: float, opacity: float) -> str:
        r = radius * by
        return (
            f'<path d="M{edge:.2f} {middle - r:.2f}a{r:.2f} {r:.2f} 0 0 0 0 '
            f'{2 * r:.2f}z" fill="{light}" fill-opacity="{opacity}"/>'
        )

    top, side = middle - tall * 0.6, edge + bar * 0.7
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}">',
        *(half(by, share) for by, share in ((1.6, 0.16), (1.3, 0.3), (1.0, 1))),
        f'<rect x="{side:.2f}" y="{top:.2f}" width="{bar:.2f}" fill="{ink}"',
        f'  height="{tall * 1.2:.2f}" rx="{bar / 2:.2f}"/>',
        f'<path d="{outline(letters)}" fill="{ink}"/>',
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def picture(svg: Path, size: int) -> QImage:
    """A drawing as a square picture with nothing behind it."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with QPainter(image) as painter:
        QSvgRenderer(str(svg)).render(painter, QRectF(0, 0, size, size))
    return image


def main() -> int:
    """Write everything."""
    application = QGuiApplication(["make", "-platform", "offscreen"])
    QFontDatabase.addApplicationFont(str(FONT))
    for ground, colors in WORDMARKS.items():
        (HERE / f"wordmark-{ground}.svg").write_text(wordmark(*colors), "utf-8")
    for sizes, name in ((SMALL, "sidelight-small"), (LARGE, "sidelight")):
        for size in sizes:
            image = picture(HERE / f"{name}.svg", size)
            image.save(str(HERE / f"sidelight-{size}.png"))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
