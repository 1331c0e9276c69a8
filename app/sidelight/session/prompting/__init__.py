"""Cues: when the coach may be reminded of a doorway, and why not (COACHING.md, 4).

Pure: events, who speaks now, and the time come in; ``CueShown`` and ``CueHeld`` come
out. No clock, thread or window.
"""
