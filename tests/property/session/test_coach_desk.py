"""Laws of "I did that" and undo, over any order in which things happen."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.coach_desk import DeskSession

from sidelight.domain.moments import PROCESS_KINDS, MomentId, Origin
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId
from sidelight.session.undoing import UNDO_S

LAWS = settings(max_examples=150, deadline=None)

kinds = st.sampled_from(PROCESS_KINDS)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("coach"), st.one_of(st.none(), kinds)),
        st.tuples(st.just("client"), st.none()),
        st.tuples(st.just("begins"), st.one_of(st.none(), kinds)),
        st.tuples(st.just("did"), st.one_of(st.none(), kinds)),
        st.tuples(st.just("mark"), st.none()),
        st.tuples(st.just("hide"), st.none()),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("restart"), st.none()),
    ),
    max_size=25,
)


@dataclass
class Talk:
    """Plays steps; the detector finds each kind at most once a turn, as it does."""

    session: DeskSession = field(default_factory=DeskSession)
    turns: list[list[UtteranceId]] = field(default_factory=list)
    fired: set[str] = field(default_factory=set)
    coach: bool = False

    def play(self, what: str, kind: str | None) -> None:
        session = self.session
        match what:
            case "coach":
                self.say(kind, None)
            case "begins":
                # The key may come down while it goes on: armed first, then pressed.
                going = session.begins()
                if kind is not None:
                    session.arms(kind)
                session.did()
                self.say(kind, session.says(Speaker.COACH, going=going))
            case "client":
                session.says(Speaker.CLIENT)
                self.coach = False
            case "did":
                session.did(kind)
            case "mark":
                session.mark()
            case "hide":
                session.hide(3_000)
            case "undo":
                session.undoes()
            case "restart":
                session.restart()
            case _:
                raise AssertionError(what)

    def say(self, kind: str | None, said: Utterance | None) -> None:
        said = said or self.session.says(Speaker.COACH)
        if not self.coach:
            self.turns.append([])
            self.fired = set()
        self.coach = True
        self.turns[-1].append(said.id)
        if kind is not None and kind not in self.fired:
            self.fired.add(kind)
            self.session.detects(kind, said)


State = tuple[object, ...]


def state(session: DeskSession) -> State:
    story = session.story
    return (story.marks, story.moments, story.clocks.moments, story.utterances)


def without_words(seen: State) -> State:
    return seen[:-1]


@LAWS
@given(steps)
def test_undone_as_often_as_done_it_is_as_it_was(
    plan: list[tuple[str, str | None]],
) -> None:
    """After n times undo: what the session held before the last n of them."""
    talk = Talk()
    past: list[State] = []
    for what, kind in plan:
        if what in ("undo", "restart", "begins"):
            continue  # a restart destroys what is hidden; a step is one thing done
        before = state(talk.session)
        talk.play(what, kind)
        if what == "hide" or without_words(state(talk.session)) != without_words(
            before
        ):
            past.append(before)
    for before in reversed(past):
        assert talk.session.undoes() != "Nothing left to undo"
        assert without_words(state(talk.session)) == without_words(before)
    assert talk.session.undoes() == "Nothing left to undo"


@LAWS
@given(steps)
def test_of_each_kind_a_turn_has_one_moment(plan: list[tuple[str, str | None]]) -> None:
    talk = Talk()
    for what, kind in plan:
        if what != "hide":
            talk.play(what, kind)
    spans = {said.id: said.span for said in talk.session.story.utterances}
    for turn in talk.turns:
        whole = spans[turn[0]].hull(spans[turn[-1]])
        for kind in PROCESS_KINDS:
            found = [
                one for one in talk.session.counting(kind) if one.span.overlaps(whole)
            ]
            assert len(found) <= 1


@LAWS
@given(steps)
def test_what_was_undone_does_not_come_back_by_itself(
    plan: list[tuple[str, str | None]],
) -> None:
    talk = Talk()
    gone: set[MomentId] = set()
    for what, kind in plan:
        talk.play(what, kind)
        story = talk.session.story
        gone |= {moment.id for moment, _ in story.withdrawn}
        assert not gone & {moment.id for moment in story.moments}
        assert len({moment.id for moment in story.moments}) == len(story.moments)
        for moment in story.moments:
            assert (moment.origin is Origin.COACH) == (moment.detector_version == "")


@LAWS
@given(steps)
def test_two_minutes_later_nothing_is_left(plan: list[tuple[str, str | None]]) -> None:
    talk = Talk()
    for what, kind in plan:
        if what != "hide":
            talk.play(what, kind)
    talk.session.now_s += UNDO_S + 1
    before = state(talk.session)
    assert talk.session.undoes() == "Nothing left to undo"
    assert state(talk.session) == before
