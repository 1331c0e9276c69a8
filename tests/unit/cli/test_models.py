from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.fakes.modelfolder import write_model

from sidelight.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


def lines(capsys: Output) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_list_shows_the_catalogue_and_what_is_here(
    tmp_path: Path, sidelight_home: Path, capsys: Output
) -> None:
    assert main(["models", "import", str(write_model(tmp_path / "mine"))]) == 0
    (sidelight_home / "models" / "small.en.part").mkdir()
    capsys.readouterr()
    assert main(["models", "list", "--json"]) == 0
    rows = lines(capsys)
    assert rows[0]["v"] == 1
    states = {row["name"]: row["state"] for row in rows}
    assert states["mine"] == "here"
    assert states["small.en"] == "partly here"
    assert states["base.en"] == "not here"
    assert main(["models", "list"]) == 0
    text = capsys.readouterr().out
    assert "base.en" in text
    assert "148 MB" in text


def test_import_verify_and_damage(
    tmp_path: Path, sidelight_home: Path, capsys: Output
) -> None:
    assert (
        main(["models", "import", str(write_model(tmp_path / "mine")), "--json"]) == 0
    )
    (row,) = lines(capsys)
    assert (row["type"], row["name"]) == ("installed", "mine")
    assert main(["models", "verify", "--json"]) == 0
    (row,) = lines(capsys)
    assert (row["name"], row["good"]) == ("mine", True)
    weights = sidelight_home / "models" / "mine" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-5])
    assert main(["models", "verify", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["good"] is False
    assert "damaged" in err
    assert main(["models", "list", "--json"]) == 0
    assert {"damaged"} == {r["state"] for r in lines(capsys) if r["name"] == "mine"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["models", "fetch", "huge"],
        ["models", "verify", "huge"],
        ["models", "import", "no/such/folder"],
    ],
)
def test_world_faults_are_one_sentence_and_exit_1(
    arguments: list[str], capsys: Output
) -> None:
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1


def test_fetch_without_a_network_is_one_sentence_and_leaves_nothing(
    sidelight_home: Path, capsys: Output
) -> None:
    closed = "http://127.0.0.1:9"
    assert main(["models", "fetch", "--mirror", closed]) == 1
    err = capsys.readouterr().err
    assert "148 MB" in err
    assert "cannot be reached" in err
    assert not list((sidelight_home / "models").iterdir())


def test_missing_action_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["models"])
    assert caught.value.code == 2
