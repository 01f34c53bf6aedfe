"""Words as people write them: full-width writing made half-width, and the nearest known word."""
