"""Devices and files to aligned 16-kHz blocks; knows nothing of speech or sessions."""
