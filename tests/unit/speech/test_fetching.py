from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.fakes.hub import Hub
from tests.fakes.modelfolder import offered, write_model

from sidelight.domain.errors import UserError
from sidelight.network.ledger import Ledger
from sidelight.speech.fetching import Fetcher
from sidelight.speech.installing import Manifest, verify_model
from sidelight.speech.weights import installed_models

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.speech.catalogue import OfferedModel


class Place(NamedTuple):
    """A hub, the model it serves, and the folder it shall go to."""

    hub: Hub
    model: OfferedModel
    models: Path
    waited: list[float]
    ledger: Ledger

    def fetch(self) -> None:
        fetcher = Fetcher(self.ledger, self.hub.url, wait=self.waited.append, read_s=2)
        fetcher.fetch(self.model, self.models, quiet)

    def ranges(self) -> list[str | None]:
        asked = self.hub.behaviour.asked
        return [
            range_
            for method, name, range_ in asked
            if (method, name) == ("GET", "model.bin")
        ]


def quiet(what: str, done: int, total: int) -> None:
    assert 0 <= done <= total, what


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    published = write_model(tmp_path / "published")
    models = tmp_path / "models"
    models.mkdir()
    with Hub(published) as hub:
        yield Place(hub, offered(published), models, [], Ledger(tmp_path))


def assert_installed(place: Place) -> None:
    (found,) = installed_models(place.models)
    assert found.name == "base.en"
    manifest = verify_model(found.path, quiet)
    assert manifest.in_catalogue
    assert manifest.source.startswith("Systran/faster-whisper-base.en@0123")
    assert [path.name for path in place.models.iterdir()] == ["base.en"]


def test_model_arrives_whole_and_says_where_it_came_from(place: Place) -> None:
    told: list[tuple[int, int]] = []
    Fetcher(place.ledger, place.hub.url).fetch(
        place.model, place.models, lambda _, done, total: told.append((done, total))
    )
    assert_installed(place)
    assert any(done == total for done, total in told)


def test_nothing_private_is_sent(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_canary")
    place.fetch()
    said = "".join(place.hub.behaviour.headers).lower()
    assert "user-agent" in said
    for word in ("hf_canary", "authorization", "agent/", "cookie", "sidelight"):
        assert word not in said


def test_cut_connection_goes_on_where_it_stopped(place: Place) -> None:
    place.hub.behaviour.cut_after = 90_000
    place.hub.behaviour.cuts = 2
    place.fetch()
    assert_installed(place)
    # Asked at the hub and, redirected, elsewhere: each range twice.
    assert set(place.ranges()) == {None, "bytes=90000-", "bytes=180000-"}
    assert place.waited == [1.0, 1.0]


def test_fetch_that_gave_up_is_taken_up_by_the_next(place: Place) -> None:
    place.hub.behaviour.cut_after = 90_000
    place.hub.behaviour.cuts = 1
    stuck = Fetcher(place.ledger, place.hub.url, wait=stop_waiting)
    with pytest.raises(KeyboardInterrupt):
        stuck.fetch(place.model, place.models, quiet)
    assert installed_models(place.models) == []
    (part,) = place.models.glob("base.en.part/model.bin.part")
    had = part.stat().st_size
    assert had == 90_000
    place.hub.behaviour.asked.clear()
    place.fetch()
    assert_installed(place)
    assert place.ranges()[0] == f"bytes={had}-"


def stop_waiting(_seconds: float) -> None:
    raise KeyboardInterrupt


def test_connection_that_never_gets_further_ends_in_a_sentence(place: Place) -> None:
    place.hub.behaviour.cut_after = 0
    place.hub.behaviour.cuts = 1000
    with pytest.raises(UserError, match="cannot be reached") as caught:
        place.fetch()
    assert "import it from a folder" in caught.value.remedy
    assert "record now" in caught.value.remedy
    assert installed_models(place.models) == []


def test_server_without_ranges_starts_over(place: Place) -> None:
    place.hub.behaviour.cut_after = 90_000
    place.hub.behaviour.cuts = 1
    place.hub.behaviour.ignore_ranges = True
    place.fetch()
    assert_installed(place)


def test_changed_byte_is_noticed_and_thrown_away(place: Place) -> None:
    place.hub.behaviour.flip = True
    with pytest.raises(UserError, match="not the file that was published"):
        place.fetch()
    assert not list(place.models.rglob("model.bin*"))
    place.hub.behaviour.flip = False
    place.fetch()
    assert_installed(place)


def test_another_file_is_refused_before_the_long_wait(place: Place) -> None:
    place.hub.behaviour.shorten = 10
    with pytest.raises(UserError, match="not the file that was published"):
        place.fetch()
    assert not [entry for entry in place.hub.behaviour.asked if entry[0] == "GET"]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "refuses"),
        (403, "refuses"),
        (404, "does not have"),
        (429, "just now"),
        (503, "just now"),
    ],
)
def test_refusal_is_said_with_every_way_forward(
    place: Place, status: int, sentence: str
) -> None:
    place.hub.behaviour.status = status
    with pytest.raises(UserError, match=sentence) as caught:
        place.fetch()
    for way in ("Fetch it later", "models import FOLDER", "record now"):
        assert way in caught.value.remedy
    assert not list(place.models.iterdir())


def test_sign_in_page_is_told_from_a_model_server(place: Place) -> None:
    place.hub.behaviour.anonymous = True
    with pytest.raises(UserError, match="sign-in page"):
        place.fetch()


def test_no_network_fails_within_seconds(place: Place) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(UserError, match="cannot be reached"):
            Fetcher(place.ledger, url).fetch(place.model, place.models, quiet)
    assert time.monotonic() - began < 10
    assert not list(place.models.iterdir())


def test_proxy_that_refuses(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in knows no CONNECT, so it is a proxy that lets nobody through."""
    monkeypatch.setenv("HTTPS_PROXY", place.hub.url)
    for name in ("NO_PROXY", "no_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UserError, match="proxy does not let us through"):
        Fetcher(place.ledger, "https://models.example").fetch(
            place.model, place.models, quiet
        )


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server's side of TLS that nobody has vouched for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = folder / "key.pem"
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Place]:
    published = write_model(tmp_path / "published")
    models = tmp_path / "models"
    models.mkdir()
    with Hub(published, self_signed(tmp_path)) as hub:
        yield Place(hub, offered(published), models, [], Ledger(tmp_path))


def test_certificate_nobody_vouches_for_is_named(secure: Place) -> None:
    with pytest.raises(UserError, match="is not trusted on this") as caught:
        secure.fetch()
    assert "SSL_CERT_FILE" in caught.value.remedy


@pytest.mark.skipif(ssl.OPENSSL_VERSION_INFO < (1, 1), reason="needs SSL_CERT_FILE")
def test_certificate_of_the_organisation_is_accepted(
    secure: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    secure.fetch()
    assert_installed(secure)


def test_too_little_room_is_said_first(place: Place) -> None:
    huge = replace(place.model.files[0], size=1 << 60)
    with pytest.raises(UserError, match="and the disk has"):
        Fetcher(place.ledger, place.hub.url).fetch(
            replace(place.model, files=(huge,)), place.models, quiet
        )
    assert not place.hub.behaviour.asked
    assert not list(place.models.iterdir())


def test_fetching_again_replaces_a_damaged_model(place: Place) -> None:
    place.fetch()
    weights = place.models / "base.en" / "model.bin"
    weights.write_bytes(b"rotten" + weights.read_bytes()[6:])
    with pytest.raises(UserError, match="damaged"):
        verify_model(weights.parent, quiet)
    place.fetch()
    assert_installed(place)


def test_folder_with_letters_of_every_alphabet(place: Place, tmp_path: Path) -> None:
    models = tmp_path / "Жанна Müller 測試"
    models.mkdir()
    Fetcher(place.ledger, place.hub.url).fetch(place.model, models, quiet)
    assert Manifest.read(models / "base.en").name == "base.en"
