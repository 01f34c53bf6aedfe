"""Changes of the engine that change nothing that is judged, each with the reason."""

EQUIVALENT: dict[str, str] = {}
