"""A transparent detector: named cues with weights, added up sentence by sentence."""
