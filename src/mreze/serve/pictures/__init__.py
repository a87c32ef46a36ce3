"""Pictures of what a release holds: numbers and names in, SVG out; they know neither the store nor the request."""
