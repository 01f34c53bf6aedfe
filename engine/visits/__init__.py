"""Whom to visit: a sample of subjects, drawn by lot, weighted by what is to be looked at there."""
