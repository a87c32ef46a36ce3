"""From a site folder to a release: read, check, write. Knows nothing of serving."""
