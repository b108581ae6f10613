"""Pure functions on strings; nothing here imports outside the standard library."""
