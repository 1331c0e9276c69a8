"""A new kind works at once: by the examples and near misses in its own file.

The model knows the kinds that it was trained on. Any other is found where a turn lies
closer to its examples than to its near misses, until the next training.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.transcript import Speaker
from sidelight.partnering.learned.encoding import encode
from sidelight.partnering.learned.lessons import Lesson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidelight.partnering.kind import Example, Kind
    from sidelight.partnering.learned.detector import TurnModel
    from sidelight.partnering.learned.encoding import Encoded


def shown(model: TurnModel, kinds: Iterable[Kind]) -> list[Lesson]:
    """What the kinds that the model does not know show of themselves.

    Args:
        model: Says where the examples lie.
        kinds: All there are.
    """
    new = [k for k in kinds if not k.needs_sound and k.id not in model.labels]
    return [lesson for kind in new for lesson in _of(model, kind)]


def _of(model: TurnModel, kind: Kind) -> Iterator[Lesson]:
    for examples, positive in ((kind.examples, True), (kind.near_misses, False)):
        for example in examples:
            (read,) = model.read([_encoded(model, example)])
            yield Lesson(kind.id, read.place, positive)


def _encoded(model: TurnModel, example: Example) -> Encoded:
    return encode(model.pieces, example.text, Speaker.COACH, example.before)
