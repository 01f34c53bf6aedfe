"""The rule language: sentences, formulas, the catalog they make, and its checks."""
