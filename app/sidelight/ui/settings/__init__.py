"""The settings window: every option, found by its words; keys, backups, connections."""
