"""The two notes, edited in place beside the transcript."""
