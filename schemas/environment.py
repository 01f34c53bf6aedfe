"""Variables of the environment that more than one room reads."""

CACHE = "DABIAO_CACHE"
"""A folder for rule packs that were read before; ``off`` for none."""
