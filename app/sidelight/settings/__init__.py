"""Every option once, and where the program keeps its files."""
