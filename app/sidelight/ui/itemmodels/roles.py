"""Item data roles that the views share."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""What Qt hands to a model's methods."""


class ItemRole(IntEnum):
    """Beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The whole row, a frozen value."""
