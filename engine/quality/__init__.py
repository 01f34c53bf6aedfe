"""The quality of facts: what is worth a second look, and whom to visit; never a verdict.

docs/quality.md gives every method with its formula and source.
"""
