"""Read a served catalogue as portals do, and tell what of it survives."""
