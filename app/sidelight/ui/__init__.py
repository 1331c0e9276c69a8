"""Everything that draws: the only part of the program that knows Qt."""
