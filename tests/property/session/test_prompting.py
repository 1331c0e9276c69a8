"""Whatever is said and found in a session: no cue at the wrong time, ever.

What happened is known here from the talk itself, not from the prompter's own state.
"""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.prompting import MINUTE, SECOND, Said, decide

from sidelight.domain.events import CueHeld, CueShown
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.transcript import Layout, Speaker

if TYPE_CHECKING:
    from sidelight.domain.cues import Cue
    from sidelight.session.prompting.prompter import Decision

TEXTS = {
    Speaker.COACH: (
        "One sentence for Sunday.",
        "What would you like from today?",
        "Mm.",
        "Okay, tell me about your boss.",
        "And then?",
    ),
    Speaker.CLIENT: (
        "There is my boss, and then there is the money.",
        "Yes.",
        "and that was on Tuesday",
        "I was in tears in the car",
        "",
    ),
}
KINDS = ("", "", "", "agreement", "emotion", *PROCESS_KINDS)
LENGTHS = (0.4, 1.5, 3.0, 4.9, 6.0, 15.0, 70.0)
PAUSES = (-1.0, 0.1, 0.5, 1.4, 1.6, 3.0, 12.0)

turns = st.tuples(
    st.sampled_from((Speaker.COACH, Speaker.CLIENT)),
    st.sampled_from(PAUSES),
    st.sampled_from(LENGTHS),
    st.integers(0, 4),
    st.sampled_from(KINDS),
    st.booleans(),
)
Turn = tuple[Speaker, float, float, int, str, bool]


def talk_of(begin: float, found: list[Turn]) -> list[Said]:
    """Each turn a pause after the one before; a voice never overlaps itself."""
    talk: list[Said] = []
    free = dict.fromkeys((Speaker.COACH, Speaker.CLIENT), begin)
    now = begin
    for by, pause, length, text, kind, known in found:
        start = max(now + pause, free[by] + 0.8)
        coach = by is Speaker.COACH
        kinds = (kind,) if kind and coach else ()
        talk.append(Said(by, start, start + length, TEXTS[by][text], kinds, known))
        now = free[by] = start + length
    return talk


def check(talk: list[Said], decisions: list[Decision], layout: Layout) -> None:
    shown = [one for one in decisions if isinstance(one, CueShown)]
    held = [one for one in decisions if isinstance(one, CueHeld)]
    for one in shown:
        assert one.at >= 5 * MINUTE
        assert one.at - one.cue.opened < 90 * SECOND
        never_while_the_client_speaks_or_thinks(talk, one.at, layout)
    times = [one.at for one in shown]
    assert all(b - a >= 4 * MINUTE for a, b in pairwise(times))
    for at in times:
        assert sum(at <= other < at + 60 * MINUTE for other in times) <= 6
    assert all(one.at - one.cue.opened <= 90 * SECOND + 250 for one in held)
    assert all(one.because for one in held)
    decided: list[Cue] = [one.cue for one in decisions]
    assert len(set(decided)) == len(decided)


def is_coachs(one: Said, layout: Layout) -> bool:
    surely = layout is Layout.STEREO or (one.known and one.text != "")
    return one.by is Speaker.COACH and surely


def never_while_the_client_speaks_or_thinks(
    talk: list[Said], at: int, layout: Layout
) -> None:
    others = [one.span for one in talk if not is_coachs(one, layout)]
    assert not any(span.start <= at < span.end for span in others)
    begun = [span.end for span in others if span.end <= at]
    coachs = [
        one.span
        for one in talk
        if is_coachs(one, layout) and one.span.start <= at and one.text != "Mm."
    ]
    assert not any(span.end > at for span in coachs)
    last_client = max(begun, default=-1)
    last_coach = max((span.end for span in coachs), default=-1)
    if last_client > last_coach:
        assert at - last_client < 1500
    else:
        assert at - last_coach <= 1500


@settings(max_examples=60, deadline=None)
@given(
    st.floats(200, 320),
    st.lists(turns, min_size=1, max_size=60),
    st.sampled_from((None, 12, 20, 60)),
    st.sampled_from(Layout),
    st.sampled_from((0, 250, 500)),
)
def test_no_cue_comes_at_the_wrong_time(
    begin: float,
    found: list[Turn],
    planned: int | None,
    layout: Layout,
    lag_ms: int,
) -> None:
    talk = talk_of(begin, found)
    until = min(talk[-1].end + 100, 25 * 60)
    decisions = decide(talk, until, planned=planned, layout=layout, lag_ms=lag_ms)
    check(talk, decisions, layout)


def test_long_random_sessions_have_cues_and_none_at_the_wrong_time() -> None:
    """The same law where it is sure to be tried: there are cues in these sessions."""
    shown = 0
    for seed in range(12):
        rng = random.Random(seed)
        found: list[Turn] = [
            (
                rng.choice((Speaker.COACH, Speaker.CLIENT)),
                rng.choice(PAUSES),
                rng.choice(LENGTHS[:-1]),
                rng.choice((0, 0, 1, 2)),
                rng.choice(KINDS[:4]),
                rng.random() < 0.8,
            )
            for _ in range(350)
        ]
        layout = list(Layout)[seed % 2]
        talk = talk_of(60, found)
        decisions = decide(talk, talk[-1].end, planned=60, layout=layout)
        check(talk, decisions, layout)
        shown += sum(isinstance(one, CueShown) for one in decisions)
    assert shown > 20
