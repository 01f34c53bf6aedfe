"""Pages in parts: templates, styles and scripts, and what fills them in.

What comes in is what a page shows; what goes out is HTML in which all of that is text, and which
runs no script but our own. ``templating`` does so for every page.

Must not know: what a page is about.
"""
