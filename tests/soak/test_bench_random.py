"""Random weights through ``sidelight bench``: the true shape works, pass by pass."""

import json

import pytest

from sidelight.cli.main import main

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("how", [["--each-pass"], []], ids=["computed", "priced"])
def test_tiny_does_its_work(how: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    """It costs, less than the loop, and the policy loses and doubles no word."""
    systems = ["--system", "ours", "--system", "LocalAgreement"]
    told = ["--model", "random-tiny", "--seconds", "20", *how, *systems, "--json"]
    assert main(["bench", *told]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    ours, loop = (line["figures"] for line in lines if line["type"] == "system")
    assert ours["wer"] == 0
    assert ours["questions"]["missed"] == 0
    assert 0 < ours["cpu_per_s"] < loop["cpu_per_s"]
