"""The forms in which people and programs read where the site and Wikidata differ."""
