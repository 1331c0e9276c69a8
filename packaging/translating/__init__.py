"""For translators: collects the words on screen, and keeps translations up to them."""
