"""What the portals' environments hold, pinned: one file a reader."""
