"""Proofs: does each rule say what was meant, and would its examples notice if it did not?"""
