"""Talk to Wikidata and other authorities: run by a person, reviewed like an edit by hand, on no request's path."""
