"""Any server that speaks SPARQL 1.1: asked, written to, and known with what each engine does in its own way."""
