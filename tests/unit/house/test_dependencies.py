"""What the program imports is what it asks for."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _imported(file: Path) -> set[str]:
    """Top-level names of the modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_imported_package_is_a_dependency_of_ours() -> None:
    """A package that only another one asks for can vanish with its next version."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        _normal(re.split(r"[<>=~! ;\[]", requirement)[0])
        for requirement in settings["project"]["dependencies"]
    }
    distributions = packages_distributions()

    foreign = {
        name
        for file in (ROOT / "app" / "sidelight").rglob("*.py")
        for name in _imported(file)
        if name not in sys.stdlib_module_names and name != "sidelight"
    }

    undeclared = {
        name
        for name in foreign
        if not declared & {_normal(found) for found in distributions.get(name, [name])}
    }
    assert not undeclared
