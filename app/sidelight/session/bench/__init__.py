"""Measuring recognition: systems side by side, on the same sound and the same clock."""
