"""A submission that changes while one looks: files read again when they changed, and only those.

What comes in are the paths of a submission, looked at as often as one likes; what goes out are the
facts that a fresh reading gives. ``kept_files.KeptFiles`` keeps what each file said, and tells a
file that is just being saved from one that is broken or gone.

Must not know: who tells it to look, or what facts are for.
"""
