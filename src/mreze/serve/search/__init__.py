"""Search: what in a release is called so, for people, programs and the search fields of browsers."""
