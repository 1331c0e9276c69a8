"""The page of the review that says what the session shows."""
