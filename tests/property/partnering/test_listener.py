"""Laws of the listener over any conversation made of our sentences, whole or torn."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.talk import Talk

from sidelight.domain.events import MomentNoticed, MomentWithdrawn, RequestHeard
from sidelight.domain.known import Known
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Partial, Speaker, Utterance
from sidelight.partnering.detector import default_detector
from sidelight.partnering.listener import Heard, Listener

DATA = Path(__file__).parents[2] / "data" / "partnering"
SENTENCES = [
    json.loads(line)["text"]
    for line in (DATA / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines()
]
DETECTOR = default_detector()

texts = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(["Mm.", "Yeah.", "I don't know.", "You tell me.", "Okay."]),
    st.text(alphabet="aeht ?.,'-…", min_size=1).filter(str.strip),
)


@st.composite
def conversations(draw: st.DrawFn) -> list[Utterance]:
    talk = Talk()
    speakers = draw(
        st.sampled_from([(Speaker.COACH, Speaker.CLIENT), (Speaker.UNKNOWN,)])
    )
    spoken = []
    for _ in range(draw(st.integers(1, 8))):
        text = draw(texts)
        speaker = draw(st.sampled_from(speakers))
        words = text.split()
        cut = draw(st.integers(0, len(words)))
        pause = draw(st.sampled_from([-400, 300, 900, 15_000]))
        spoken += [
            talk.says(speaker, " ".join(part), after_ms=pause)
            for part in (words[:cut], words[cut:])
            if part
        ]
    return spoken


def listen(listener: Listener, utterances: list[Utterance]) -> list[Heard]:
    return [
        event
        for utterance in utterances
        for event in listener.hear(utterance, Millis(utterance.span.end))
    ]


@settings(max_examples=60, deadline=None)
@given(conversations(), st.integers(0, 16))
def test_a_restart_changes_nothing(spoken: list[Utterance], at: int) -> None:
    whole = Listener(DETECTOR)
    before = listen(whole, spoken[:at])
    after = listen(whole, spoken[at:])
    again = Listener(DETECTOR)
    noticed = tuple(e.moment for e in before if isinstance(e, MomentNoticed))
    again.resume(Known(utterances=tuple(spoken[:at]), moments=noticed))
    assert listen(again, spoken[at:]) == after
    assert listen(Listener(DETECTOR), spoken) == before + after


def partials(said: Utterance, cuts: list[int]) -> list[Partial]:
    """Ever more of the utterance's words, all but the newest stable."""
    counts = sorted({min(cut, len(said.words)) for cut in cuts} - {0})
    return [
        Partial(
            said.speaker,
            said.span.start,
            said.words[:count],
            count - 1,
            said.words[count - 1].span.end,
        )
        for count in counts
    ]


@settings(max_examples=60, deadline=None)
@given(conversations(), st.lists(st.integers(1, 40), max_size=8))
def test_what_partials_arm_changes_no_event(
    spoken: list[Utterance], cuts: list[int]
) -> None:
    listener = Listener(DETECTOR)
    events: list[Heard] = []
    for said in spoken:
        for partial in partials(said, cuts):
            armed = listener.foresee(partial)
            assert not (armed and said.speaker is Speaker.CLIENT)
            assert all(one.kind in PROCESS_KINDS for one in armed)
        events += listen(listener, [said])
    assert events == listen(Listener(DETECTOR), spoken)


@settings(max_examples=60, deadline=None)
@given(conversations())
def test_every_claim_has_evidence(spoken: list[Utterance]) -> None:
    by_id = {utterance.id: utterance for utterance in spoken}
    for event in listen(Listener(DETECTOR), spoken):
        if isinstance(event, MomentWithdrawn):
            continue
        found = event.moment if isinstance(event, MomentNoticed) else event
        assert isinstance(event, MomentNoticed | RequestHeard)
        heard = [by_id[each] for each in found.utterance_ids]
        assert heard
        assert found.quote
        assert all(
            word in " ".join(u.text for u in heard) for word in found.quote.split()
        )
        assert min(u.span.start for u in heard) <= found.span.start
        assert found.span.end <= max(u.span.end for u in heard)


@settings(max_examples=60, deadline=None)
@given(conversations())
def test_moments_are_numbered_and_withdrawn_at_most_once(
    spoken: list[Utterance],
) -> None:
    events = listen(Listener(DETECTOR), spoken)
    noticed = [event.moment for event in events if isinstance(event, MomentNoticed)]
    assert [moment.id.number for moment in noticed] == list(range(1, len(noticed) + 1))
    gone = [event.moment_id for event in events if isinstance(event, MomentWithdrawn)]
    assert len(set(gone)) == len(gone)
    assert set(gone) <= {moment.id for moment in noticed}
    for moment in noticed:
        process = moment.kind in PROCESS_KINDS
        assert (process and not moment.hollow) == (moment.episode is not None)
        direction = moment.kind == "direction"
        assert (direction and not moment.hollow) == (moment.form is not None)
