"""Two people at exact times: utterances, gaps and pauses placed by the millisecond."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tests.fakes.story import STARTED_AT, span

from sidelight.domain.clocks import Clocks
from sidelight.domain.moments import Moment, MomentId
from sidelight.domain.session import Mode, Session
from sidelight.domain.story import Story
from sidelight.domain.timeline import Gap, GapCause, Millis, Span
from sidelight.domain.transcript import (
    Doubt,
    Layout,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)


class Scene:
    """Makes a story; what is said fills its span, word after word, without a pause."""

    def __init__(self, layout: Layout = Layout.STEREO) -> None:
        session = Session("s1", STARTED_AT, layout, Mode.KEEP, "Mira")
        self._story = Story(session=session, ended=True)

    def says(
        self,
        speaker: Speaker,
        start: int,
        end: int,
        text: str,
        doubt: Doubt | None = None,
    ) -> Utterance:
        """Words from ``start`` to ``end``."""
        texts = text.split()
        edges = [start + (end - start) * i // len(texts) for i in range(len(texts) + 1)]
        words = tuple(
            Word(one, span(*edge), 0.9)
            for one, edge in zip(texts, pairwise(edges), strict=True)
        )
        number = len(self._story.utterances) + 1
        said = Utterance(
            UtteranceId(1, number), speaker, span(start, end), words, text, doubt
        )
        self._change(utterances=(*self._story.utterances, said))
        self._change(position=Millis(max(self._story.position, end)))
        return said

    def coach(self, start: int, end: int, text: str) -> Utterance:
        """The coach says this."""
        return self.says(Speaker.COACH, start, end, text)

    def client(self, start: int, end: int, text: str) -> Utterance:
        """The client says this."""
        return self.says(Speaker.CLIENT, start, end, text)

    def moment(self, said: Utterance, kind: str) -> Moment:
        """This utterance is a moment."""
        number = MomentId(1, len(self._story.moments) + 1)
        ids = (said.id,)
        moment = Moment(
            number, kind, None, None, said.span, 1, ids, said.text, 0.9, "because", "t"
        )
        self._change(moments=(*self._story.moments, moment))
        return moment

    def gap(self, start: int, end: int) -> None:
        """Sound is missing."""
        gap = Gap(span(start, end), GapCause.DEVICE_LOST)
        self._change(gaps=(*self._story.gaps, gap))

    def pause(self, start: int, end: int) -> None:
        """The coach paused the session."""
        pauses = (*self._story.clocks.pauses, span(start, end))
        self._change(clocks=replace(self._story.clocks, pauses=pauses))

    def pause_to_the_end(self, start: int) -> None:
        """The coach paused the session and never went on."""
        self._change(clocks=Clocks(paused_at=Millis(start)))

    def off_record(self, start: int, end: int) -> None:
        """Something was erased."""
        spans: tuple[Span, ...] = (*self._story.off_record, span(start, end))
        self._change(off_record=spans)

    def story(self, end: int | None = None) -> Story:
        """The session, ended at ``end`` or with its last word."""
        position = self._story.position if end is None else Millis(end)
        return replace(self._story, position=position)

    def wordless(self) -> Story:
        """The session as one that keeps no words."""
        story = self.story()
        said = tuple(replace(one, words=(), text="") for one in story.utterances)
        return replace(story, utterances=said)

    def _change(self, **fields: object) -> None:
        self._story = replace(self._story, **fields)  # type: ignore[arg-type] # by name
