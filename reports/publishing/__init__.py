"""The public edition of a run: what tells of few persons is left out, and cannot be worked out.

What comes in is a run; what goes out is a run, with less in it, that every report can be made of.
In order: ``withheld`` decides which figures may not be told, those included that would give others
away; ``edition`` leaves out what tells of them.

Must not know: how a run is rendered.
"""
