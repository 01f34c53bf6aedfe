"""From files to a catalog: the whole way, and every problem of every file in one go."""
