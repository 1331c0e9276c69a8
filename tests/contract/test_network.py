"""One place reaches the network; every exception has its reason here."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).parents[2] / "app" / "sidelight"

REACHES_OUT = {
    *("socket", "socketserver", "ssl", "select", "asyncio", "http", "ftplib"),
    *("smtplib", "poplib", "imaplib", "nntplib", "telnetlib", "xmlrpc", "webbrowser"),
    *("urllib", "urllib3", "requests", "httpx", "httpx2", "aiohttp", "websockets"),
    *("huggingface_hub", "truststore", "h11", "h2", "grpc", "paramiko", "trio"),
    "subprocess",
}
"""What can open a connection, or start something that can."""

REACHES_OUT_OF_QT = {
    *("QtNetwork", "QtWebSockets", "QtWebEngineCore", "QtWebEngineWidgets"),
    *("QDesktopServices", "QtBluetooth", "QtRemoteObjects"),
}

MAY = {
    "speech/fetching.py": {
        "httpx2": "fetches a speech model, on request",
        "huggingface_hub": "finds its files",
        "ssl": "the system's certificates",
        "truststore": "the same",
        "urllib": "takes an address apart",
    },
    "session/shutting.py": {"socket": "lets go of a local connection"},
    "ui/platform/interrupts.py": {"socket": "a pair of sockets within the process"},
    "ui/platform/hotkeys_portal.py": {"socket": "the desktop's bus, a local socket"},
    "cli/background.py": {"subprocess": "this program itself"},
    "cli/bench_window.py": {"subprocess": "this program itself"},
}
"""Every exception, with its reason. A new one is a decision."""


def imported(source: str) -> Iterator[str]:
    """The first name of every module that is imported, and every name from Qt."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            first, _, rest = node.module.partition(".")
            yield first
            if first == "PySide6":
                yield rest
                yield from (one.name for one in node.names)


def files() -> list[Path]:
    return sorted(APP.rglob("*.py"))


def test_only_what_has_a_reason_can_reach_out() -> None:
    banned = REACHES_OUT | REACHES_OUT_OF_QT
    found: dict[str, set[str]] = {}
    for path in files():
        reach = set(imported(path.read_text(encoding="utf-8"))) & banned
        if reach:
            found[path.relative_to(APP).as_posix()] = reach
    assert found == {name: set(reasons) for name, reasons in MAY.items()}


def test_one_place_opens_the_way() -> None:
    """``allowed`` in the ledger, ``visit`` in the fetcher; nobody else has a use."""
    opens, visits = set(), set()
    for path in files():
        name = path.relative_to(APP).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called.endswith(("allowed", "_VISIT.set")):
                    opens.add(name)
                if called.endswith("ledger.visit"):
                    visits.add(name)
    assert opens == {"network/guard.py", "network/ledger.py"}
    assert visits == {"speech/fetching.py"}


def functions(file: Path) -> dict[str, ast.FunctionDef]:
    """Those of a file, by their names."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {one.name: one for one in body if isinstance(one, ast.FunctionDef)}


def test_every_process_is_watched_first() -> None:
    """Children begin with a ``run_`` function of a composition root."""
    entries = {
        name: entry
        for root in (*(APP / "bootstrap").glob("*.py"), APP / "windows.py")
        for name, entry in functions(root).items()
        if name.startswith("run_") and entry.args.args[0].arg == "connection"
    }
    assert len(entries) > 8
    for name, entry in entries.items():
        code = ast.unparse(entry)
        assert "with child_border(" in code or "guard.install()" in code, name
    for border in (
        functions(APP / "session" / "child.py")["child_border"],
        entries["run_worker"],
    ):
        first = border.body[1]  # after the docstring
        assert ast.unparse(first) == "guard.install()", border.name


def test_no_library_keeps_or_sends_reports_of_its_own(tmp_path: Path) -> None:
    """What reports by itself begins with a file of reports and a number for the device.

    Python is not told of what C code opens: where there is no such file, nothing of
    that has begun. Found with strace; see ``docs/decisions/0023``.
    """
    code = (
        "from sidelight.network import guard; guard.install();"
        "from sidelight.speech.vad import SileroModel; SileroModel().detector()"
    )
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "TMPDIR")}
    reporting = {"ORT_DISABLE_TELEMETRY"}
    kept = {name: text for name, text in os.environ.items() if name not in reporting}
    subprocess.run([sys.executable, "-c", code], env={**kept, **home}, check=True)
    assert list(tmp_path.rglob("*")) == []
