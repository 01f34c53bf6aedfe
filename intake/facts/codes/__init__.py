"""Codes that can hardly be right, where no roster tells how they should be.

In come the facts of a level and what is known of each subject; out come remarks at the cells.

1. ``level_codes``: who has which code, and how nearly all look;
2. ``twins``: subjects that must be one, as their codes or names are alike;
3. ``odd_codes``: codes that are unlike all others.

Nothing here puts a code right. Must not know: formats, headers, what a rule means.
"""
