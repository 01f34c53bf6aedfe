"""Syntax tree to formula: names, kinds, levels and units all checked."""
