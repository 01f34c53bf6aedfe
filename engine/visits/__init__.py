"""Whom to visit: a sample of subjects, drawn by lot, weighted by what is to be looked at there.

What comes in is a judgement and a ``sampling.VisitPlan``; what goes out is
``schemas.visits.VisitSample``, which anybody can draw again. In order: ``risk`` gives points for
what was noted, found or not reported; ``lots`` draws with the seed; ``sampling`` does so per
stratum and sends inspectors.

Must not know: anything that is not in the judgement; no clock, no randomness of its own.
"""
