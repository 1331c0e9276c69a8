"""How the program looks: colours by role, type, spacing and motion."""
