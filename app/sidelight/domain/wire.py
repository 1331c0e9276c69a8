"""Values to JSON and back: one codec for the record, the control socket and exports.

``cattrs`` does the work; a union is told apart by ``"type"``, the snake-case name of
its class. Ids are written in their short forms (``1:7``, ``m1:3``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from cattrs import Converter
from cattrs.errors import BaseValidationError
from cattrs.strategies import configure_tagged_union

from sidelight.domain.directives import Directive
from sidelight.domain.errors import WireError
from sidelight.domain.events import Event, StoredEvent
from sidelight.domain.moments import MomentId
from sidelight.domain.transcript import Partial, UtteranceId


def _tag(cls: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


@cache
def _converter() -> Converter:
    """Made once: it takes as long as opening a session, and nothing changes it."""
    converter = Converter()
    converter.register_unstructure_hook(datetime, lambda v: v.isoformat())
    converter.register_structure_hook(datetime, lambda v, _: datetime.fromisoformat(v))
    for cls, parse in (
        (UtteranceId, UtteranceId.parse),
        (MomentId, MomentId.parse),
    ):
        parser: Callable[[str], Any] = parse
        converter.register_unstructure_hook(cls, str)
        converter.register_structure_hook(cls, lambda v, _, parser=parser: parser(v))
    configure_tagged_union(Directive, converter, tag_generator=_tag, tag_name="type")
    configure_tagged_union(Event, converter, tag_generator=_tag, tag_name="type")
    return converter


class Wire:
    """Encoder and decoder. Any thread."""

    def __init__(self) -> None:
        self._converter = _converter()

    def event_to_dict(self, event: Event) -> dict[str, Any]:
        """The event as JSON-ready data, with its ``type``."""
        return dict(self._converter.unstructure(event, unstructure_as=Event))

    def event_from_dict(self, data: dict[str, Any]) -> Event:
        """The event of ``event_to_dict``.

        Raises:
            WireError: The data is no event this version knows.
        """
        return self._structure(data, Event)  # type: ignore[no-any-return]

    def dump_event(self, event: Event) -> str:
        """The event as one line of JSON."""
        return json.dumps(self.event_to_dict(event), ensure_ascii=False)

    def load_event(self, text: str) -> Event:
        """The event of ``dump_event``.

        Raises:
            WireError: The text is no event this version knows.
        """
        try:
            data = json.loads(text)
        except ValueError as error:
            message = "not JSON"
            raise WireError(message) from error
        return self.event_from_dict(data)

    def stored_to_dict(self, stored: StoredEvent) -> dict[str, Any]:
        """A stored event as JSON-ready data."""
        return dict(self._converter.unstructure(stored))

    def stored_from_dict(self, data: dict[str, Any]) -> StoredEvent:
        """The stored event of ``stored_to_dict``.

        Raises:
            WireError: The data is no stored event this version knows.
        """
        return self._structure(data, StoredEvent)  # type: ignore[no-any-return]

    def partial_to_dict(self, partial: Partial) -> dict[str, Any]:
        """A partial as JSON-ready data (it travels to the window, never to disk)."""
        return dict(self._converter.unstructure(partial))

    def partial_from_dict(self, data: dict[str, Any]) -> Partial:
        """The partial of ``partial_to_dict``.

        Raises:
            WireError: The data is no partial.
        """
        return self._structure(data, Partial)  # type: ignore[no-any-return]

    def _structure(self, data: object, kind: Any) -> Any:  # noqa: ANN401
        try:
            return self._converter.structure(data, kind)
        except (BaseValidationError, KeyError, TypeError, ValueError):
            # The cause may quote session text, so it is cut off here on purpose.
            message = f"no {getattr(kind, '__name__', 'value')} of this version"
            raise WireError(message) from None
