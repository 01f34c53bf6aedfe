"""The terminal: how wide, how coloured, and what moves while something takes long."""
