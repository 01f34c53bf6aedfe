"""Looking at a catalog without judging by it."""
