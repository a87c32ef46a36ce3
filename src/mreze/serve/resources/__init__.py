"""What can be asked for: one module a kind of resource."""
