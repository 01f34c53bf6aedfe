"""Tables by plan to rows of facts, every row and cell accounted for."""
