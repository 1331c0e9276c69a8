"""Utterances to moments: what partnering is, and how it is found in the words."""
