"""A run in Parquet: the run file for any size, and a table that anybody counts by.

What comes in are findings as columns and forms; what goes out is a file, or the same read back. In
order: ``flat`` tells which columns a table of findings has; ``arrow`` makes tables in memory;
``json_forms`` writes what many findings say alike, with marks for numbers; ``row_groups`` puts both
together, in ``pieces``, as ``pages`` of a ``file`` (``compact`` is how that tells of itself);
``writing`` adds the head of the run; ``stored`` reads it.

Must not know: how a run is held in memory once it is read.
"""
