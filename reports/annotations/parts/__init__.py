"""The parts of a workbook, changed by replacing bytes: what is not touched stays as it was."""
