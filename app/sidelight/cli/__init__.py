"""Arguments in, exit codes out: one file per command, one list in ``cli.main``."""
