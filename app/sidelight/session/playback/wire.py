"""How playback travels over the control socket: dictionaries of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from sidelight.domain.errors import WireError
from sidelight.domain.timeline import Millis, Span
from sidelight.session.playback.messages import (
    HaltSound,
    NotPlayed,
    Played,
    PlaySound,
    Sounding,
)

if TYPE_CHECKING:
    from sidelight.session.playback.messages import PlaybackNews, PlaybackRequest


def asked_to_dict(asked: PlaybackRequest) -> dict[str, object]:
    """One request; of the stretches to leave out only the numbers."""
    match asked:
        case PlaySound(take=take, span=span, speed=speed, skips=skips):
            return {
                "session": asked.session,
                "take": take,
                "span": [span.start, span.end],
                "speed": speed,
                "skips": [edge for skip in skips for edge in (skip.start, skip.end)],
            }
        case HaltSound():
            return {"halt": True}
        case _:
            assert_never(asked)


def asked_from_dict(data: dict[str, Any]) -> PlaybackRequest:
    """The request of ``asked_to_dict``.

    Raises:
        WireError: It is none that this version knows.
    """
    if data.get("halt") is True:
        return HaltSound()
    try:
        start, end = data["span"]
        edges = [Millis(int(edge)) for edge in data["skips"]]
        skips = zip(edges[::2], edges[1::2], strict=True)
        return PlaySound(
            session=str(data["session"]),
            take=int(data["take"]),
            span=Span(Millis(int(start)), Millis(int(end))),
            speed=float(data["speed"]),
            skips=tuple(Span(one, other) for one, other in skips),
        )
    except (KeyError, TypeError, ValueError):
        raise WireError("no request of this version") from None


def news_to_dict(news: PlaybackNews) -> dict[str, object]:
    """What is heard."""
    match news:
        case Sounding(take=take, at=at):
            return {"take": take, "at": at}
        case Played(take=take, at=at):
            return {"take": take, "over": at}
        case NotPlayed(take=take, message=message, remedy=remedy):
            return {"take": take, "message": message, "remedy": remedy}
        case _:
            assert_never(news)


def news_from_dict(data: dict[str, Any]) -> PlaybackNews:
    """The news of ``news_to_dict``.

    Raises:
        WireError: It is none that this version knows.
    """
    match data:
        case {"take": int(take), "at": int(at)}:
            return Sounding(take, Millis(at))
        case {"take": int(take), "over": int(over)}:
            return Played(take, Millis(over))
        case {"take": int(take), "message": str(message), "remedy": str(remedy)}:
            return NotPlayed(take, message, remedy)
        case _:
            raise WireError("no message of this version")
