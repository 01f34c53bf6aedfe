"""Formulas: from text to a checked tree, and back to text."""
