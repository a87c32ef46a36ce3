"""The pictures of a release: the rows of its drawn queries, in the language of the reader, drawn and as tables."""
