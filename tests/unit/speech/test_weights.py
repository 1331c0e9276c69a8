from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.fakes.modelfolder import weights, write_model

from sidelight.domain.errors import UserError
from sidelight.speech.installing import Manifest
from sidelight.speech.weights import (
    ModelFolder,
    demo_model,
    find_model,
    installed_models,
    need_model,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "my-model")


def test_whole_folder_is_good(model: Path) -> None:
    found = ModelFolder.check(model)
    assert (found.name, found.demo, found.path) == ("my-model", False, model)
    assert found.size == sum(path.stat().st_size for path in model.iterdir())
    assert found.for_people() is found


def test_bundled_demo_model_is_good_and_never_for_people() -> None:
    found = ModelFolder.check(demo_model())
    assert (found.name, found.demo) == ("demo", True)
    with pytest.raises(UserError, match="only the demo's synthetic voices"):
        found.for_people()


def test_copy_of_the_demo_model_is_still_the_demo_model(tmp_path: Path) -> None:
    copy = tmp_path / "innocent"
    shutil.copytree(demo_model(), copy, ignore=shutil.ignore_patterns("train"))
    assert ModelFolder.check(copy).demo


def test_hub_cache_folder_is_followed_to_its_files(tmp_path: Path) -> None:
    cache = tmp_path / "models--Systran--faster-whisper-base.en"
    write_model(cache / "snapshots" / "3d3d5dee")
    found = ModelFolder.check(cache)
    assert found.path.name == "3d3d5dee"
    assert found.name == cache.name


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ("model.bin", "model.bin"),
        ("config.json", "config.json"),
        ("tokenizer.json", "tokenizer.json"),
        ("vocabulary.txt", "vocabulary.json"),
    ],
)
def test_incomplete_folder_says_what_is_missing(
    model: Path, missing: str, named: str
) -> None:
    (model / missing).unlink()
    with pytest.raises(UserError, match="incomplete") as caught:
        ModelFolder.check(model)
    assert named in caught.value.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", b"{"),
        ("config.json", b"[]"),
        ("config.json", b"\xff\xfe"),
        ("tokenizer.json", b"{}"),
        ("tokenizer.json", b""),
        ("vocabulary.txt", b"\n"),
        ("vocabulary.txt", b"\xff"),
        ("model.bin", b""),
        ("model.bin", b"\x06"),
        ("model.bin", weights()[:-1]),
        ("model.bin", weights()[:1000]),
        ("model.bin", weights() + b"more"),
        ("model.bin", weights(version=99)),
        ("model.bin", b"<html>Please sign in</html>" * 100),
    ],
)
def test_damaged_file_is_named(model: Path, name: str, content: bytes) -> None:
    (model / name).write_bytes(content)
    with pytest.raises(UserError, match="damaged") as caught:
        ModelFolder.check(model)
    assert name in caught.value.message


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (["config.json", "model.safetensors", "tokenizer.json"], "transformers"),
        (["config.json", "pytorch_model.bin"], "PyTorch"),
        (["base.en.pt"], "PyTorch"),
        (["ggml-base.en.bin"], "whisper.cpp"),
        (["encoder.onnx"], "ONNX"),
    ],
)
def test_other_formats_are_recognised_and_the_way_is_shown(
    tmp_path: Path, files: list[str], kind: str
) -> None:
    for name in files:
        (tmp_path / name).write_text("{}")
    with pytest.raises(UserError, match=kind) as caught:
        ModelFolder.check(tmp_path)
    assert "ct2-transformers-converter" in caught.value.remedy


def test_translation_model_of_the_same_library_is_another_kind(model: Path) -> None:
    (model / "model.bin").write_bytes(weights(spec="TransformerSpec"))
    with pytest.raises(UserError, match="TransformerSpec"):
        ModelFolder.check(model)


def test_places_that_hold_no_model(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        ModelFolder.check(tmp_path / "none")
    with pytest.raises(UserError, match="no speech model"):
        ModelFolder.check(tmp_path)
    (tmp_path / "base.zip").write_text("zip")
    with pytest.raises(UserError, match="is a file"):
        ModelFolder.check(tmp_path / "base.zip")


def install(folder: Path, name: str) -> Path:
    made = write_model(folder / name)
    Manifest(name, "imported", False, ()).write(made)  # noqa: FBT003
    return made


def test_installed_models_are_those_with_a_manifest(tmp_path: Path) -> None:
    assert installed_models(tmp_path / "none") == []
    install(tmp_path, "base.en")
    install(tmp_path, "broken").joinpath("model.bin").write_bytes(b"")
    write_model(tmp_path / "small.en.part")
    assert [model.name for model in installed_models(tmp_path)] == ["base.en"]


def test_model_is_found_by_name_or_folder(tmp_path: Path, model: Path) -> None:
    install(tmp_path, "base.en")
    assert find_model("base.en", tmp_path).path == tmp_path / "base.en"
    assert find_model("demo", tmp_path).demo
    assert find_model(str(model), tmp_path).path == model


def test_what_is_not_there_is_said_with_the_way_forward(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not on this computer") as caught:
        find_model("small.en", tmp_path)
    assert "models fetch small.en" in caught.value.remedy
    with pytest.raises(UserError, match="no speech model huge"):
        find_model("huge", tmp_path)


def test_live_listening_without_a_model_has_three_ways_forward() -> None:
    assert str(need_model()) == (
        "Live listening needs a speech model (base, 148 MB, once):"
        " `sidelight models fetch base`, `sidelight models import FOLDER`, or record"
        " now and transcribe later: `sidelight start --record-only`."
    )


def test_manifest_survives_and_a_newer_one_is_refused(tmp_path: Path) -> None:
    folder = install(tmp_path, "base.en")
    assert Manifest.read(folder) == Manifest("base.en", "imported", False, ())  # noqa: FBT003
    (folder / "sidelight.json").write_text(json.dumps({"version": 2}))
    with pytest.raises(UserError, match="newer"):
        Manifest.read(folder)
    (folder / "sidelight.json").write_text("[")
    with pytest.raises(UserError, match="does not say"):
        Manifest.read(folder)
