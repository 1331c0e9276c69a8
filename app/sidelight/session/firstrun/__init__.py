"""The first run, without Qt: a model, a key, the microphone tried for real."""
