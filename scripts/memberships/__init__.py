"""Convert a table of member cities to the sorted lists of dataset `members`."""
