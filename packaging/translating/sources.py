"""What a source file says on screen: what passes through ``tr``, and what goes past it.

Whether a literal is words for people cannot be known from the source alone. What looks
like a sentence, or begins with a capital like a label, is taken for words unless its
place says otherwise; single small words are caught by ``tests/ui/test_words.py``, which
looks at every window in the pseudo language.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ONE, MANY = "tr", "tr_n"

NOT_SHOWN = {
    *("cast", "getLogger", "TypeVar", "setObjectName", "setStyleSheet", "Literal"),
    *("debug", "info", "warning", "error", "exception", "critical"),
    *("AssertionError", "ValueError", "TypeError", "RuntimeError", "LookupError"),
    *("setProperty", "property", "getattr", "environ", "setDesktopFileName"),
    *("setApplicationName", "setApplicationDisplayName", "Tag", "add_argument"),
    *("Thread", "find_library", "new_method_call", "MatchRule", "compile", "setStyle"),
    *("OSError", "NotImplementedError", "ConnectionLost"),
}
"""Calls whose texts nobody reads on screen."""

NAMES = {"Sidelight", "Esc"}
"""What is called the same in every language, or for Qt only."""

_LABEL = re.compile(
    r"&?[A-Z][a-z]+(?:[\s(,;?!\u2026]|[\u2019'-][A-Za-z]|[.:](?:\s|$)|$)"
)
_SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}|[a-z]{2,}[.?!…]$")
_FRAGMENT = re.compile(r"(?:^| )[A-Za-z]{2,}(?![\w./-])")


@dataclass(frozen=True, order=True)
class Message:
    """A text to translate.

    Attributes:
        text: The English.
        about: What tells it apart, or ``""``.
        plural: The English for other numbers than one, or ``""``.
        where: File and line, ``ui/home/wording.py:31``.
    """

    text: str
    about: str
    plural: str
    where: str


@dataclass(frozen=True, order=True)
class Bypass:
    """Words that no translator gets to see.

    Attributes:
        where: File and line.
        text: The words.
        why: What is wrong.
    """

    where: str
    text: str
    why: str


def looks_like_words(text: str) -> bool:
    """Whether a person would read this as words rather than a name in the program."""
    text = text.strip()
    if text in NAMES:
        return False
    return bool(_SENTENCE.search(text) or _LABEL.match(text))


def read_source(path: Path, name: str) -> tuple[list[Message], list[Bypass]]:
    """What a file says.

    Args:
        path: A Python file.
        name: What to call it in reports.
    """
    reader = _Reader(name)
    reader.visit(ast.parse(path.read_text(encoding="utf-8"), name))
    return reader.messages, reader.bypasses


def read_worded(path: Path, name: Path) -> Iterator[Message]:
    """What a file below the window says with values: ``worded("…")`` and no other.

    Args:
        path: A Python file.
        name: What to call it in the translations.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _called(node.func) == "worded":
            where = f"{name.as_posix()}:{node.lineno}"
            yield Message(_text(node.args[0]) or "", "", "", where)


def bypassing_literals(tree: ast.Module) -> list[ast.Constant]:
    """The plain texts that should pass through ``tr`` and do not."""
    reader = _Reader("")
    reader.visit(tree)
    return reader.literals


class _Reader(ast.NodeVisitor):
    def __init__(self, name: str) -> None:
        self._name = name
        self.literals: list[ast.Constant] = []
        self.messages: list[Message] = []
        self.bypasses: list[Bypass] = []

    def visit_Call(self, node: ast.Call) -> None:
        called = _called(node.func)
        if called in {ONE, MANY}:
            self._take(node, called)
            for value in (*node.args[1 + (called == MANY) :], *node.keywords):
                if not (isinstance(value, ast.keyword) and value.arg == "about"):
                    self.visit(value)
        elif called not in NOT_SHOWN:
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if _called(node.value) not in NOT_SHOWN:
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """Annotations are no words."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.decorator_list, node.args, *node.body):
            self.visit(part)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.visit(node.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and looks_like_words(node.value):
            self.literals.append(node)
            self._bypass(node, node.value, "not said with tr")

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [one.value for one in node.values if isinstance(one, ast.Constant)]
        if any(_FRAGMENT.search(str(part)) for part in parts):
            self._bypass(node, ast.unparse(node), "an f-string instead of tr")
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                self.visit(value.value)

    def _take(self, node: ast.Call, called: str) -> None:
        about = next((one.value for one in node.keywords if one.arg == "about"), None)
        texts = [_text(one) for one in node.args[: 1 + (called == MANY)]]
        if None in texts or (about is not None and _text(about) is None):
            self._bypass(node, ast.unparse(node), f"{called} of what is no literal")
            return
        one, many = (*texts, "")[:2]
        where = f"{self._name}:{node.lineno}"
        subject = (_text(about) if about is not None else "") or ""
        self.messages.append(Message(one or "", subject, many or "", where))

    def _bypass(self, node: ast.expr, text: str, why: str) -> None:
        self.bypasses.append(Bypass(f"{self._name}:{node.lineno}", text, why))


def _called(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def sources(folder: Path) -> Iterator[Path]:
    """The Python files below a folder, in order."""
    return iter(sorted(folder.rglob("*.py")))
