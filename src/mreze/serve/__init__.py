"""From a release to HTTP: read-only, and blind to how releases are built."""
