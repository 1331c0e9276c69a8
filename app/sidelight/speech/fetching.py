"""Fetching a speech model from the hub: the only moment the program uses the network.

It happens within a visit of the ledger of connections, without which nothing gets out.

``huggingface_hub`` finds the files and speaks to the server; certificates are the
system's (``truststore``), proxies and ``HF_ENDPOINT`` those of the environment. The
bytes are kept here, because the library throws an unfinished file away: a cut
connection goes on where it stopped, also days later. Nothing is believed: every file
is held against the catalogue's SHA-256 before the model gets its name.
"""

from __future__ import annotations

import ssl
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx2
import huggingface_hub
import truststore
from huggingface_hub import constants
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

from sidelight.domain.errors import UserError
from sidelight.network.ledger import HostKind, Purpose
from sidelight.speech.installing import (
    Manifest,
    check_room,
    disk_fault,
    publish,
    sha256_of,
    staging,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sidelight.network.ledger import Ledger, Visit
    from sidelight.speech.catalogue import OfferedFile, OfferedModel
    from sidelight.speech.installing import Progress
    from sidelight.speech.weights import ModelFolder

CONNECT_S: Final = 5.0
"""Longest wait for a connection: without a network the answer comes within seconds."""

READ_S: Final = 20.0
"""Longest silence in the middle of a file."""

TRIES: Final = 5
"""How often a broken connection is taken up again without any progress in between."""

_BROKEN: Final = (
    httpx2.NetworkError,
    httpx2.RemoteProtocolError,
    httpx2.TimeoutException,
)
_PARTIAL: Final = 206
_RANGE_ERROR: Final = 416
_REFUSED: Final = (401, 403, 407)
_MISSING: Final = (404, 410)

OTHER_WAYS: Final = (
    "Fetch it later, import it from a folder or USB stick"
    " (`sidelight models import FOLDER`), or record now and transcribe later"
    " (`sidelight start --record-only`)."
)


HUB: Final = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class _Counted:
    """Who is told of what arrives: whoever waits, and the ledger."""

    progress: Progress
    visit: Visit


class Fetcher:
    """Fetches models from one server.

    Args to the constructor have the values of real life; tests give others.
    """

    def __init__(
        self,
        ledger: Ledger,
        endpoint: str | None = None,
        *,
        wait: Callable[[float], None] = time.sleep,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
    ) -> None:
        """Choose the server.

        Args:
            ledger: Where the connection is written down.
            endpoint: A mirror's address; ``None`` takes ``HF_ENDPOINT`` or the hub.
            wait: Sleeps so many seconds between two tries.
            connect_s: Longest wait for a connection.
            read_s: Longest silence in the middle of a file.
        """
        self._ledger = ledger
        self._endpoint = (endpoint or constants.ENDPOINT).rstrip("/")
        self._wait = wait
        self._connect_s = connect_s
        self._read_s = read_s

    def fetch(
        self, model: OfferedModel, models: Path, progress: Progress
    ) -> ModelFolder:
        """Fetch a model, or what is still missing of it, and install it.

        Args:
            model: From the catalogue.
            models: ``Paths.models``; it exists.
            progress: Told how far each file is.

        Returns:
            The installed model.

        Raises:
            UserError: No network, refused, untrusted certificate, cut off, not what
                the catalogue says, disk full. What arrived is kept for the next try,
                unless it is wrong.
        """
        grown = staging(models, model.name)
        try:
            grown.mkdir(exist_ok=True)
            arrived = sum(path.stat().st_size for path in grown.iterdir())
            check_room(models, model.size - min(arrived, model.size))
            with self._visit(model) as visit, self._session():
                # Small ones first: a wrong server shows before the long wait.
                for file in sorted(model.files, key=lambda file: file.size):
                    self._fetch_file(model, file, grown, _Counted(progress, visit))
            source = f"{model.repository}@{model.revision}"
            Manifest(model.name, source, True, model.files).write(grown)  # noqa: FBT003
        except OSError as error:
            raise disk_fault(models, error) from error
        finally:
            if grown.is_dir() and not any(grown.iterdir()):
                grown.rmdir()
        return publish(grown, models / model.name)

    def _visit(self, model: OfferedModel) -> AbstractContextManager[Visit]:
        kind = HostKind.HUB if self._endpoint == HUB else HostKind.MIRROR
        return self._ledger.visit(kind, Purpose.MODEL, model.name)

    def _fetch_file(
        self, model: OfferedModel, file: OfferedFile, grown: Path, told: _Counted
    ) -> None:
        whole = grown / file.name
        if whole.is_file() and whole.stat().st_size == file.size:
            return  # checked before it got its name
        part = grown / f"{file.name}.part"
        url = huggingface_hub.hf_hub_url(
            model.repository,
            file.name,
            revision=model.revision,
            endpoint=self._endpoint,
        )
        with self._world(model, part):
            self._locate(url, model, file)
            self._download(url, part, file, told)
        if sha256_of(part) != file.sha256:
            part.unlink()
            raise _not_as_published(model, file)
        part.rename(whole)

    def _locate(self, url: str, model: OfferedModel, file: OfferedFile) -> None:
        """Ask for the file's size and sum before the first byte of it."""
        found = huggingface_hub.get_hf_file_metadata(
            url, token=False, timeout=self._connect_s, endpoint=self._endpoint
        )
        if found.commit_hash is None:
            raise UserError(
                "What answered is not a model server: a sign-in page or a firewall may"
                " be in between.",
                f"Open a web page and sign in to the network. {OTHER_WAYS}",
            )
        # The hub's tag of a large file is its SHA-256; of a small one a git id.
        tag = found.etag or ""
        if found.size not in (None, file.size) or (
            len(tag) == len(file.sha256) and tag != file.sha256
        ):
            raise _not_as_published(model, file)

    def _download(
        self, url: str, part: Path, file: OfferedFile, told: _Counted
    ) -> None:
        """Bring the part to its full length, over as many connections as it takes."""
        tries = TRIES
        while (had := _length(part)) < file.size:
            problem: Exception | None = None
            try:
                self._stream(url, part, file, told)
            except _BROKEN as error:
                problem = error
            if _length(part) > file.size:
                part.unlink()
                raise _too_long(file)
            tries = TRIES if _length(part) > had else tries - 1
            if not tries:
                raise problem or httpx2.RemoteProtocolError("ended early")
            if _length(part) < file.size:
                self._wait(1.0)

    def _stream(self, url: str, part: Path, file: OfferedFile, told: _Counted) -> None:
        had = _length(part)
        headers = {"Accept-Encoding": "identity"}
        if had:
            headers["Range"] = f"bytes={had}-"
        session = huggingface_hub.get_session()
        with session.stream("GET", url, headers=headers) as response:
            if response.status_code == _RANGE_ERROR:
                part.unlink()
                return
            response.raise_for_status()
            goes_on = response.status_code == _PARTIAL and response.headers.get(
                "Content-Range", ""
            ).startswith(f"bytes {had}-")
            with part.open("ab" if goes_on else "wb") as writer:
                done = had if goes_on else 0
                for piece in response.iter_bytes():
                    writer.write(piece)
                    done += len(piece)
                    told.visit.received(len(piece))
                    told.progress(file.name, done, file.size)

    @contextmanager
    def _session(self) -> Iterator[None]:
        """The library's connection, with the system's certificates and our patience."""
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        timeout = httpx2.Timeout(self._read_s, connect=self._connect_s)

        def client() -> httpx2.Client:
            return httpx2.Client(verify=context, follow_redirects=True, timeout=timeout)

        huggingface_hub.set_client_factory(client)
        # Otherwise the library asks huggingface.co a question of its own (which agent
        # runs it), whatever mirror was chosen; the switch is read from the environment
        # only at its import.
        telemetry = constants.HF_HUB_DISABLE_TELEMETRY
        constants.HF_HUB_DISABLE_TELEMETRY = True
        try:
            yield
        finally:
            constants.HF_HUB_DISABLE_TELEMETRY = telemetry
            huggingface_hub.close_session()

    @contextmanager
    def _world(self, model: OfferedModel, part: Path) -> Iterator[None]:
        """Turn what the network did into a sentence with the ways forward."""
        host = urlsplit(self._endpoint).hostname or self._endpoint
        try:
            yield
        except (HfHubHTTPError, httpx2.HTTPStatusError) as error:
            raise _refused(model, host, error.response.status_code) from error
        except OfflineModeIsEnabled as error:
            raise UserError(
                "The network is switched off here (HF_HUB_OFFLINE).", OTHER_WAYS
            ) from error
        except httpx2.ProxyError as error:
            raise UserError(
                f"The proxy does not let us through to {host}.",
                f"Check HTTPS_PROXY and NO_PROXY. {OTHER_WAYS}",
            ) from error
        except httpx2.TransportError as error:
            if _is_certificate(error):
                raise UserError(
                    f"The certificate of {host} is not trusted on this computer.",
                    "Where a firewall inspects traffic, add its certificate to the"
                    f" system (or name its file in SSL_CERT_FILE). {OTHER_WAYS}",
                ) from error
            if _length(part):
                raise UserError(
                    f"The connection to {host} broke off; what arrived is kept.",
                    f"Fetch again: it goes on from there. {OTHER_WAYS}",
                ) from error
            raise UserError(
                f"The model server {host} cannot be reached.", OTHER_WAYS
            ) from error


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _is_certificate(error: BaseException | None) -> bool:
    """Whether a certificate is at the bottom of it: libraries wrap the cause."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _refused(model: OfferedModel, host: str, status: int) -> UserError:
    if status in _REFUSED:
        what = f"{host} refuses to give out the speech model {model.name} ({status})."
    elif status in _MISSING:
        what = f"{host} does not have the speech model {model.name} ({status})."
    else:
        what = f"{host} cannot give out the speech model just now ({status})."
    return UserError(what, OTHER_WAYS)


def _not_as_published(model: OfferedModel, file: OfferedFile) -> UserError:
    return UserError(
        f"{file.name} of {model.name} is not the file that was published: its size or"
        " checksum is another. It was thrown away.",
        f"Try again, or from another network or mirror. {OTHER_WAYS}",
    )


def _too_long(file: OfferedFile) -> UserError:
    return UserError(
        f"The server sent more than {file.name} has. It was thrown away.",
        f"Try again, or from another network or mirror. {OTHER_WAYS}",
    )
