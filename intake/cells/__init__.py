"""Single cells: what one says, or why it says nothing that can be used."""
