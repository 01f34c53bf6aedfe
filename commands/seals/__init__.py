"""Seals: making keys, sealing a run, checking a seal.

What comes in are a run and the words that lead to its facts and rules; what goes out is a seal, or
what was tampered with, by name.

Must not know how a signature is made or checked; ``reports/seals/`` does.
"""
