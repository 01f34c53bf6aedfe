"""Text to syntax tree: every node knows its place in the text."""
