"""The catalog: what a rule is once it has been read and checked.

What comes in is handed over by ``packs/``; what goes out is asked by everybody. ``norm`` says what
may be demanded and ``timing`` when; ``catalog`` holds rules, documents and places; ``edit_check``
the relations that facts keep among themselves; ``roll_ups`` which rules a rule over verdicts rests
on; ``places`` which places a pack speaks of; ``selection`` chooses rules by document, id, tag and
level.

Must not know: sentences, drafts, files. A rule knows where it stands, and no more.
"""
