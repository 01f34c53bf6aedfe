"""The catalog: what a rule is once it has been read and checked."""
