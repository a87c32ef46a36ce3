"""A release whose store is another SPARQL server."""
