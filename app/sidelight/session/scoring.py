"""What was found, against the truth of a session that somebody wrote.

Pure and exact: the same story and truth give the same figures.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    DirectiveGiven,
    MomentNoticed,
    StoredEvent,
    UtteranceHeard,
)
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker
from sidelight.partnering.dialogue.moments import SOUND_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path
    from typing import Any

    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story


@dataclass(frozen=True, slots=True)
class TrueMoment:
    """What somebody who knows found in the script, or measured in its sound.

    Attributes:
        kind: A process kind, or one that only the sound shows.
        episode: Negotiating and repeating share one; in the sound each has its own.
        span: The turn it stands in, or the silence.
    """

    kind: str
    episode: int
    span: Span


@dataclass(frozen=True, slots=True)
class TrueTurn:
    """What was said."""

    speaker: Speaker
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of one session.

    Attributes:
        client: The client's first name.
        length: Of the sound.
        turns: In order.
        moments: The process moments, in order.
        sound: Interruptions and silences, in order.
    """

    client: str
    length: Millis
    turns: tuple[TrueTurn, ...]
    moments: tuple[TrueMoment, ...]
    sound: tuple[TrueMoment, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Truth:
        """Read ``truth.json`` as it lies beside the demo session.

        Raises:
            UserError: The file is missing or damaged.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                client=data["client"],
                length=Millis(data["duration_ms"]),
                turns=tuple(
                    TrueTurn(Speaker(turn["speaker"]), _span(turn), turn["text"])
                    for turn in data["turns"]
                ),
                moments=tuple(
                    TrueMoment(moment["kind"], moment["episode"], _span(moment))
                    for moment in data["expected_moments"]
                    if moment["kind"] in PROCESS_KINDS
                ),
                sound=_in_sound(data),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError(
                f"The truth file {path.name} is missing or damaged.",
                "Get the program's files again.",
            ) from error


@dataclass(frozen=True, slots=True)
class MomentScore:
    """How the moments of a session compare with the truth.

    Attributes:
        expected: Of the truth; within one episode a kind counts once.
        found: Those with a moment of their kind in one of their turns or silences.
        missed: The others.
        false: Moments of these kinds that stand in none of them.
    """

    expected: int
    found: int
    missed: tuple[TrueMoment, ...]
    false: tuple[Moment, ...]


def score_moments(
    moments: Sequence[Moment],
    truth: Sequence[TrueMoment],
    kinds: Collection[str] = PROCESS_KINDS,
) -> MomentScore:
    """Compare moments of these kinds with the truth, by kind and overlap of time."""
    counting = [moment for moment in moments if moment.kind in kinds]
    first = {(true.kind, true.episode): true for true in reversed(truth)}
    found = {
        (true.kind, true.episode)
        for true in truth
        if any(_matches(moment, true) for moment in counting)
    }
    missed = sorted(
        (true for key, true in first.items() if key not in found),
        key=lambda true: true.span,
    )
    false = tuple(
        moment
        for moment in counting
        if not any(_matches(moment, true) for true in truth)
    )
    return MomentScore(len(first), len(found), tuple(missed), false)


def _matches(moment: Moment, true: TrueMoment) -> bool:
    return moment.kind == true.kind and moment.span.overlaps(true.span)


def word_errors(reference: Sequence[str], heard: Sequence[str]) -> int:
    """Fewest words to put in, leave out or replace (Levenshtein distance)."""
    before = list(range(len(heard) + 1))
    for row, expected in enumerate(reference, start=1):
        current = [row]
        for column, word in enumerate(heard, start=1):
            current.append(
                min(
                    before[column] + 1,
                    current[column - 1] + 1,
                    before[column - 1] + (expected != word),
                )
            )
        before = current
    return before[-1]


def plain_words(text: str) -> list[str]:
    """The words without case and punctuation; what stands inside a word stays."""
    return re.findall(r"\w+(?:'\w+)*", text.lower().replace("\u2019", "'"))


def word_error_rate(story: Story, truth: Truth) -> float:
    """Wrong words for each word said, each speaker's words in the order spoken."""
    errors = total = 0
    for speaker in (Speaker.COACH, Speaker.CLIENT):
        said = [
            word
            for turn in truth.turns
            if turn.speaker is speaker
            for word in plain_words(turn.text)
        ]
        mine = (u for u in story.utterances if u.speaker is speaker)
        heard = [
            word
            for utterance in sorted(mine, key=lambda u: u.span)
            for word in plain_words(utterance.text)
        ]
        errors += word_errors(said, heard)
        total += len(said)
    return errors / total if total else 0.0


def percentile(values: Sequence[int], share: float) -> int:
    """The smallest value that at least this share of the values does not exceed.

    Args:
        values: In any order; none gives 0.
        share: 0..1.
    """
    if not values:
        return 0
    ordered = sorted(values)
    rank = max(1, math.ceil(len(ordered) * share))
    return ordered[rank - 1]


@dataclass(frozen=True, slots=True)
class Score:
    """A whole run against its truth, as the demo's summary says it.

    Attributes:
        moments: Found, missed, false, of the process kinds.
        sound: The same of interruptions and silences.
        wer: Word error rate, 0 is perfect.
        delay_p50_ms: Half of all finals and moments were stored this soon after the
            sound they needed had come in, wall clock.
        delay_p95_ms: The same for 95 %.
        rtf: CPU seconds the recogniser used for each second of sound.
        directives: How often the pipeline was adapted to a slow machine.
    """

    moments: MomentScore
    sound: MomentScore
    wer: float
    delay_p50_ms: int
    delay_p95_ms: int
    rtf: float
    directives: int


def score(
    events: Sequence[StoredEvent], story: Story, truth: Truth, compute_ms: int
) -> Score:
    """Judge a finished run.

    Args:
        events: All of them, in order.
        story: Their fold, looked back on.
        truth: Of the same sound.
        compute_ms: CPU time the recogniser used.
    """
    delays = [
        stored.delay_ms
        for stored in events
        if isinstance(stored.event, UtteranceHeard | MomentNoticed)
    ]
    return Score(
        moments=score_moments(story.moments, truth.moments),
        sound=score_moments(story.moments, truth.sound, SOUND_KINDS),
        wer=word_error_rate(story, truth),
        delay_p50_ms=percentile(delays, 0.50),
        delay_p95_ms=percentile(delays, 0.95),
        rtf=compute_ms / max(1, story.position),
        directives=sum(isinstance(one.event, DirectiveGiven) for one in events),
    )


def _span(data: dict[str, int]) -> Span:
    return Span(Millis(data["start_ms"]), Millis(data["end_ms"]))


def _in_sound(data: dict[str, Any]) -> tuple[TrueMoment, ...]:
    """Silences that were labelled, and turns labelled with what the sound shows."""
    labelled = [
        (silence["kind"], _span(silence))
        for silence in data["silences"]
        if silence.get("kind") in SOUND_KINDS
    ]
    labelled += [
        (kind, _span(turn))
        for turn in data["turns"]
        for kind in turn["kinds"]
        if kind in SOUND_KINDS
    ]
    labelled.sort(key=lambda one: one[1])
    return tuple(
        TrueMoment(kind, number, span)
        for number, (kind, span) in enumerate(labelled, start=1)
    )
