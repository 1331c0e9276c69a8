"""Utterances with their times in; who spoke when, and what that shows, out. No Qt.

``floor`` says who speaks when; ``measures`` counts; ``silences`` and ``interruptions``
find what is a kind of its own; ``questions``, ``forks`` and ``doorway`` read the words
beside it; ``moments`` and ``measuring`` are what the rest of the program calls.
"""
