"""Check the quantitative commitments of public plans against the facts that are submitted."""

__version__ = "0.1.0"

__all__ = ["__version__"]
