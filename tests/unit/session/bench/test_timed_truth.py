"""The recogniser whose words are the truth's: found by sound, paid for in full."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples, Span
from sidelight.domain.transcript import Speaker
from sidelight.session.bench.prices import Bill, Priced, PriceList, measure_prices
from sidelight.session.bench.timed_truth import TimedTruth, Track
from sidelight.session.bench.truth import TrueWord, WordTruth
from sidelight.speech.recognizer import LONGEST, PassKind


class Ledger:
    def __init__(self) -> None:
        self.spent: list[tuple[int, PassKind, int, int]] = []

    def spend(
        self, samples: NDArray[np.float32], *, kind: PassKind, before: int, tokens: int
    ) -> None:
        self.spent.append((len(samples), kind, before, tokens))


def track(seed: int, *words: tuple[str, int, int]) -> Track:
    noise = np.random.default_rng(seed).standard_normal(40 * SAMPLE_RATE)
    said = [
        TrueWord(Speaker.COACH, text, Span(Millis(start), Millis(end)), 0)
        for text, start, end in words
    ]
    return Track(noise.astype(np.float32), said)


COACH = track(1, ("one", 1000, 1400), ("two", 1500, 1900), ("far", 31000, 31500))
CLIENT = track(2, ("three", 1100, 1600))


def texts(truth: TimedTruth, sound: NDArray[np.float32]) -> list[str]:
    return [w.text for w in truth.recognize(sound, kind=PassKind.PARTIAL).words]


def test_words_are_those_that_have_sounded_on_the_right_track() -> None:
    truth = TimedTruth("t", Ledger(), (COACH, CLIENT))
    assert texts(truth, COACH.samples[8_000:24_000]) == ["one"]
    assert texts(truth, COACH.samples[8_000:32_000]) == ["one", "two"]
    assert texts(truth, CLIENT.samples[8_000:32_000]) == ["three"]
    assert texts(truth, COACH.samples[30 * SAMPLE_RATE : 33 * SAMPLE_RATE]) == ["far"]
    # the first word's middle was cut off
    assert texts(truth, COACH.samples[20_000:32_000]) == ["two"]


def test_times_are_those_of_the_pass() -> None:
    truth = TimedTruth("t", Ledger(), (COACH,))
    (word,) = truth.recognize(COACH.samples[8_000:24_000], kind=PassKind.FINAL).words
    assert (word.start, word.end) == (8_000, 14_400)


def test_sound_from_elsewhere_and_silence_hold_no_words_but_cost() -> None:
    ledger = Ledger()
    truth = TimedTruth("t", ledger, (COACH,))
    assert texts(truth, CLIENT.samples[:16_000]) == []
    assert texts(truth, np.zeros(16_000, np.float32)) == []
    assert [tokens for _, _, _, tokens in ledger.spent] == [0, 0]


def test_the_model_works_for_its_words_and_its_context() -> None:
    ledger = Ledger()
    truth = TimedTruth("t", ledger, (COACH,))
    sound = COACH.samples[8_000:32_000]
    truth.recognize(sound, kind=PassKind.FINAL, previous="so it is said")
    assert ledger.spent == [(24_000, PassKind.FINAL, 5, 3)]


def test_prices_are_met_where_they_were_measured_and_lie_between_elsewhere() -> None:
    now = [0.0]

    class Dear:
        def __init__(self, window_s: float | None) -> None:
            self._window_s = window_s

        def spend(
            self,
            samples: NDArray[np.float32],
            *,
            kind: PassKind,
            before: int,
            tokens: int,
        ) -> None:
            del before
            seconds = self._window_s or len(samples) / SAMPLE_RATE + 2.56
            each = 0.01 if kind is PassKind.PARTIAL else 0.02
            now[0] += seconds * 0.1 + tokens * each

    prices = measure_prices(Dear(None), Dear(30.0), lambda: now[0])
    for seconds in (10, 11, 12.5, 14, 15, 20, 30):
        window = Samples(int(seconds * SAMPLE_RATE))
        for tokens in (1, 10, 24, 100):
            greedy = prices.of(window, PassKind.PARTIAL, tokens)
            assert greedy == pytest.approx(seconds * 0.1 + tokens * 0.01, abs=1e-3)
            beam = prices.of(window, PassKind.FINAL, tokens)
            assert beam == pytest.approx(seconds * 0.1 + tokens * 0.02, abs=1e-3)


def test_what_is_looked_up_is_billed(tmp_path: Path) -> None:
    row = (1.0, 1.0, 1.0)
    prices = PriceList(((Samples(160_000), row), (LONGEST, row)), ((LONGEST, row),) * 2)
    prices.write(tmp_path / "prices.json")
    assert PriceList.read(tmp_path / "prices.json") == prices
    bill = Bill()
    labour = Priced(prices, lambda _, __: LONGEST, bill)
    labour.spend(np.zeros(9, np.float32), kind=PassKind.PARTIAL, before=0, tokens=5)
    labour.spend(np.zeros(9, np.float32), kind=PassKind.PARTIAL, before=0, tokens=9)
    assert bill.seconds == 2.0


def test_a_damaged_price_list_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "prices.json").write_text('{"tokens": 3}')
    with pytest.raises(UserError, match=r"prices\.json cannot be read"):
        PriceList.read(tmp_path / "prices.json")


BAD_TRUTHS = {
    "text": "hello",
    "no turns": "{}",
    "no words": json.dumps({"turns": []}),
    "no times": json.dumps({"turns": [{"speaker": "coach", "text": "So?"}]}),
    "a list": "[]",
    "unknown speaker": json.dumps(
        {"turns": [{"speaker": "dog", "text": "", "words": []}]}
    ),
}


@pytest.mark.parametrize("case", BAD_TRUTHS)
def test_a_bad_truth_is_one_sentence(case: str, tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    path.write_text(BAD_TRUTHS[case])
    with pytest.raises(UserError, match=r"truth\.json (is missing|holds no words)"):
        WordTruth.read(path)
