"""Sound (numpy arrays) to utterances; knows nothing of devices, files or sessions."""
