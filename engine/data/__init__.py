"""Facts as columns, and everything that is known of the subjects before any formula is computed."""
