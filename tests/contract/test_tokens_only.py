"""Outside ``ui/theme`` nothing has a colour, a size of type, a space or a duration of
its own. What only one widget draws (a dot, an arrow) is a named constant beside it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "app" / "sidelight" / "ui"

COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(")
SPACES = {
    *("setContentsMargins", "setSpacing", "addSpacing", "setHorizontalSpacing"),
    *("setVerticalSpacing", "setViewportMargins", "setHandleWidth", "setMargin"),
}
SIZES = {"px", "setFixedHeight", "setFixedWidth", "setMinimumWidth", "setMaximumWidth"}
TYPE = {"setPixelSize", "setPointSize", "setPointSizeF", "setWeight", "setFamily"}
TIMES = {"setDuration", "run", "show_text", "fade"}
FREE = {0, 1, -1, 0.5, -0.5}
"""Nothing, a hairline, and the middle of a pixel."""


def files() -> list[Path]:
    """Every file that draws or lays out; the gallery arranges for nobody's eyes."""
    return [
        path
        for path in sorted(UI.rglob("*.py"))
        if "theme" not in path.parts and not path.name.startswith("gallery")
    ]


def numbers(node: ast.AST) -> Iterator[float]:
    """The literals in an expression; an index of a tuple is no length."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node.value
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        # A multiple of a token is a token's.
        sides = [list(numbers(node.left)), list(numbers(node.right))]
        if all(sides):
            yield from (*sides[0], *sides[1])
    elif not isinstance(node, ast.Call | ast.Subscript):
        for child in ast.iter_child_nodes(node):
            yield from numbers(child)


def faults(source: str) -> Iterator[tuple[int, str]]:
    """Line and fault of every literal that belongs into a token."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if COLOR.search(node.value):
                yield node.lineno, f"a colour: {node.value!r}"
        elif isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            if owner.endswith("GlobalColor") and node.attr != "transparent":
                yield node.lineno, f"a colour: {node.attr}"
        elif isinstance(node, ast.Call):
            yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[tuple[int, str]]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    called = called or (node.func.id if isinstance(node.func, ast.Name) else "")
    literal = [n for value in node.args for n in numbers(value) if n not in FREE]
    if called == "QColor" and literal:
        yield node.lineno, "a colour of numbers"
    if called == "QColor" and any(isinstance(a, ast.Constant) for a in node.args):
        yield node.lineno, "a colour by name"
    if called in TYPE and node.args:
        yield node.lineno, "type that no role has"
    if called == "QFont" and node.args and not isinstance(node.args[0], ast.Name):
        yield node.lineno, "a font that no role has"
    for what, calls in (("space", SPACES), ("size", SIZES), ("time", TIMES)):
        if called in calls and literal:
            yield node.lineno, f"a {what} without a name: {called}({literal[0]})"
    if called == "drawRoundedRect" and literal:
        yield node.lineno, f"a radius without a name: {literal[0]}"


@pytest.mark.parametrize(
    "source",
    [
        'color = "#aabbcc"',
        "pen = QPen(Qt.GlobalColor.black)",
        "color = QColor(1, 20, 3)",
        'color = QColor("red")',
        "layout.setSpacing(7)",
        "layout.setContentsMargins(0, theme.px(Space.S), 3 + 4, 0)",
        "box = theme.px(28)",
        "font.setPixelSize(11)",
        "fade.run(300)",
        "painter.drawRoundedRect(box, 6, 6)",
    ],
)
def test_a_literal_is_found(source: str) -> None:
    assert list(faults(source))


@pytest.mark.parametrize(
    "source",
    [
        "color = QColor(theme.palette.ink)",
        "layout.setContentsMargins(0, theme.px(Space.S), 2 * side, 1)",
        "box = theme.px(_DOT)",
        "fade.run(Motion.TICK)",
        "painter.drawRoundedRect(box, Radius.FIELD, thick / 2)",
        "image.fill(Qt.GlobalColor.transparent)",
    ],
)
def test_a_token_is_fine(source: str) -> None:
    assert not list(faults(source))


def test_every_view_draws_with_tokens() -> None:
    found = [
        f"{path.relative_to(UI)}:{line}: {fault}"
        for path in files()
        for line, fault in faults(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)
