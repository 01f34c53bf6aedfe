"""Clues: what a header, and what stands below it, hint at."""
