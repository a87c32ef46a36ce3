"""Validation with SHACL by two engines that find the same: pySHACL, the reference, and a fast one for much data."""
