"""Use cases of a session, without Qt: capture, recognition, record, control, notes."""
