"""What stands behind the settings window: options, connections, key, backup."""
