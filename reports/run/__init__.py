"""A run in any format, one renderer each."""
