"""``sidelight bench`` as typed: bad input in one sentence, lines and a table."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sidelight import resources
from sidelight.cli.main import main
from sidelight.session.bench import running
from sidelight.session.bench.figures import Delays, Figures
from sidelight.session.bench.running import BenchPlan, OnePass, Outcome, Result

DEMO = resources.demo_session()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["a.wav"], "1 sound files and 0 truth files do not match"),
        (["--truth", "t.json"], "0 sound files and 1 truth files"),
        (["a.wav", "--truth", "t.json"], "There is no file a.wav"),
        (["--model", "random-huge"], "There is no random-huge"),
        (["--model", "nobody"], "nobody"),
        (["--system", "theirs"], "There is no system 'theirs'"),
        ([str(DEMO / "session.flac"), "--truth", "none.json"], "none.json is missing"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: list[str],
    sentence: str,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["bench", *arguments]) == 1
    output, told = capfd.readouterr()
    assert sentence in told
    assert len(told.strip().splitlines()) <= 2
    assert "Traceback" not in told
    assert output == ""


@pytest.mark.parametrize("wrong", [["--factor", "0"], ["--time", "soon"]])
def test_wrong_usage_is_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["bench", *wrong])
    assert caught.value.code == 2


def test_the_demo_model_hears_the_demo(capfd: pytest.CaptureFixture[str]) -> None:
    told = ["--model", "demo", "--seconds", "7.5", "--time", "file", "--json"]
    assert main(["bench", *told, "--system", "ours"]) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [line["type"] for line in lines] == ["machine", "run", "system", "one_pass"]
    assert lines[0]["v"] == 1
    figures = lines[2]["figures"]
    assert figures["questions"]["count"] == 1
    # half a second of pause, the guard's and the window's rest, nothing for computing
    assert 500 <= figures["questions"]["p50"] <= 900
    assert figures["wer"] == 0


def test_a_table_for_people(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Delays(count=3, missed=1, p50=640, p95=1180, longest=1200)
    never = Delays(count=0, missed=2, p50=0, p95=0, longest=0)

    def figures(cpu: float) -> Figures:
        return Figures(late, late, late, never, 0.25, 0.125, cpu, 2.0, 1)

    def ran(plan: BenchPlan) -> Iterator[Result]:
        for factor in plan.factors:
            yield Outcome("ours", factor, figures(0.2), 300)
            yield Outcome("LocalAgreement", factor, figures(1.0), None)
        yield OnePass(0.1)

    monkeypatch.setattr(running, "run", ran)
    factors = ["--factor", "1", "--factor", "2"]
    assert main(["bench", "--model", "random-tiny", *factors]) == 0
    table = capfd.readouterr().out
    assert "random weights of the true shape" in table
    assert table.count("Costs x") == 2
    row = "| LocalAgreement | 0.64 | 1.18 | 1 |  |  | 0.64 | 1.18 | 0.64 | 1.18 | 0.25"
    assert row + " | 12.5% | 1.000 | 5.0 | 2.0 | 1 |  |" in table
    assert "One pass over the whole: 10.0% wrong." in table
