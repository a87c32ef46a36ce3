"""Puts a release into a SPARQL server, graph by graph, and only then says that it is the one to serve."""
