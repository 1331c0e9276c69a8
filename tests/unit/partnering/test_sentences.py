"""The shipped detector against fifty paraphrases and look-alikes, made to be hard.

They were written by somebody who wrote none of the training talk, and are not in it.
A ratchet: fewer right than before is a step back. How many are right says little about
unheard coaches; ``models/partnering/README.md`` has the figures.
"""

import json
from pathlib import Path
from typing import Any

from tests.fakes.talk import Talk

from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.transcript import Speaker
from sidelight.partnering.context import Conversation
from sidelight.partnering.detector import default_detector
from sidelight.partnering.judgement import Judgement

DATA = Path(__file__).parents[2] / "data" / "partnering"
ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (DATA / "paraphrases.jsonl").read_text("utf-8").splitlines()
]
DETECTOR = default_detector()


def judge(row: dict[str, Any], *, room: bool = False) -> Judgement:
    conversation, talk = Conversation(), Talk()
    judgement = Judgement()
    for who, text in (*row.get("before", ()), (row["speaker"], row["text"])):
        speaker = Speaker.UNKNOWN if room else Speaker(who)
        turn, context = conversation.hear(talk.says(speaker, text))
        judgement = DETECTOR.judge(turn, context)
        conversation.note(turn, frozenset(judgement.labels))
    return judgement


def process(labels: tuple[str, ...] | list[str]) -> set[str]:
    return set(labels) & set(PROCESS_KINDS)


def test_there_are_enough_of_both() -> None:
    assert sum(bool(row["labels"]) for row in ROWS) >= 20
    assert sum(not row["labels"] for row in ROWS) >= 20


def test_hand_overs_are_found_and_look_alikes_left_alone() -> None:
    found = [(process(row["labels"]), process(judge(row).labels)) for row in ROWS]
    hits = sum(bool(gold) and gold == said for gold, said in found)
    false = sum(not gold and bool(said) for gold, said in found)
    assert hits >= HITS
    assert false <= FALSE


def test_where_nobody_says_who_speaks_false_resets_stay_rare() -> None:
    resets = [row for row in ROWS if process(judge(row, room=True).labels)]
    assert sum(not process(row["labels"]) for row in resets) <= FALSE


HITS = 15
FALSE = 2
