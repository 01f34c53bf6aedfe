"""A run in Parquet: the run file for any size, and a table that anybody counts by.

What comes in are findings as columns and forms; what goes out is a file, or the same read back. In
order: ``json_forms`` writes what many findings say alike, with marks for numbers; ``arrow`` makes
tables; ``writing`` puts them into a file with the head of the run; ``stored`` reads it.

Must not know: how a run is held in memory once it is read.
"""
