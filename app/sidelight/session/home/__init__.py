"""Before and after sessions, without Qt: the way in, library, devices, choices."""
