"""Attendance: who was to report in a year, who did, and what is missing of whom."""
