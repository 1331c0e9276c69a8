"""What differs between window systems."""
