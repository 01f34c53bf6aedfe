"""Features as they are written: parsed, and taken down in drafts that nobody has checked yet."""
