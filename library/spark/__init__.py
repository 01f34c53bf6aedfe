"""The same check on a Spark cluster: one county's tree at a time, judged where its rows lie.

What comes in are folders of rows that Spark reads; what goes out are findings that Spark writes. In
order: ``trees`` tells whose rows a rule needs; ``packing`` packs rows by the county they lie in;
``judging`` is what a worker does with those of one tree; ``driver`` puts it all together;
``listing`` counts what was written.

A rule about a county, or anybody in one, is judged with the rows of that county alone; one about a
prefecture or region, or that looks there, with all rows of that one. So every function means what
it means on one machine, and nothing is collected but what is asked for.

Must not know: how anything is judged; that is for ``engine/``, on the workers as anywhere else.
"""
