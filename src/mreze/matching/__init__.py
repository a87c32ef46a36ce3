"""Find things by name: in either script, with or without diacritics, misspelt; and say how sure one can be."""
