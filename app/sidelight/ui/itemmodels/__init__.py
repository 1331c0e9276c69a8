"""Rows for views: inserted and changed one by one, never reset."""
