"""What can go wrong while judging: a wish that cannot be met, or a mistake of our own."""


class EngineError(ValueError):
    """What was asked for cannot be judged; the message says why and what to do."""


class EngineFault(RuntimeError):  # noqa: N818 - an error is what users make
    """The engine contradicts itself or was given what lint should have refused: our fault."""
