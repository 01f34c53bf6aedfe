"""Judging: facts and a catalog go in, findings with their whole reasoning come out."""
