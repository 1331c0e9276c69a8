"""The transcript and the timeline as JSON, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sidelight.domain.doubtful import doubted
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.export.dialogue_data import dialogue_data

if TYPE_CHECKING:
    from sidelight.domain.moments import Moment
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Utterance
    from sidelight.export.package import Package


def render_transcript(package: Package) -> bytes:
    """Every utterance with its words and times."""
    return _dump(
        {
            "v": 1,
            "type": "transcript",
            "utterances": [
                _utterance(u) | {"edited": u.id in package.edited}
                for u in package.story.utterances
            ],
        }
    )


def render_moments(package: Package) -> bytes:
    """The timeline: moments with their evidence, who spoke when, gaps, bookmarks."""
    story = package.story
    ghosts = doubted(story)

    def told(moment: Moment) -> dict[str, Any]:
        doubtful = not ghosts.isdisjoint(moment.utterance_ids)
        return _moment(moment) | {"doubtful": doubtful}

    return _dump(
        {
            "v": 1,
            "type": "timeline",
            "minutes": package.client_note.minutes,
            "length_ms": story.position,
            "request": story.request.quote if story.request else None,
            "moments": [told(m) for m in story.moments],
            "hollow": [told(m) for m in story.hollow],
            "withdrawn": [
                told(m) | {"cause": cause.value} for m, cause in story.withdrawn
            ],
            "speech": [
                {"speaker": u.speaker.value, **_span(u.span)} for u in story.utterances
            ],
            "gaps": [{"cause": g.cause.value, **_span(g.span)} for g in story.gaps],
            "bookmarks": [{"at_ms": m.at, "note": m.note} for m in story.marks],
            "pauses": [_span(p) for p in story.clocks.pauses],
            "dialogue": dialogue_data(package.reflection.dialogue),
        }
    )


def _dump(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _span(span: Span) -> dict[str, int]:
    return {"start_ms": span.start, "end_ms": span.end}


def _utterance(u: Utterance) -> dict[str, Any]:
    return {
        "id": str(u.id),
        "speaker": u.speaker.value,
        **_span(u.span),
        "text": u.text,
        "words": [
            {"text": w.text, **_span(w.span), "p": round(w.probability, 3)}
            for w in u.words
        ],
        "doubt": u.doubt.value if u.doubt else None,
    }


def _moment(m: Moment) -> dict[str, Any]:
    return {
        "id": str(m.id),
        "kind": m.kind,
        "form": m.form.value if m.form else None,
        "episode": m.episode,
        "resets_clock": m.kind in PROCESS_KINDS and not m.hollow,
        **_span(m.span),
        "quote": m.quote,
        "confidence": round(m.confidence, 3),
        "reason": m.reason,
        "utterances": [str(i) for i in m.utterance_ids],
        "origin": m.origin.value,
        "detector": m.detector_version,
    }
