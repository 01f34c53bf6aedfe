"""A run in any format: who writes which.

What comes in is a run and the format that is wanted; ``formats`` calls the one that writes it. It
stands above all of them, so that none has to know another.
"""
