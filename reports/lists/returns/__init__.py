"""Lists about a submission as a whole: how complete it is, and what it changed against another.

What comes in are records; what goes out are ``listings.Listing``. ``completeness`` is about who
reported what and when, ``asking`` about what to ask for first, ``revisions`` about what a second
submission changed.

Must not know: how what it lists was found.
"""
