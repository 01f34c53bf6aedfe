"""Attendance: who was to report in a year, who did, and what is missing of whom.

What comes in is a judgement's plans and frames; what goes out are counts per level and area, and
one line per subject. ``expected_items`` says which items the rules need of whom, of those they
turned out to apply to (``rules.analysis.data_needs`` is its twin, which asks the rules alone);
``roll_call`` compares that with what was submitted.

Must not know: verdicts.
"""
