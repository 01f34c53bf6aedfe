"""A rule and a year to outcomes."""
