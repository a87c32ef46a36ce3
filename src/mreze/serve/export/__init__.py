"""A copy of a whole site, made of files that any web server can hand out."""
