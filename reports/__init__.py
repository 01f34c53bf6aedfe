"""A run in, a document out: tables for a terminal, files for people and for programs.

Nothing here knows how a rule is read or judged; everything that is said comes from the run.
"""
