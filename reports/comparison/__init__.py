"""Two runs in, what changed and why out; and many runs, how the counts went.

What comes in are ``schemas.run.Run``s, as they were read back; facts and rules are not needed. In
order: ``recoded`` tells subjects by their codes of today; ``causes/`` says what differs between two
findings; ``waivers`` what became of the waivers of their cases; ``compare`` pairs the findings of
two runs; ``words`` and ``listing`` put that into words for every format, ``trend`` the counts of
many runs.

Must not know: how anything was judged.
"""
