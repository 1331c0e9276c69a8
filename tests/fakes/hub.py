"""A model server on this computer that speaks the hub's protocol, also badly.

Enough of it for the client: ``/REPOSITORY/resolve/REVISION/FILE`` with HEAD and GET,
commit and tag headers, ranges, and the redirect of large files to another address.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import ssl
    from pathlib import Path
    from types import TracebackType
    from typing import Self


@dataclass
class Behaviour:
    """How the server treats its clients.

    Attributes:
        status: Answered to everything, when not 200.
        cut_after: Bytes of a large file after which each connection breaks, so many
            times as ``cuts`` says.
        cuts: See ``cut_after``.
        flip: Whether one byte of every large file is changed on its way.
        shorten: Bytes that are missing at the end of every file, tags fitting.
        anonymous: Leave out what a model server says of itself.
        ignore_ranges: Send the whole file always.
    """

    status: int = 200
    cut_after: int = 0
    cuts: int = 0
    flip: bool = False
    shorten: int = 0
    anonymous: bool = False
    ignore_ranges: bool = False
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    """Method, file and ``Range`` of every request, in order."""
    headers: list[str] = field(default_factory=list)
    """The headers of every request, as text."""


LARGE = 10_000
COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub:
    """Serves one folder as every repository; a context manager."""

    def __init__(self, folder: Path, context: ssl.SSLContext | None = None) -> None:
        self.behaviour = Behaviour()
        handler = type(
            "Handler",
            (_Handler,),
            {"folder": folder, "behaviour": self.behaviour},
        )
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False
        scheme = "http"
        if context is not None:
            scheme = "https"
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    folder: ClassVar[Path]
    behaviour: ClassVar[Behaviour]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay quiet."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        name = self.path.rpartition("/")[2]
        behaviour, wanted = self.behaviour, self.headers.get("Range")
        behaviour.asked.append((self.command, name, wanted))
        behaviour.headers.append(str(self.headers))
        if behaviour.status != 200:
            self._head(behaviour.status, 0)
            return
        path = self.folder / name
        if not path.is_file():
            self._head(404, 0)
            return
        data = path.read_bytes()
        if behaviour.shorten:
            data = data[: -behaviour.shorten]
        tag = hashlib.sha256(data).hexdigest()
        large = len(data) >= LARGE
        if large and "/resolve/" in self.path:
            # As the hub does: large files lie elsewhere, the tag is said here.
            self._head(
                302,
                0,
                Location=f"/elsewhere/{name}",
                **{"X-Linked-Size": str(len(data)), "X-Linked-Etag": f'"{tag}"'},
            )
            return
        if large and behaviour.flip:
            data = data[:LARGE] + bytes([data[LARGE] ^ 1]) + data[LARGE + 1 :]
        start = 0
        if wanted and not behaviour.ignore_ranges:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
        extra = {"ETag": f'"{tag}"', "Accept-Ranges": "bytes"}
        if start:
            extra["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        self._head(206 if start else 200, len(data) - start, **extra)
        if body:
            self._send(data[start:], large=large)

    def _head(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if not self.behaviour.anonymous:
            self.send_header("X-Repo-Commit", COMMIT)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()

    def _send(self, data: bytes, *, large: bool) -> None:
        behaviour = self.behaviour
        if large and behaviour.cuts and len(data) > behaviour.cut_after:
            behaviour.cuts -= 1
            self.wfile.write(data[: behaviour.cut_after])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(2)
            return
        self.wfile.write(data)
