"""Look at a deployed site from outside: whether what it says of itself is true and agrees."""
