from __future__ import annotations

import re

import pytest

from sidelight.domain.errors import UserError
from sidelight.speech.catalogue import Catalogue, OfferedModel

CATALOGUE = Catalogue.load()


def test_every_wanted_size_is_on_offer() -> None:
    names = {model.name for model in CATALOGUE.models}
    assert {"tiny", "tiny.en", "base", "base.en", "small", "small.en"} <= names
    assert {"distil-small.en", "distil-large-v3", "turbo"} <= names
    assert CATALOGUE.get(CATALOGUE.default).languages == "English"


def test_names_and_weights_are_unique() -> None:
    sums = [
        file.sha256 for m in CATALOGUE.models for file in m.files if file.size > 1e7
    ]
    assert len(sums) == len(set(sums)) == len(CATALOGUE.models)
    assert len({model.name for model in CATALOGUE.models}) == len(CATALOGUE.models)


@pytest.mark.parametrize("model", CATALOGUE.models, ids=lambda model: model.name)
def test_entry_is_complete_and_pinned(model: OfferedModel) -> None:
    assert re.fullmatch(r"[a-z0-9.-]+", model.name)
    assert re.fullmatch(r"[0-9a-f]{40}", model.revision)
    names = {file.name for file in model.files}
    assert {"model.bin", "config.json", "tokenizer.json"} <= names
    assert len(names & {"vocabulary.json", "vocabulary.txt"}) == 1
    for file in model.files:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert file.size > 0
    assert model.translates <= (model.languages != "English")
    # int8 in memory is near the float16 file's size or above, for what runs around it.
    assert model.memory_mb * 1.1 >= model.megabytes * 0.9


def test_weights_are_known_whatever_their_folder_is_called() -> None:
    model = CATALOGUE.get("base.en")
    found = CATALOGUE.with_weights(model.files[0].sha256)
    assert found is model
    assert CATALOGUE.with_weights("0" * 64) is None


def test_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(UserError, match="no speech model huge") as caught:
        CATALOGUE.get("huge")
    assert "base.en" in caught.value.remedy
