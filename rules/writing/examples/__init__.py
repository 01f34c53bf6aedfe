"""Examples of a rule that is begun: values on both sides of what it demands and of its condition.

What comes in is a checked norm and a condition; what goes out is values with their outcomes, and
the steps and tables that scenarios write them in. ``boundary`` finds values of the norm,
``applicability`` those of the condition.

Must not know: the feature they stand in.
"""
