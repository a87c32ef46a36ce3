"""Guides for those who take the data: portals, researchers, and whoever matches tables with them."""
