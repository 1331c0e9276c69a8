"""What leaves the program: one file per format under ``formats``, one list."""
