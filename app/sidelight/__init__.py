"""Sidelight: how long since you last partnered with your client."""
