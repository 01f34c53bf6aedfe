"""Workbooks given back with what is wrong with them: comments, colours and a list of problems."""
