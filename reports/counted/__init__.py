"""The findings of a run as columns, wherever they come from, and what is counted of them.

What comes in are findings that a run holds, or a source that gives them rule by rule; what goes
out are columns and counts. ``recorded`` makes such a source of a run that holds its findings, as
one that was read from a file does; ``outcome_columns`` knows who came out how, and no more.

Must not know: what a finding says beyond that, or which report counts.
"""
