"""Workbooks to tables, as a stream and in bounded memory."""
