"""Files to tables: any format becomes ``table.Table``, cells as they stand with their addresses."""
