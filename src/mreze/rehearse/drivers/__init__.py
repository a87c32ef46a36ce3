"""Programs that run a portal's own reading code, each in that portal's environment; nothing here imports mreze."""
