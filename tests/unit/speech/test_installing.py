from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.fakes.modelfolder import offered, write_model

from sidelight.domain.errors import UserError
from sidelight.speech.catalogue import Catalogue
from sidelight.speech.installing import Manifest, import_model, verify_model
from sidelight.speech.weights import demo_model, installed_models

if TYPE_CHECKING:
    from pathlib import Path


def quiet(what: str, done: int, total: int) -> None:
    assert 0 <= done <= total, what


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


def test_import_copies_and_remembers_the_sums(tmp_path: Path, models: Path) -> None:
    stick = write_model(tmp_path / "Stick (E:)" / "Mein Modell ß")
    done = import_model(stick, models, None, quiet)
    assert done.path == models / "Mein-Modell"
    manifest = verify_model(done.path, quiet)
    assert manifest.source == "imported"
    assert not manifest.in_catalogue
    assert {f.name for f in manifest.files} == {path.name for path in stick.iterdir()}


def test_known_weights_get_their_name_back(
    tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = write_model(tmp_path / "whatever")
    catalogue = Catalogue((offered(stick, "base.en"),), "base.en")
    monkeypatch.setattr(Catalogue, "load", classmethod(lambda _cls: catalogue))
    done = import_model(stick, models, None, quiet)
    assert done.name == "base.en"
    assert Manifest.read(done.path).in_catalogue


def test_chosen_name_counts(tmp_path: Path, models: Path) -> None:
    stick = write_model(tmp_path / "x")
    assert import_model(stick, models, "german-2", quiet).name == "german-2"


@pytest.mark.parametrize("name", ["demo", "../up", "a b", "ü", ".hidden", "a/b"])
def test_impossible_names_leave_nothing_behind(
    tmp_path: Path, models: Path, name: str
) -> None:
    with pytest.raises(UserError, match="cannot be called"):
        import_model(write_model(tmp_path / "x"), models, name, quiet)
    assert not list(models.iterdir())


def test_demo_model_is_never_imported(tmp_path: Path, models: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(demo_model(), copy, ignore=shutil.ignore_patterns("train"))
    for source in (demo_model(), copy):
        with pytest.raises(UserError, match="synthetic voices"):
            import_model(source, models, "mine", quiet)
    assert not list(models.iterdir())


def test_only_the_models_own_files_are_copied(tmp_path: Path, models: Path) -> None:
    stick = write_model(tmp_path / "x")
    (stick / "holiday.jpg").write_bytes(b"photo")
    done = import_model(stick, models, None, quiet)
    assert not (done.path / "holiday.jpg").exists()


def test_import_again_replaces(tmp_path: Path, models: Path) -> None:
    import_model(write_model(tmp_path / "x"), models, None, quiet)
    shutil.rmtree(tmp_path / "x")
    second = import_model(write_model(tmp_path / "x", size=5000), models, None, quiet)
    assert second.size < 10_000
    assert [model.name for model in installed_models(models)] == ["x"]
    assert [path.name for path in models.iterdir()] == ["x"]


def test_broken_copy_leaves_nothing_behind(tmp_path: Path, models: Path) -> None:
    def unplug(what: str, done: int, total: int) -> None:
        del done, total
        if what == "tokenizer.json":
            raise OSError(5, "Input/output error")

    with pytest.raises(UserError, match="Input/output"):
        import_model(write_model(tmp_path / "x"), models, None, unplug)
    assert not list(models.iterdir())


def test_verify_finds_one_changed_byte(tmp_path: Path, models: Path) -> None:
    done = import_model(write_model(tmp_path / "x"), models, None, quiet)
    weights = done.path / "model.bin"
    data = bytearray(weights.read_bytes())
    data[50_000] ^= 1
    weights.write_bytes(data)
    with pytest.raises(UserError, match=r"x is damaged: model\.bin"):
        verify_model(done.path, quiet)
    weights.unlink()
    with pytest.raises(UserError, match=r"x is damaged: model\.bin"):
        verify_model(done.path, quiet)
