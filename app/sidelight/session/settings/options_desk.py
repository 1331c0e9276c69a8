"""Answers about options and connections: small files, so it answers at once.

It stands in the launcher behind home, and in a session's own window, which keeps the
sidebar's choices itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.network.ledger import Ledger
from sidelight.session.settings.messages import (
    LookAtSettings,
    OptionRefused,
    OptionSeen,
    ResetOption,
    SetOption,
    SettingsRefused,
    SettingsSeen,
)
from sidelight.settings.options import OPTIONS, find
from sidelight.speech.weights import installed_models

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.settings.messages import OfSettings, SettingsNews
    from sidelight.settings.paths import Paths


_AT_HOME = SettingsRefused("A session has the record now.", "Do it at home, after it.")


class OptionsDesk:
    """Reads and writes the options' files.

    Args:
        paths: Where they lie.
        tell: Tells the window.
    """

    def __init__(self, paths: Paths, tell: Callable[[SettingsNews], None]) -> None:
        self._paths = paths
        self._tell = tell

    def answer(self, request: OfSettings) -> None:
        """Do what is asked and tell what came of it."""
        try:
            match request:
                case LookAtSettings():
                    pass
                case SetOption(id=id_, text=text):
                    if not self._set(id_, text):
                        return
                case ResetOption(id=id_):
                    find(id_).reset(self._paths.data)
                case _:
                    self._tell(_AT_HOME)
                    return
            self._tell(self.seen())
        except UserError as fault:
            self._tell(SettingsRefused(fault.message, fault.remedy))

    def seen(self) -> SettingsSeen:
        """How everything is set; nothing about the record."""
        folder = self._paths.data
        groups = {group: group.recall(folder) for group in {o.group for o in OPTIONS}}
        values = [(one, one.of(groups[one.group])) for one in OPTIONS]
        models = [one for one in installed_models(self._paths.models) if not one.demo]
        return SettingsSeen(
            options=tuple(
                OptionSeen(one.id, one.values.show(now), now != one.default)
                for one, now in values
            ),
            connections=Ledger(folder).list(),
            folder=str(folder),
            models=tuple(one.name for one in models),
        )

    def _set(self, id_: str, text: str) -> bool:
        """Whether it is set; why not is told."""
        try:
            find(id_).set(self._paths.data, text)
        except UserError as fault:
            self._tell(OptionRefused(id_, fault.message, fault.remedy))
            return False
        return True
