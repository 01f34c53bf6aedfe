"""What the parts exchange: models of every term, and the reading of submissions.

Nothing here knows what a rule means or how it is judged.
"""
