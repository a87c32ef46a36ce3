"""The comparison of two releases, written out for people and for programs."""
