"""mreze: publish a folder of RDF as a linked-data site."""
