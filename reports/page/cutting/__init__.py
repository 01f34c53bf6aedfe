"""Texts taken apart: what many findings say alike, and the numbers in which they differ.

What comes in are texts, a column of them a field; what goes out are lines without numbers, each
once, and for each finding which lines it says and its numbers. ``lines`` does all of it.

Must not know: what a finding is; how a page holds what comes out.
"""
