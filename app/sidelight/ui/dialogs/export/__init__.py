"""What, how, with which names; what it will look like; then where to."""
