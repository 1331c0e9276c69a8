"""Clients in home's window: their cards, and what they agreed to."""
